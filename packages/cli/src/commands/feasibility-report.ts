// A feasibility review as a page of text: the verdict, what blocks and what is still to be handed in, then the gates,
// money, budget, training and sources behind it; the verdict again as the last line.
import type { FactPath, FeasibilityReview, SourceKind } from '@suanquan/core/feasibility'

import { said, type Sentence } from '../language.ts'
import { COLON, COMMA, number, percent, reasonText } from './feasibility-format.ts'
import { moneyLines } from './feasibility-money.ts'
import { FACT_NAMES, GATE_NAMES, OWN_CLAUSES, READINGS, STATUSES, VERDICTS } from './feasibility-text.ts'

type Review = FeasibilityReview
type Gate = Review['gates'][number]

export function feasibilityReport(review: Review): string {
  const { name, place, round } = review.proposal
  const sections = [
    [
      said({ zh: `${name}（${place}，第${round}轮）`, en: `${name} (${place}, round ${round})` }),
      verdictLine(review),
    ],
    blockerLines(review),
    questionLines(review),
    conditionLines(review),
    gateLines(review),
    moneyLines(review),
    budgetLines(review),
    trainingLines(review),
    claimLines(review),
    spareLines(review),
    sourceLines(review),
  ]
  return [
    ...sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')),
    verdictLine(review),
  ].join('\n\n')
}

const MARKS = { held: '✓', failed: '✗', unknown: '?' } as const

function gateLines(review: Review): string[] {
  return review.gates.flatMap((gate) => [
    `${MARKS[gate.status]} ${said(GATE_NAMES[gate.gate])} · ${said(STATUSES[gate.status])} · ${reasonText(gate.reason, gate.values)} 〔${clauseName(gate.clause)}〕`,
    ...(gate.byPhase ?? []).map(
      (each) => `    ${MARKS[each.status]} ${reasonText(each.reason, each.values)}`,
    ),
    ...readingLines(gate.byReading ?? []),
  ])
}

/** Readings that come to the same stand in one line. */
function readingLines(byReading: NonNullable<Gate['byReading']>): string[] {
  if (byReading.length < 2) return []
  const names = new Map<string, string[]>()
  for (const each of byReading) {
    const text = `${reasonText(each.reason, each.values)}\n${MARKS[each.status]}`
    names.set(text, [...(names.get(text) ?? []), said(READINGS[each.reading])])
  }
  return [...names].map(([text, readings]) => {
    const [reason, mark] = text.split('\n')
    return `    ${mark} ${readings.join(said(COMMA))} · ${reason}`
  })
}

function clauseName(clause: Gate['clause']): string {
  const own = OWN_CLAUSES[clause.id]
  return clause.document ?? (own ? said(own) : clause.id)
}

function budgetLines(review: Review): string[] {
  return review.burdens.map((each) => {
    const share = percent(each.publicDebtShare)
    const assumed = each.assumedShare ? said({ zh: '（假设）', en: ' (assumed)' }) : ''
    return said({
      zh: `举债${share}${assumed}：宽口径债务率由 ${percent(each.ratioBefore)} 升至 ${percent(each.ratioAfter)}，投资为财政收入的 ${percent(each.capexOverRevenue)}，还本付息为财政收入的 ${percent(each.debtServiceOverRevenue)}`,
      en: `${share} borrowed${assumed}: broad debt ratio ${percent(each.ratioBefore)} → ${percent(each.ratioAfter)}, outlay ${percent(each.capexOverRevenue)} of revenue, debt service ${percent(each.debtServiceOverRevenue)} of revenue`,
    })
  })
}

/** Days on the project's own P, with what they stand on. */
function trainingLines(review: Review): string[] {
  const targets = new Map(review.training.map((each) => [each.target, each]))
  return [...targets.values()].flatMap((target) => [
    `${said({ zh: '训练', en: 'training' })} ${target.target} (${runText(target.totalParameters, target)}${deadlineText(target.deadlineDays)})${said(COLON)}${memoryText(target)}`,
    ...review.training
      .filter((each) => each.target === target.target)
      .map((each) => `  ${said(READINGS[each.reading])} ${daysText(each.days)}${timeText(each.inTime)}`),
  ])
}

type Training = Review['training'][number]

function runText(
  parameters: number,
  run: { readonly tokens: number; readonly modelFlopsUtilisation: number },
): string {
  const mfu = percent(run.modelFlopsUtilisation)
  return said({
    zh: `${number(parameters / 1e8)}亿参数、${number(run.tokens / 1e8)}亿 token、MFU ${mfu}`,
    en: `${number(parameters / 1e9)} billion parameters, ${number(run.tokens / 1e9)} billion tokens, MFU ${mfu}`,
  })
}

function deadlineText(days: number | undefined): string {
  if (days === undefined) return ''
  return said({ zh: `、期限 ${number(days)} 天`, en: `, due in ${number(days)} days` })
}

function memoryText({ memoryFits, memoryPlanGb }: Training): string {
  const need = number(memoryPlanGb / 1000)
  if (memoryFits === undefined)
    return said({
      zh: `显存需约 ${need} TB，卡未定，未核对`,
      en: `needs about ${need} TB of memory, cards unknown`,
    })
  return memoryFits
    ? said({ zh: `显存需约 ${need} TB，放得下`, en: `needs about ${need} TB of memory, which fits` })
    : said({ zh: `显存需约 ${need} TB，放不下`, en: `needs about ${need} TB of memory, more than there is` })
}

function daysText(days: number): string {
  return said({ zh: `${number(days)} 天`, en: `${number(days)} days` })
}

function timeText(inTime: boolean | undefined): string {
  if (inTime === undefined) return ''
  return inTime ? said({ zh: '，赶得上', en: ', in time' }) : said({ zh: '，赶不上', en: ', too late' })
}

const A_YEAR = 365

/** A claim and what the computation says of it, side by side: it tells how long, not whether. */
function claimLines(review: Review): string[] {
  return review.claims.flatMap((claim) => {
    const days = claim.computed
      .map((each) => `${said(READINGS[each.reading])} ${number(each.days)}`)
      .join(said({ zh: '，', en: ', ' }))
    const [shortest, longest] = [
      Math.min(...claim.computed.map((each) => each.days)),
      Math.max(...claim.computed.map((each) => each.days)),
    ]
    const limit = claim.thresholdPetaflops
    return [
      said({
        zh: `文件称${limit}P以下不能训练${number(claim.parameters / 1e8)}亿参数模型（${sourceTitle(review, claim.source)}）；测算${limit}P所需天数：${days}（${runText(claim.parameters, claim)}）`,
        en: `claimed (${sourceTitle(review, claim.source)}): below ${limit} P no model of ${number(claim.parameters / 1e9)} billion parameters; computed days at ${limit} P: ${days} (${runText(claim.parameters, claim)})`,
      }),
      shortest <= A_YEAR
        ? said({
            zh: `  对照：${limit}P 上 ${number(shortest)} 至 ${number(longest)} 天可训完，P 减半则天数加倍；测算支持“更慢”，不支持“不能”。`,
            en: `  beside it: ${limit} P takes ${number(shortest)} to ${number(longest)} days, half the P twice the days; the computation supports "slower", not "cannot".`,
          })
        : said({
            zh: `  对照：${limit}P 上至少要 ${number(shortest)} 天，一年内训不完，与主张不矛盾。`,
            en: `  beside it: ${limit} P takes at least ${number(shortest)} days, more than a year, which does not contradict the claim.`,
          }),
    ]
  })
}

function spareLines({ spareCapacity }: Review): string[] {
  if (!spareCapacity) return []
  const index = number(spareCapacity.index)
  return [
    said({
      zh: `周边闲置指数 ${index}（可替代的闲置 P 为本项目的 ${index} 倍）`,
      en: `spare-capacity index ${index} (idle P nearby that could stand in, over the project’s)`,
    }),
  ]
}

function blockerLines(review: Review): string[] {
  if (review.blockers.length === 0) return []
  return [
    said({ zh: '阻断：', en: 'blocked by:' }),
    ...review.gates
      .filter((gate) => review.blockers.includes(gate.gate))
      .map(
        (gate) => `  ✗ ${said(GATE_NAMES[gate.gate])}${said(COLON)}${reasonText(gate.reason, gate.values)}`,
      ),
  ]
}

/** Each fact that is asked for once, with the gates that ask. */
function questionLines(review: Review): string[] {
  const gatesOf = new Map<FactPath, string[]>()
  for (const { gate, paths } of review.questions)
    for (const path of paths) gatesOf.set(path, [...(gatesOf.get(path) ?? []), said(GATE_NAMES[gate])])
  if (gatesOf.size === 0) return []
  return [
    said({ zh: '须补充或改正：', en: 'to be handed in or mended:' }),
    ...[...gatesOf].map(
      ([path, gates], index) => `  ${index + 1}. ${factName(path)} (${path}) ← ${gates.join(said(COMMA))}`,
    ),
  ]
}

function conditionLines(review: Review): string[] {
  if (review.conditions.length === 0) return []
  return [
    said({
      zh: '条件（凭承诺成立、须以材料证实）：',
      en: 'conditions (on the applicant’s word, to be evidenced):',
    }),
    ...review.conditions.map((path) => {
      const note = review.facts.find((fact) => fact.path === path)?.note
      return `  · ${factName(path)} (${path})${note === undefined ? '' : said({ zh: `：${note}`, en: `: ${note}` })}`
    }),
  ]
}

const SOURCE_NAMES: Readonly<Record<SourceKind, Sentence>> = {
  published: { zh: '公开', en: 'published' },
  derived: { zh: '推算', en: 'derived' },
  filed: { zh: '申报材料', en: 'filed' },
  undertaking: { zh: '承诺', en: 'undertaking' },
  assumed: { zh: '假设', en: 'assumed' },
}

function sourceLines(review: Review): string[] {
  const sources = Object.entries(review.sources)
  if (sources.length === 0) return []
  return [
    said({ zh: '依据：', en: 'sources:' }),
    ...sources.map(([id, source]) => {
      const names = review.facts.filter((fact) => fact.source === id).map((fact) => factName(fact.path))
      const where = [source.date, source.url].filter((part) => part !== undefined).map((part) => ` ${part}`)
      const facts =
        names.length === 0
          ? said({ zh: '（仅供推算引用）', en: ' (behind what is derived)' })
          : `${said(COLON)}${[...new Set(names)].join(said(COMMA))}`
      return `  [${said(SOURCE_NAMES[source.kind])}] ${source.title}${where.join('')}${facts}`
    }),
  ]
}

function sourceTitle(review: Review, id: string): string {
  return review.sources[id]?.title ?? id
}

function factName(path: string): string {
  const name = FACT_NAMES[path as FactPath] as Sentence | undefined
  return name ? said(name) : said({ zh: '所引文件主张', en: 'the claim quoted' })
}

function verdictLine(review: Review): string {
  return `${said({ zh: '结论：', en: 'verdict: ' })}${said(VERDICTS[review.verdict])}${verdictDetail(review)}`
}

function verdictDetail(review: Review): string {
  if (review.verdict === 'unsuitable') {
    const names = review.blockers.map((gate) => said(GATE_NAMES[gate])).join(said(COMMA))
    return said({ zh: `（阻断：${names}）`, en: ` (blocked by ${names})` })
  }
  if (review.verdict === 'return') {
    const gates = review.questions.length
    const facts = new Set(review.questions.flatMap((question) => question.paths)).size
    return said({
      zh: `（${gates} 道门槛未过，须补 ${facts} 项）`,
      en: ` (${gates} gates open, ${facts} facts asked for)`,
    })
  }
  const conditions = review.conditions.length
  return conditions === 0
    ? ''
    : said({ zh: `（附 ${conditions} 项条件）`, en: ` (${conditions} conditions)` })
}
