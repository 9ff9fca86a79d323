// The year told in numbers, stage by stage, for people at a terminal.
import type { AnswerOf, Routes } from '@suanquan/api'
import { formatFen } from '@suanquan/core/money'
import { said, type Sentence } from '../language.ts'
import type { Demo } from './demo.ts'
import type { Books } from './proofs.ts'

type Pool = AnswerOf<Routes['readPool']>

type PoolSums = Omit<Pool, 'series' | 'title'>

export interface Story {
  readonly seed: number | string
  readonly firms: number
  readonly events: Readonly<Record<string, number>>
  /** condition → sentence, for the refusals */
  readonly conditions: Readonly<Record<string, Sentence>>
  /** the vouchers' */
  readonly pool: PoolSums
  /** by the name of the programme */
  readonly others: Readonly<Record<string, PoolSums>>
  readonly journalHash: string
  readonly postings: number
  readonly decisions: number
  readonly proofs: Books['proofs']
  readonly ok: boolean
}

export function tellStory(demo: Demo, books: Books): Story {
  const [pool, ...others] = books.pools.map(({ series: _series, title: _title, ...sums }) => sums)
  return {
    seed: demo.city.seed,
    firms: demo.city.firms.length,
    events: Object.fromEntries([...demo.events].sort(([a], [b]) => (a < b ? -1 : 1))),
    conditions: books.conditions,
    pool: pool!,
    others: Object.fromEntries(demo.programmes.slice(1).map(({ name }, index) => [name, others[index]!])),
    journalHash: books.journalHash,
    postings: books.postings,
    decisions: books.decisions,
    proofs: books.proofs,
    ok: books.proofs.every(({ ok }) => ok),
  }
}

export function storyText(story: Story): string {
  const head = said({
    zh: `示例市 2024 年度算力券（种子 ${story.seed}）`,
    en: `The demo city's programme year 2024 (seed ${story.seed})`,
  })
  const lines = [
    ...grantLines(story),
    ...claimLines(story),
    ...afterUseLines(story),
    ...deductionLines(story),
    ...sellerLines(story),
    ...automaticLines(story),
  ]
  return [
    head,
    '',
    ...lines.map(([stage, text]) => `  ${said(stage).padEnd(9)} ${said(text)}`),
    '',
    ...proofLines(story),
  ].join('\n')
}

/** A stage and what happened in it. */
type Line = readonly [Sentence, Sentence]

const wan = (fen: string): string => formatFen(BigInt(fen) / 10_000n)

const counter =
  ({ events }: Story) =>
  (event: string): number =>
    events[event] ?? 0

function grantLines(story: Story): Line[] {
  const { pool, firms } = story
  const issuedFen = bothPools(story, 'issuedFen')
  const n = counter(story)
  return [
    [
      { zh: '申报', en: 'applied' },
      {
        zh: `${firms} 家单位起草 ${n('drafts')} 份，提交 ${n('submitted')} 份；要求补正 ${n('corrections')} 份，补正 ${n('corrected')} 份，逾期 ${n('lapsed')} 份，撤回 ${n('withdrawn')} 份`,
        en: `${firms} organisations drafted ${n('drafts')}, submitted ${n('submitted')}; ${n('corrections')} to correct, ${n('corrected')} corrected, ${n('lapsed')} lapsed, ${n('withdrawn')} withdrawn`,
      },
    ],
    [
      { zh: '审核', en: 'reviewed' },
      {
        zh: `批准 ${n('approved')} 份，不予支持 ${n('refused')} 份；核实校验位不符的信用代码 ${n('codes_confirmed')} 个`,
        en: `${n('approved')} approved, ${n('refused')} refused; ${n('codes_confirmed')} doubtful credit codes confirmed`,
      },
    ],
    ...refusalLines(story),
    [
      { zh: '资金', en: 'money' },
      {
        zh: `${n('tranches')} 批共 ${wan(pool.appropriatedFen)} 万元；${n('allotted')} 次下达分区额度；资金不足时候补 ${n('waited')} 份，到位后按先后补上 ${n('funded')} 份`,
        en: `${n('tranches')} tranches of ${wan(pool.appropriatedFen)} × 10,000 yuan, ${n('allotted')} moves to districts; ${n('waited')} waited, ${n('funded')} funded first come, first served`,
      },
    ],
    [
      { zh: '公示', en: 'announced' },
      {
        zh: `${n('notices')} 期，异议 ${n('objections')} 件：成立 ${n('objections_upheld')}，不成立 ${n('objections_dismissed')}`,
        en: `${n('notices')} notices, ${n('objections')} objections: ${n('objections_upheld')} upheld, ${n('objections_dismissed')} dismissed`,
      },
    ],
    [
      { zh: '发放', en: 'issued' },
      {
        zh: `${n('issued')} 张券，${wan(issuedFen)} 万元（含抵扣型）`,
        en: `${n('issued')} vouchers of ${wan(issuedFen)} × 10,000 yuan, those that are deducted included`,
      },
    ],
  ]
}

/** Of the vouchers that firms claim on and of those that are deducted. */
function bothPools({ pool, others }: Story, key: 'issuedFen' | 'returnedFen'): string {
  return (BigInt(pool[key]) + BigInt(others['deduction']?.[key] ?? '0')).toString()
}

function claimLines(story: Story): Line[] {
  const { pool } = story
  const returnedFen = bothPools(story, 'returnedFen')
  const n = counter(story)
  const refused = n('imports_refused/truncated') + n('imports_refused/foreign')
  return [
    [
      { zh: '用量', en: 'used' },
      {
        zh: `导入 ${n('imports')} 份记账文件，${n('runs')} 次运行，重复 ${n('runs_known')} 次不计，${n('runs_unmatched')} 次没有对应合同；拒收 ${refused} 份`,
        en: `${n('imports')} accounting files with ${n('runs')} runs, ${n('runs_known')} known already, ${n('runs_unmatched')} without a contract; ${refused} files refused`,
      },
    ],
    [
      { zh: '兑付', en: 'claimed' },
      {
        zh: `申请 ${n('claims')} 份，核定 ${n('claims_approved')} 份（其中 ${n('claims_short')} 份有差额），退回 ${n('claims_refused/reviewer')} 份；重复提交被拒 ${n('claims_refused/period_overlaps')} 次，无可兑付金额 ${n('claims_refused/nothing_payable')} 次，发票重复使用 ${n('claims_refused/invoice_settled_before')} 次`,
        en: `${n('claims')} claims, ${n('claims_approved')} approved (${n('claims_short')} with shortfalls), ${n('claims_refused/reviewer')} sent back; ${n('claims_refused/period_overlaps')} filed twice, ${n('claims_refused/nothing_payable')} with nothing payable, ${n('claims_refused/invoice_settled_before')} with a used invoice`,
      },
    ],
    [
      { zh: '拨付', en: 'paid' },
      {
        zh: `${n('batches')} 批 ${n('lines_paid')} 笔，${wan(pool.paidFen)} 万元；退汇 ${n('lines_returned')} 笔，已重新拨付`,
        en: `${n('lines_paid')} payments in ${n('batches')} batches, ${wan(pool.paidFen)} × 10,000 yuan; ${n('lines_returned')} came back and were paid again`,
      },
    ],
    [
      { zh: '过期', en: 'expired' },
      {
        zh: `${n('expired')} 张券到期，余额 ${wan(returnedFen)} 万元退回资金池`,
        en: `${n('expired')} vouchers ended, ${wan(returnedFen)} × 10,000 yuan went back to their pools`,
      },
    ],
  ]
}

/** The programme that supports after use: no voucher, no claim. */
function afterUseLines(story: Story): Line[] {
  const pool = story.others['after_use']
  const n = (event: string): number => counter(story)(`after_use/${event}`)
  if (pool === undefined || n('submitted') === 0) return []
  return [
    [
      { zh: '直补', en: 'after use' },
      {
        zh: `使用后申报 ${n('submitted')} 份，补正 ${n('corrected')} 份，批准 ${n('approved')} 份，不予支持 ${n('refused')} 份，撤回 ${n('withdrawn')} 份；不发券，直接拨付 ${n('lines_paid')} 笔，${wan(pool.paidFen)} 万元`,
        en: `${n('submitted')} applied after use, ${n('corrected')} corrected, ${n('approved')} approved, ${n('refused')} refused, ${n('withdrawn')} withdrawn; no voucher: ${n('lines_paid')} payments of ${wan(pool.paidFen)} × 10,000 yuan`,
      },
    ],
  ]
}

/** The programme whose vouchers the centres deduct at billing. */
function deductionLines(story: Story): Line[] {
  const pool = story.others['deduction']
  const n = (event: string): number => counter(story)(`deduction/${event}`)
  if (pool === undefined || n('submitted') === 0) return []
  return [
    [
      { zh: '抵扣', en: 'deducted' },
      {
        zh: `申领 ${n('submitted')} 份，批准 ${n('approved')} 份，发券 ${wan(pool.issuedFen)} 万元；供给方在账单上抵扣 ${n('deductions')} 次，撤销 ${n('reversed')} 次，券已用完 ${n('nothing_left')} 次；核定 ${n('claims_approved')} 份（其中 ${n('claims_short')} 份有差额），向供给方拨付 ${n('lines_paid')} 笔，${wan(pool.paidFen)} 万元`,
        en: `${n('submitted')} applied, ${n('approved')} approved, vouchers of ${wan(pool.issuedFen)} × 10,000 yuan; centres deducted ${n('deductions')} bills, reversed ${n('reversed')}, found the voucher used up ${n('nothing_left')} times; ${n('claims_approved')} claims approved (${n('claims_short')} with shortfalls), ${n('lines_paid')} payments to centres of ${wan(pool.paidFen)} × 10,000 yuan`,
      },
    ],
  ]
}

/** The programme that supports sellers: the centres apply and are paid. */
function sellerLines(story: Story): Line[] {
  const pool = story.others['seller']
  const n = (event: string): number => counter(story)(`seller/${event}`)
  if (pool === undefined || n('submitted') === 0) return []
  return [
    [
      { zh: '卖方', en: 'sellers' },
      {
        zh: `供给方按销售申报 ${n('submitted')} 份，补正 ${n('corrected')} 份，批准 ${n('approved')} 份，不予支持 ${n('refused')} 份，撤回 ${n('withdrawn')} 份；向供给方拨付 ${n('lines_paid')} 笔，${wan(pool.paidFen)} 万元`,
        en: `centres applied for ${n('submitted')} sales, ${n('corrected')} corrected, ${n('approved')} approved, ${n('refused')} refused, ${n('withdrawn')} withdrawn; ${n('lines_paid')} payments to centres of ${wan(pool.paidFen)} × 10,000 yuan`,
      },
    ],
  ]
}

/** The programme that nobody applies for: a sweep, offers, answers. */
function automaticLines(story: Story): Line[] {
  const pool = story.others['automatic']
  const n = (event: string): number => counter(story)(`automatic/${event}`)
  if (pool === undefined || n('swept') === 0) return []
  return [
    [
      { zh: '免申', en: 'unasked' },
      {
        zh: `比对名单 ${n('swept')} 行，符合 ${n('offered')} 件，企业确认 ${n('taken')} 件，逾期未答视为放弃 ${n('unanswered')} 件；拨付 ${n('lines_paid')} 笔，${wan(pool.paidFen)} 万元`,
        en: `${n('swept')} lines swept, ${n('offered')} offered, ${n('taken')} taken, ${n('unanswered')} not answered and so declined; ${n('lines_paid')} payments of ${wan(pool.paidFen)} × 10,000 yuan`,
      },
    ],
  ]
}

/** The conditions that failed, the most frequent first. */
function refusalLines({ events, conditions }: Story): Line[] {
  const failed = Object.entries(events).filter(([event]) => event.startsWith('refused/'))
  const none = { zh: '', en: '' }
  return failed
    .sort(([, a], [, b]) => b - a)
    .map(([event, times]) => {
      const text = conditions[event.slice('refused/'.length)] ?? { zh: event, en: event }
      return [none, { zh: `  不满足“${text.zh}”：${times} 份`, en: `  not “${text.en}”: ${times}` }] as const
    })
}

function proofLines({ proofs, journalHash, postings, decisions, ok }: Story): string[] {
  const marks = proofs.map((proof) => `  ${proof.ok ? '✓' : '✗'} ${proof.name}：${proof.detail}`)
  const result = ok
    ? {
        zh: `账本 ${postings} 笔分录、${decisions} 个决定全部成立，日记账摘要 ${journalHash}`,
        en: `${postings} postings and ${decisions} decisions hold; the journal's hash is ${journalHash}`,
      }
    : {
        zh: `有证明不成立，日记账摘要 ${journalHash}`,
        en: `a proof failed; the journal's hash is ${journalHash}`,
      }
  return [...marks, '', said(result)]
}
