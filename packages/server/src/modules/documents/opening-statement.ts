// 期初报表: what was taken over, figure by figure beside the closing statement of the old system, the digest of every file,
// and the two people who answer for it.
import { dayOf, type Instant } from '@suanquan/core/calendar'
import type { InForce } from '../policy/index.ts'
import type { TakeOverView } from '../take-over/index.ts'
import type { Block, Paper } from './paper.ts'
import type { Voice } from './words.ts'

export interface OpeningReported {
  readonly takeOver: TakeOverView
  readonly inForce: InForce
  readonly at: Instant
  /** the authority's, as it was in force on the day */
  readonly seal: string | null
}

type Compared = NonNullable<TakeOverView['report']>['comparisons'][number]

export function openingPaper({ takeOver, inForce, at, seal }: OpeningReported, voice: Voice): Paper {
  const { say, pick } = voice
  const title = say('期初报表', 'Opening statement')
  const number = takeOver.statementNumber!
  const comparisons = takeOver.report!.comparisons
  return {
    language: voice.language,
    authority: pick(inForce.programme.adoption.authority),
    title,
    number,
    at,
    subject: takeOver.id,
    foot: `${title} · ${number}`,
    blocks: [
      { kind: 'facts', rows: about(takeOver, voice) },
      {
        kind: 'paragraph',
        text: say(
          '下列资金、券和兑付由原系统移交，经逐行校验，与签章的结账报告逐项一致，作为期初分录记入账本。持券单位不变，已支付的不再支付。',
          'The money, vouchers and claims below were handed over by the old system, checked row by row, agree with its signed closing statement to the fen, and stand in the ledger as opening entries. No holder changes; what was paid is not paid again.',
        ),
      },
      { kind: 'heading', text: say('一、合计', '1. Totals') },
      figures(
        comparisons.filter(({ scope }) => scope !== 'firm'),
        voice,
      ),
      ...byFirm(comparisons, voice),
      { kind: 'heading', text: say('签字', 'Signatures') },
      signatures(takeOver, voice),
      {
        kind: 'seal',
        authority: pick(inForce.programme.adoption.authority),
        day: voice.day(dayOf(at)),
        words: say('（盖章）', '(seal)'),
        ...(seal === null ? {} : { image: seal }),
      },
      {
        kind: 'proof',
        title: say('移交文件及 SM3 摘要', 'Files handed over, with their SM3 digests'),
        rows: [
          ...takeOver.files.map(({ fileName, sm3 }) => ({ label: fileName, value: sm3 })),
          { label: say('校验结果', 'Outcome of the check'), value: takeOver.report!.hash },
        ],
      },
    ],
  }
}

function about(
  { programmeTitle, systemName, cutOverOn, number }: TakeOverView,
  { say, pick, day }: Voice,
): { label: string; value: string }[] {
  return [
    { label: say('措施', 'Programme'), value: pick(programmeTitle) },
    { label: say('原系统', 'Old system'), value: systemName },
    { label: say('接管日', 'Cut-over'), value: day(cutOverOn) },
    { label: say('接管编号', 'Take-over'), value: number },
  ]
}

function nameOf({ scope, key, name }: Compared, { say }: Voice): string {
  if (scope === 'programme') return say('措施合计', 'Programme')
  if (scope === 'pool')
    return key === '' ? say('本级资金池', 'Own pool') : say(`${key} 资金池`, `Pool ${key}`)
  return name ?? key
}

const SHOWN = ['issued', 'used', 'paid', 'expired', 'revoked', 'left'] as const

function figures(comparisons: readonly Compared[], voice: Voice): Block {
  const { say, figure } = voice
  const heads = {
    issued: say('发放', 'Issued'),
    used: say('核销', 'Used'),
    paid: say('支付', 'Paid'),
    expired: say('过期', 'Expired'),
    revoked: say('撤销', 'Revoked'),
    left: say('未用', 'Left'),
  }
  return {
    kind: 'table',
    columns: [
      { label: say('范围（元）', 'Scope (CNY)') },
      { label: say('券数', 'Vouchers'), numeric: true, width: 'narrow' },
      ...SHOWN.map((each) => ({ label: heads[each], numeric: true })),
    ],
    rows: comparisons.map((each) => ({
      cells: [
        nameOf(each, voice),
        each.figures.find((one) => one.figure === 'vouchers')?.found ?? '0',
        ...SHOWN.map((name) => figure(BigInt(each.figures.find((one) => one.figure === name)?.found ?? '0'))),
      ],
      ...(each.scope === 'programme' ? { stress: 'total' as const } : {}),
    })),
    empty: '',
  }
}

function byFirm(comparisons: readonly Compared[], voice: Voice): Block[] {
  const firms = comparisons.filter(({ scope }) => scope === 'firm')
  if (firms.length === 0) return []
  const text = voice.say('二、按单位', '2. By firm')
  return [{ kind: 'heading', text }, figures(firms, voice)]
}

function signatures(
  { preparedBy, preparedAt, decidedBy, decidedAt }: TakeOverView,
  { say, minute }: Voice,
): Block {
  const signed = (name: string | null, at: string | null): string =>
    `${name ?? '—'} · ${at === null ? '—' : minute(Date.parse(at))}`
  return {
    kind: 'facts',
    rows: [
      { label: say('编制', 'Prepared'), value: signed(preparedBy, preparedAt) },
      { label: say('复核', 'Confirmed'), value: signed(decidedBy, decidedAt) },
    ],
  }
}
