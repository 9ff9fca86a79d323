// A feasibility review as a page of text: gates, money, budget, claims, questions, and the verdict as the last line.
import type {
  BreakEven,
  FeasibilityReview,
  GateValue,
  InternalRates,
  Payback,
} from '@suanquan/core/feasibility'
import {
  FAVOUR_NAMES,
  GATE_NAMES,
  READINGS,
  REASONS,
  STATUSES,
  STRESS_NAMES,
  VERDICTS,
} from './feasibility-text.ts'
import type { Language, Text } from './feasibility-text.ts'

type Say = (text: Text) => string
type Review = FeasibilityReview

export function feasibilityReport(review: Review, language: Language): string {
  const say: Say = (text) => text[language]
  const { name, place, round } = review.proposal
  const sections = [
    [say({ zh: `${name}（${place}，第${round}轮）`, en: `${name} (${place}, round ${round})` })],
    gateLines(review, say),
    moneyLines(review, say),
    budgetLines(review, say),
    besideLines(review, say),
    questionLines(review, say),
  ]
  return [
    ...sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')),
    verdictLine(review, say),
  ].join('\n\n')
}

const MARKS = { held: '✓', failed: '✗', unknown: '?' } as const

function gateLines(review: Review, say: Say): string[] {
  return review.gates.flatMap((gate) => [
    `${MARKS[gate.status]} ${say(GATE_NAMES[gate.gate])} · ${say(STATUSES[gate.status])} · ${reasonText(gate.reason, gate.values, say)} 〔${gate.clause.document}〕`,
    ...(gate.byReading && gate.byReading.length > 1
      ? gate.byReading.map(
          (each) =>
            `    ${MARKS[each.status]} ${say(READINGS[each.reading])} · ${reasonText(each.reason, each.values, say)}`,
        )
      : []),
  ])
}

function moneyLines(review: Review, say: Say): string[] {
  return review.appraisals.flatMap((each) => {
    const { simulation } = each
    const { npvYuan: fan } = simulation
    return [
      `${say(READINGS[each.reading])} ${number(each.densePetaflops)} P_d16`,
      `  ${say({ zh: '净现值', en: 'NPV' })} ${wan(each.npvYuan, say)} · IRR ${rates(each.internalRates, say)} · ${say({ zh: '回收期', en: 'payback' })} ${paid(each.payback, say)}`,
      `  ${say({ zh: '保本售出率', en: 'break-even share' })} ${even(each.breakEvens.soldShare, say)} · ${say({ zh: '盈利概率', en: 'chance of gain' })} ${percent(simulation.chanceOfGain)} ± ${percent(simulation.chanceError)} · P5/P50/P95 ${[fan.p5, fan.p50, fan.p95].map((value) => wan(value, say)).join(' / ')}`,
      ...each.stresses
        .filter((stress) => stress.id !== 'none')
        .map(
          (stress) =>
            `    ${say(STRESS_NAMES[stress.id])}${say({ zh: '：净现值', en: ': NPV' })} ${wan(stress.npvYuan, say)}${stress.lowestDebtServiceCover === undefined ? '' : ` · DSCR ${number(stress.lowestDebtServiceCover)}`}`,
        ),
    ]
  })
}

function budgetLines(review: Review, say: Say): string[] {
  return review.burdens.map((each) => {
    const share = percent(each.publicDebtShare)
    const assumed = each.assumedShare ? say({ zh: '（假设）', en: ' (assumed)' }) : ''
    return say({
      zh: `举债${share}${assumed}：宽口径债务率 ${percent(each.ratioAfter)}，投资为财政收入的 ${percent(each.capexOverRevenue)}，还本付息为财政收入的 ${percent(each.debtServiceOverRevenue)}`,
      en: `${share} borrowed${assumed}: broad debt ratio ${percent(each.ratioAfter)}, outlay ${percent(each.capexOverRevenue)} of revenue, debt service ${percent(each.debtServiceOverRevenue)} of revenue`,
    })
  })
}

function besideLines(review: Review, say: Say): string[] {
  const claims = review.claims.map((claim) => {
    const days = claim.computed
      .map((each) => `${say(READINGS[each.reading])} ${number(each.days)}`)
      .join(say({ zh: '，', en: ', ' }))
    const billions = number(claim.parameters / 1e9)
    return say({
      zh: `文件称${claim.thresholdPetaflops}P以下不能训练${number(claim.parameters / 1e8)}亿参数模型；测算${claim.thresholdPetaflops}P所需天数：${days}`,
      en: `claimed: below ${claim.thresholdPetaflops} P no model of ${billions} billion parameters; computed days at ${claim.thresholdPetaflops} P: ${days}`,
    })
  })
  const training = review.training.map((each) =>
    say({
      zh: `训练 ${each.target}（${READINGS[each.reading].zh}）：${number(each.days)} 天${each.inTime === undefined ? '' : each.inTime ? '，赶得上' : '，赶不上'}`,
      en: `training ${each.target} (${READINGS[each.reading].en}): ${number(each.days)} days${each.inTime === undefined ? '' : each.inTime ? ', in time' : ', too late'}`,
    }),
  )
  const spare = review.spareCapacity
    ? [
        say({
          zh: `周边闲置指数 ${number(review.spareCapacity.index)}`,
          en: `spare-capacity index ${number(review.spareCapacity.index)}`,
        }),
      ]
    : []
  return [...spare, ...training, ...claims]
}

function questionLines(review: Review, say: Say): string[] {
  const questions = review.questions.map(
    (question, index) =>
      `${index + 1}. ${say(GATE_NAMES[question.gate])}${say({ zh: '：', en: ': ' })}${question.paths.join(say({ zh: '、', en: ', ' }))}`,
  )
  const conditions = review.conditions.length
    ? [
        `${say({ zh: '凭承诺成立、须以材料证实：', en: 'on the applicant’s word, to be evidenced: ' })}${review.conditions.join(say({ zh: '、', en: ', ' }))}`,
      ]
    : []
  return [...questions, ...conditions]
}

function verdictLine(review: Review, say: Say): string {
  const names = review.blockers.map((gate) => say(GATE_NAMES[gate])).join(say({ zh: '、', en: ', ' }))
  const detail =
    review.verdict === 'unsuitable'
      ? say({ zh: `（阻断：${names}）`, en: ` (blocked by ${names})` })
      : review.verdict === 'return'
        ? say({ zh: `（${review.questions.length} 个问题）`, en: ` (${review.questions.length} questions)` })
        : review.conditions.length > 0
          ? say({
              zh: `（附 ${review.conditions.length} 项条件）`,
              en: ` (${review.conditions.length} conditions)`,
            })
          : ''
  return `${say({ zh: '结论：', en: 'verdict: ' })}${say(VERDICTS[review.verdict])}${detail}`
}

/** The sentence of a reason with its values filled in. */
export function reasonText(
  reason: keyof typeof REASONS,
  values: Readonly<Record<string, GateValue>> | undefined,
  say: Say,
): string {
  return say(REASONS[reason]).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values?.[name]
    return value === undefined ? whole : valueText(name, value, say)
  })
}

const SHARES = /Share$|^(occupancy|least|most|built|sold|chanceOfGain|red|ratio.*)$/

function valueText(name: string, value: GateValue, say: Say): string {
  if (typeof value === 'number') {
    const isLevel = name === 'least' && Number.isInteger(value) && value > 1
    return SHARES.test(name) && !isLevel ? percent(value) : number(value)
  }
  if (typeof value === 'object')
    return value
      .map((item) => (item in FAVOUR_NAMES ? say(FAVOUR_NAMES[item as keyof typeof FAVOUR_NAMES]) : item))
      .join(say({ zh: '、', en: ', ' }))
  return String(value)
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}

function percent(share: number): string {
  return `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`
}

function wan(yuan: number, say: Say): string {
  return say({ zh: `${number(yuan / 1e4)}万元`, en: `${number(yuan / 1e6)}m yuan` })
}

function rates(found: InternalRates, say: Say): string {
  if (found.kind === 'none') return say({ zh: '无', en: 'none' })
  return (found.kind === 'one' ? [found.rate] : found.rates)
    .map(percent)
    .join(say({ zh: ' 或 ', en: ' or ' }))
}

function paid(back: Payback, say: Say): string {
  return back.kind === 'never'
    ? say({ zh: '收不回', en: 'never' })
    : say({ zh: `${number(back.years)} 年`, en: `${number(back.years)} years` })
}

function even(at: BreakEven, say: Say): string {
  if (at.kind === 'never') return say({ zh: '不存在', en: 'none' })
  return at.reachable
    ? percent(at.value)
    : `${percent(at.value)}${say({ zh: '（达不到）', en: ' (out of reach)' })}`
}
