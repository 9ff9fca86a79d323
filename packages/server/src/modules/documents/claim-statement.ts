// The statement of a claim or of a deduction at billing: the four legs side by side, why every yuan that is not paid is
// not paid, the metered lines that do not count, the reckoning, and how far the payment is. The firm and the provider
// get the same.
import { waterfallPicture } from '@suanquan/api'
import { assert } from '@suanquan/core'
import { dayOf, type Instant } from '@suanquan/core/calendar'
import type { InForce } from '../policy/index.ts'
import type { ClaimView } from '../settlement/index.ts'
import type { Block, FactRow, Paper } from './paper.ts'
import { pictureBlock } from './pictures.ts'
import { bindingSentence, reckoningTable } from './reckoning.ts'
import { unpaidTable } from './unpaid.ts'
import { legWords } from './word-tables.ts'
import type { Voice } from './words.ts'

/** A metered line of the period that is rated at less than its worth. */
export interface UncountedLine {
  readonly jobId: string
  readonly startedAt: Instant
  readonly chip: string
  readonly seconds: number
  readonly valueFen: bigint
  readonly amountFen: bigint
  readonly reason: string
}

export interface Payment {
  readonly batch: string
  readonly state: string
  readonly paidOn: string | null
  readonly returnReason: string | null
}

export interface ClaimReported {
  readonly claim: ClaimView
  readonly inForce: InForce
  readonly lines: readonly UncountedLine[]
  readonly payments: readonly Payment[]
  readonly at: Instant
}

export function claimPaper(reported: ClaimReported, voice: Voice): Paper {
  const { claim, inForce, at } = reported
  const { say, pick } = voice
  const title =
    claim.deductedFen === null
      ? say('兑付对账单', 'Statement of a claim')
      : say('账单抵扣对账单', 'Statement of a deduction at billing')
  const limited = claim.determination === null ? '' : bindingSentence(claim.determination, voice)
  return {
    language: voice.language,
    authority: pick(inForce.programme.adoption.authority),
    title,
    number: say(`编号：${claim.number}`, `No. ${claim.number}`),
    at,
    subject: claim.id,
    foot: say(
      `${title} · ${claim.number} · 截至 ${dayOf(at)}`,
      `${title} · ${claim.number} · as of ${dayOf(at)}`,
    ),
    blocks: [
      { kind: 'facts', rows: about(claim, voice) },
      amounts(claim, voice),
      ...matching(reported, voice),
      ...(limited === '' ? [] : [{ kind: 'paragraph' as const, text: limited }]),
      { kind: 'heading', text: say('四、办理和拨付', '4. Proceedings and payment') },
      proceedings(reported, voice),
      check(claim, voice),
    ],
  }
}

/** The legs, what is not paid and how it was reckoned; what a project is paid follows from its selection and acceptance. */
function matching(reported: ClaimReported, voice: Voice): Block[] {
  const { determination, matched, payableFen } = reported.claim
  const { say } = voice
  if (determination === null) return [elsewhere(reported.claim, voice)]
  if (matched === null)
    return [
      { kind: 'heading', text: say('一、金额测算（立项）', '1. Reckoning, at the selection') },
      reckoningTable(determination, voice),
    ]
  return [
    { kind: 'heading', text: say('一、四项核对', '1. The four legs') },
    legTable(matched, voice),
    { kind: 'heading', text: say('二、未予支付的部分及原因', '2. What is not paid, and why') },
    unpaidTable([reported.claim], voice),
    ...uncounted(reported, voice),
    { kind: 'heading', text: say('三、金额测算', '3. Reckoning') },
    reckoningTable(determination, voice),
    pictureBlock(waterfallPicture({ matched, determination, payableFen }, voice.locale)),
  ]
}

function about(claim: ClaimView, { say }: Voice): FactRow[] {
  return [
    { label: say('企业', 'Firm'), value: `${claim.organisationName}（${claim.creditCode}）` },
    { label: say('收款方', 'Payee'), value: `${claim.payeeName}（${claim.payeeCreditCode}）` },
    ...(claim.contractNumber === null
      ? []
      : [{ label: say('合同', 'Contract'), value: claim.contractNumber }]),
    {
      label: say('券 / 申请', 'Voucher / application'),
      value: claim.voucherNumber ?? claim.applicationNumber,
    },
    { label: say('用量期间', 'Period of use'), value: `${claim.periodFrom} – ${claim.periodTo}` },
  ]
}

function amounts(claim: ClaimView, voice: Voice): Block {
  const fen = BigInt(claim.approvedFen ?? claim.payableFen)
  return {
    kind: 'amount',
    label:
      claim.approvedFen === null
        ? voice.say('可兑付金额（待审定）', 'Payable, to be approved')
        : voice.say('审定金额', 'Approved'),
    figures: voice.say(`¥ ${voice.money(fen)}`, voice.money(fen)),
    capitals: voice.capitals(fen),
  }
}

function legTable(matched: NonNullable<ClaimView['matched']>, voice: Voice): Block {
  const { say, pick, figure } = voice
  return {
    kind: 'table',
    columns: [
      { label: say('环节', 'Leg') },
      { label: say('出示（元）', 'Shown (CNY)'), numeric: true },
      { label: say('计入（元）', 'Counted (CNY)'), numeric: true },
      { label: say('说明', 'Note') },
    ],
    rows: matched.legs.map((leg) => ({
      cells: [
        pick(legWords[leg.leg]!),
        leg.applies ? figure(BigInt(leg.shownFen)) : '—',
        leg.applies ? figure(BigInt(leg.countedFen)) : '—',
        leg.applies
          ? leg.least
            ? say('最低，以此为准', 'least: this one counts')
            : ''
          : say('本措施不看此项', 'not asked for'),
      ],
      ...(leg.least ? { stress: 'binding' as const } : {}),
    })),
    empty: '',
  }
}

/** 接管: decided and, where it was, paid in another system. */
function elsewhere({ takenOver }: ClaimView, { say }: Voice): Block {
  assert(takenOver !== null, 'what was decided here has its determination')
  const { number, systemName, oldNumber, paidOn, bankReference } = takenOver
  return {
    kind: 'facts',
    rows: [
      {
        label: say('接管', 'Taken over'),
        value: say(`${number}，自${systemName}`, `${number}, from ${systemName}`),
      },
      { label: say('原编号', 'Old number'), value: oldNumber },
      {
        label: say('支付', 'Paid'),
        value: paidOn === null ? say('由平台拨付', 'from here') : `${paidOn} · ${bankReference ?? '—'}`,
      },
    ],
  }
}

function uncounted({ lines }: ClaimReported, voice: Voice): Block[] {
  if (lines.length === 0) return []
  const { say, figure } = voice
  return [
    { kind: 'note', text: say('其中计量未计入的用量：', 'Metered lines that do not count in full:') },
    {
      kind: 'table',
      columns: [
        { label: say('作业', 'Job'), width: 'narrow' },
        { label: say('开始', 'Started'), width: 'narrow' },
        { label: say('卡型', 'Chip'), width: 'narrow' },
        { label: say('时长', 'Time'), numeric: true },
        { label: say('价值（元）', 'Worth (CNY)'), numeric: true },
        { label: say('计入（元）', 'Counted (CNY)'), numeric: true },
        { label: say('原因', 'Why') },
      ],
      rows: lines.map((line) => ({
        cells: [
          line.jobId,
          voice.minute(line.startedAt),
          line.chip,
          duration(line.seconds),
          figure(line.valueFen),
          figure(line.amountFen),
          voice.lineReason(line.reason),
        ],
      })),
      empty: '',
    },
  ]
}

/** `27:05:09`: hours, minutes, seconds. */
function duration(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

function proceedings({ claim, payments }: ClaimReported, voice: Voice): Block {
  const { say } = voice
  const steps = claim.events.map(({ at, event, to, reason }) => ({
    cells: [voice.minute(Date.parse(at)), voice.word('event', event), voice.word('state', to), reason ?? ''],
  }))
  const paid = payments.map(({ batch, state, paidOn, returnReason }) => ({
    cells: [
      paidOn ?? '',
      say(`拨付批次 ${batch}`, `Batch ${batch}`),
      voice.word('line', state),
      returnReason ?? '',
    ],
  }))
  return {
    kind: 'table',
    columns: [
      { label: say('时间', 'When'), width: 'narrow' },
      { label: say('事项', 'What') },
      { label: say('之后状态', 'State after'), width: 'narrow' },
      { label: say('意见或原因', 'Reason') },
    ],
    rows: [...steps, ...paid],
    empty: say('还没有办理记录。', 'Nothing yet.'),
  }
}

function check({ determination }: ClaimView, { say }: Voice): Block {
  if (determination === null)
    return {
      kind: 'note',
      text: say(
        '本笔在原系统审定，接管时入账；本平台没有对它作过测算。',
        'Decided in another system and posted when it was taken over; this platform made no determination of it.',
      ),
    }
  return {
    kind: 'proof',
    title: say('核对信息', 'To check this document'),
    rows: [
      { label: say('决定编号', 'Decision id'), value: determination.id ?? '—' },
      {
        label: say('措施文件', 'Programme'),
        value: `${determination.programmeId} ${determination.programmeVersion}`,
      },
      { label: say('措施文件哈希', 'Hash of the programme'), value: determination.programmeHash },
      { label: say('测算引擎', 'Engine'), value: determination.engineVersion },
    ],
  }
}
