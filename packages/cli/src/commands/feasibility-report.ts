// A feasibility review as a page of text: gates, money, budget, claims, questions, and the verdict as the last line.
import type {
  BreakEven,
  FeasibilityReview,
  GateValue,
  InternalRates,
  Payback,
} from '@suanquan/core/feasibility'
import { said } from '../language.ts'
import {
  DEFAULT_NAMES,
  DRIVER_NAMES,
  FACT_NAMES,
  FAVOUR_NAMES,
  GATE_NAMES,
  OWN_CLAUSES,
  READINGS,
  REASONS,
  STATUSES,
  STRESS_NAMES,
  VERDICTS,
} from './feasibility-text.ts'

type Review = FeasibilityReview

export function feasibilityReport(review: Review): string {
  const { name, place, round } = review.proposal
  const sections = [
    [said({ zh: `${name}（${place}，第${round}轮）`, en: `${name} (${place}, round ${round})` })],
    gateLines(review),
    moneyLines(review),
    budgetLines(review),
    besideLines(review),
    questionLines(review),
  ]
  return [
    ...sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')),
    verdictLine(review),
  ].join('\n\n')
}

const COMMA = { zh: '、', en: ', ' }
const COLON = { zh: '：', en: ': ' }
const MARKS = { held: '✓', failed: '✗', unknown: '?' } as const

function gateLines(review: Review): string[] {
  return review.gates.flatMap((gate) => [
    `${MARKS[gate.status]} ${said(GATE_NAMES[gate.gate])} · ${said(STATUSES[gate.status])} · ${reasonText(gate.reason, gate.values)} 〔${clauseName(gate.clause)}〕`,
    ...(gate.byReading && gate.byReading.length > 1
      ? gate.byReading.map(
          (each) =>
            `    ${MARKS[each.status]} ${said(READINGS[each.reading])} · ${reasonText(each.reason, each.values)}`,
        )
      : []),
  ])
}

function clauseName(clause: Review['gates'][number]['clause']): string {
  const own = OWN_CLAUSES[clause.id]
  return clause.document ?? (own ? said(own) : clause.id)
}

function moneyLines(review: Review): string[] {
  return review.appraisals.flatMap((each) => [
    `${said(READINGS[each.reading])} ${number(each.densePetaflops)} P_d16`,
    `  ${valueLine(each)}`,
    `  ${costLine(each)}`,
    `  ${chanceLine(each)}`,
    ...each.stresses.filter((stress) => stress.id !== 'none').map((stress) => `    ${stressLine(stress)}`),
    `  ${said({ zh: '申报未提供、按默认值计：', en: 'not stated, taken by default: ' })}${each.assumed.map(({ id, value }) => `${said(DEFAULT_NAMES[id])} ${number(value)}`).join(said(COMMA))}`,
  ])
}

type Money = Review['appraisals'][number]

function valueLine(each: Money): string {
  const parts = [
    `${said({ zh: '净现值', en: 'NPV' })} ${wan(each.npvYuan)}`,
    `IRR ${rates(each.internalRates)}`,
    `${said({ zh: '回收期', en: 'payback' })} ${paid(each.payback)}`,
    `${said({ zh: '动态', en: 'discounted' })} ${paid(each.discountedPayback)}`,
    ...(each.cover
      ? [`DSCR ${number(each.cover.lowestDebtServiceCover)}`, `LLCR ${number(each.cover.loanLifeCover)}`]
      : []),
  ]
  return parts.join(' · ')
}

function costLine({ breakEvens }: Money): string {
  const { priceMultiple, yuanPerPetaflopHour } = breakEvens
  const parts = [
    `${said({ zh: '保本售出率', en: 'break-even share' })} ${even(breakEvens.soldShare)}`,
    `${said({ zh: '保本租金为现价的', en: 'break-even rent over the stated' })} ${priceMultiple.kind === 'never' ? '–' : number(priceMultiple.value)}`,
    `${said({ zh: '平准成本', en: 'levelised cost' })} ${yuanPerPetaflopHour === undefined ? '–' : number(yuanPerPetaflopHour)} ${said({ zh: '元/P·小时', en: 'yuan/P·h' })}`,
    `${said({ zh: '需一次性补助', en: 'grant needed' })} ${wan(breakEvens.capitalGrantYuan)}`,
  ]
  return parts.join(' · ')
}

function chanceLine({ simulation }: Money): string {
  const { p5, p50, p95 } = simulation.npvYuan
  const thin = simulation.chanceOfThinCover
  const [first, second] = simulation.tornado
  const parts = [
    `${said({ zh: '盈利概率', en: 'chance of gain' })} ${percent(simulation.chanceOfGain)} ± ${percent(simulation.chanceError)}`,
    `P5/P50/P95 ${[p5, p50, p95].map(wan).join(' / ')}`,
    `${said({ zh: '收不回的概率', en: 'chance of no payback' })} ${percent(simulation.chanceOfNoPayback)}`,
    ...(thin === undefined ? [] : [`P(DSCR<1.1) ${percent(thin)}`]),
    `${said({ zh: '最敏感', en: 'driven by' })} ${[first!, second!].map((each) => said(DRIVER_NAMES[each.driver])).join(said(COMMA))}`,
  ]
  return parts.join(' · ')
}

function stressLine(stress: Money['stresses'][number]): string {
  const cover =
    stress.lowestDebtServiceCover === undefined ? '' : ` · DSCR ${number(stress.lowestDebtServiceCover)}`
  const budget =
    stress.grantOverBudgetRevenue === undefined
      ? ''
      : ` · ${said({ zh: '年补助占财政收入', en: 'yearly grant over revenue' })} ${percent(stress.grantOverBudgetRevenue)}`
  return `${said(STRESS_NAMES[stress.id])}${said(COLON)}${said({ zh: '净现值', en: 'NPV' })} ${wan(stress.npvYuan)}${cover}${budget}`
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

function besideLines(review: Review): string[] {
  const claims = review.claims.map((claim) => {
    const days = claim.computed
      .map((each) => `${said(READINGS[each.reading])} ${number(each.days)}`)
      .join(said({ zh: '，', en: ', ' }))
    const billions = number(claim.parameters / 1e9)
    return said({
      zh: `文件称${claim.thresholdPetaflops}P以下不能训练${number(claim.parameters / 1e8)}亿参数模型；测算${claim.thresholdPetaflops}P所需天数：${days}`,
      en: `claimed: below ${claim.thresholdPetaflops} P no model of ${billions} billion parameters; computed days at ${claim.thresholdPetaflops} P: ${days}`,
    })
  })
  const training = review.training.map((each) =>
    said({
      zh: `训练 ${each.target}（${READINGS[each.reading].zh}）：${number(each.days)} 天${each.inTime === undefined ? '' : each.inTime ? '，赶得上' : '，赶不上'}`,
      en: `training ${each.target} (${READINGS[each.reading].en}): ${number(each.days)} days${each.inTime === undefined ? '' : each.inTime ? ', in time' : ', too late'}`,
    }),
  )
  const spare = review.spareCapacity
    ? [
        said({
          zh: `周边闲置指数 ${number(review.spareCapacity.index)}`,
          en: `spare-capacity index ${number(review.spareCapacity.index)}`,
        }),
      ]
    : []
  return [...spare, ...training, ...claims]
}

function questionLines(review: Review): string[] {
  const questions = review.questions.map(
    (question, index) =>
      `${index + 1}. ${said(GATE_NAMES[question.gate])}${said(COLON)}${question.paths.map((path) => `${said(FACT_NAMES[path])} (${path})`).join(said(COMMA))}`,
  )
  const conditions = review.conditions.length
    ? [
        `${said({ zh: '凭承诺成立、须以材料证实：', en: 'on the applicant’s word, to be evidenced: ' })}${review.conditions.join(said(COMMA))}`,
      ]
    : []
  return [...questions, ...conditions]
}

function verdictLine(review: Review): string {
  const names = review.blockers.map((gate) => said(GATE_NAMES[gate])).join(said(COMMA))
  const detail =
    review.verdict === 'unsuitable'
      ? said({ zh: `（阻断：${names}）`, en: ` (blocked by ${names})` })
      : review.verdict === 'return'
        ? said({ zh: `（${review.questions.length} 个问题）`, en: ` (${review.questions.length} questions)` })
        : review.conditions.length > 0
          ? said({
              zh: `（附 ${review.conditions.length} 项条件）`,
              en: ` (${review.conditions.length} conditions)`,
            })
          : ''
  return `${said({ zh: '结论：', en: 'verdict: ' })}${said(VERDICTS[review.verdict])}${detail}`
}

/** The sentence of a reason with its values filled in. */
export function reasonText(
  reason: keyof typeof REASONS,
  values: Readonly<Record<string, GateValue>> | undefined,
): string {
  return said(REASONS[reason]).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values?.[name]
    return value === undefined ? whole : valueText(name, value)
  })
}

const SHARES =
  /Share$|^(occupancy|least|most|running|leastRunning|sold|chanceOfGain|red|budgetShareFrom|ratio.*)$/

function valueText(name: string, value: GateValue): string {
  if (typeof value === 'number') {
    const isLevel = name === 'least' && Number.isInteger(value) && value > 1
    return SHARES.test(name) && !isLevel ? percent(value) : number(value)
  }
  if (typeof value === 'object')
    return value
      .map((item) => (item in FAVOUR_NAMES ? said(FAVOUR_NAMES[item as keyof typeof FAVOUR_NAMES]) : item))
      .join(said(COMMA))
  return String(value)
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}

function percent(share: number): string {
  return `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`
}

function wan(yuan: number): string {
  return said({ zh: `${number(yuan / 1e4)}万元`, en: `${number(yuan / 1e6)}m yuan` })
}

function rates(found: InternalRates): string {
  if (found.kind === 'none') return said({ zh: '无', en: 'none' })
  return (found.kind === 'one' ? [found.rate] : found.rates)
    .map(percent)
    .join(said({ zh: ' 或 ', en: ' or ' }))
}

function paid(back: Payback): string {
  return back.kind === 'never'
    ? said({ zh: '收不回', en: 'never' })
    : said({ zh: `${number(back.years)} 年`, en: `${number(back.years)} years` })
}

function even(at: BreakEven): string {
  if (at.kind === 'never') return said({ zh: '不存在', en: 'none' })
  return at.reachable
    ? percent(at.value)
    : `${percent(at.value)}${said({ zh: '（达不到）', en: ' (out of reach)' })}`
}
