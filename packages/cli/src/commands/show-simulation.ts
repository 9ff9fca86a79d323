// A simulation in words: what it costs, who gains, what is additional, whether the city can carry it; the assumptions
// behind it by name; and last the estimate, called one.
import type {
  Affordability,
  Behaviour,
  MarginalValue,
  ReadFirms,
  Setting,
  SimulationInput,
  SimulationSummary,
} from '@suanquan/core/evaluation'
import type { Text } from '@suanquan/core/policy'

import { said, type Sentence } from '../language.ts'
import { number, percent } from './show-estimate.ts'

type Range = SimulationSummary['redeemed']

export interface ProgrammeOutcome {
  readonly id: string
  readonly version: string
  readonly title: Text
  /** redeemed and administration, yuan */
  readonly cost: Range
  readonly summary: SimulationSummary
  readonly affordability: Affordability
}

/** What `--json` prints; the shape is stable. */
export interface SimulationReport {
  readonly label: 'simulated_estimate'
  readonly months: number
  readonly draws: number
  readonly seed: string
  readonly queue: SimulationInput['queue']
  /** yuan */
  readonly budget: number
  readonly firms: number
  readonly assumptions: Behaviour
  readonly pricePerCompute: Setting['pricePerCompute']
  readonly assumedColumns: ReadFirms['assumed']
  readonly programmes: readonly ProgrammeOutcome[]
  /** each further programme against the first, on the same firms in the same draws */
  readonly comparisons: readonly (Omit<MarginalValue, 'changePerFirm'> & {
    readonly base: string
    readonly variant: string
  })[]
}

export function simulationLines(report: SimulationReport): string[] {
  return [
    said({
      zh: `估计（模拟，不是实测）：${report.firms} 家企业，${report.months} 个月，${report.draws} 次抽样，种子 ${report.seed}`,
      en: `estimate (simulated, not measured): ${report.firms} firms, ${report.months} months, ${report.draws} draws, seed ${report.seed}`,
    }),
    ...report.programmes.flatMap((one) => ['', ...programmeLines(one, report.budget)]),
    ...report.comparisons.flatMap((one) => ['', comparisonLine(one)]),
    '',
    ...assumptionLines(report),
    '',
    ...report.programmes.map(resultLine),
  ]
}

function programmeLines(
  { id, version, title, cost, summary, affordability }: ProgrammeOutcome,
  budget: number,
): string[] {
  const { additional, anyway, unused } = summary.ofHundred
  const exhausted = summary.burn.at(-1)?.exhaustedBy ?? 0
  const row = (zh: string, en: string, value: string): string => `  ${said({ zh, en })}: ${value}`
  return [
    `${said(title)} (${id}@${version})`,
    row('支出（元）', 'cost (yuan)', rangeText(cost)),
    row(
      '预算（元）',
      'budget (yuan)',
      `${number(budget)}; ${said({ zh: '用完的概率', en: 'chance that it runs out' })} ${percent(exhausted)}`,
    ),
    row(
      '获券企业',
      'firms with a voucher',
      `${rangeText(summary.vouchers)} (${percent(summary.takeUp.median)})`,
    ),
    ...(Object.keys(GAINERS) as (keyof typeof GAINERS)[]).map((by) =>
      row(`资金按${GAINERS[by].zh}`, `money by ${GAINERS[by].en}`, sharesText(summary.moneyBy[by])),
    ),
    row(
      '每百张券',
      'of 100 vouchers',
      said({
        zh: `新增用户 ${additional.toFixed(0)}，本来就会买 ${anyway.toFixed(0)}，未使用 ${unused.toFixed(0)}`,
        en: `${additional.toFixed(0)} new users, ${anyway.toFixed(0)} would have bought anyway, ${unused.toFixed(0)} never used`,
      }),
    ),
    row('无谓支出占比', 'dead weight', rangeText(summary.deadWeightShare, percent)),
    row('新增算力支出（元）', 'additional spend (yuan)', rangeText(summary.additionalSpend)),
    row('新增算力（P_d16·h）', 'additional compute (P_d16·h)', rangeText(summary.additionalCompute)),
    ...affordability.ratios.map((ratio) =>
      row(
        RATIOS[ratio.name].zh,
        RATIOS[ratio.name].en,
        `${ratio.value === null ? '–' : rangeText(ratio.value, percent)} ${said(STANDINGS[ratio.standing])}`,
      ),
    ),
    row('算力余量', 'free compute', computeText(affordability.compute)),
  ]
}

const GAINERS = {
  size: { zh: '规模', en: 'size' },
  industry: { zh: '行业', en: 'industry' },
  district: { zh: '区县', en: 'district' },
  ownership: { zh: '所有制', en: 'ownership' },
} as const

const RATIOS: Readonly<Record<Affordability['ratios'][number]['name'], Sentence>> = {
  outlayOfRevenue: { zh: '支出占一般公共预算收入', en: 'cost of general public revenue' },
  outlayOfScienceBudget: { zh: '支出占科技支出预算', en: 'cost of the science budget' },
  debtRatio: { zh: '债务率', en: 'debt ratio' },
}

const STANDINGS: Readonly<Record<Affordability['ratios'][number]['standing'], Sentence>> = {
  within: { zh: '（在限额内）', en: '(within the limit)' },
  above: { zh: '（超过限额）', en: '(above the limit)' },
  unknown: { zh: '（未知：缺少数据或限额）', en: '(unknown: figures or limit are missing)' },
}

function computeText(months: Affordability['compute']): string {
  const short = months.filter(({ standing }) => standing === 'above').map(({ month }) => month)
  const unknown = months.filter(({ standing }) => standing === 'unknown').length
  if (unknown === months.length)
    return said({ zh: '未知：没有报空闲算力', en: 'unknown: no free compute is reported' })
  const gaps =
    short.length === 0
      ? said({ zh: '各月够用', en: 'enough in every month reported' })
      : said({ zh: `第 ${short.join('、')} 月不足`, en: `short in month ${short.join(', ')}` })
  return unknown === 0
    ? gaps
    : gaps + said({ zh: `；${unknown} 个月未知`, en: `; ${unknown} months unknown` })
}

function comparisonLine(one: SimulationReport['comparisons'][number]): string {
  const { base, variant, winners, losers, redeemed, additionalSpend } = one
  return said({
    zh: `${variant} 与 ${base} 相比：${winners} 家得的更多，${losers} 家更少；核销差 ${number(redeemed.difference)} 元，新增支出差 ${number(additionalSpend.difference)} 元（±${number(1.96 * additionalSpend.se)}）`,
    en: `${variant} against ${base}: ${winners} firms get more, ${losers} less; redeemed ${number(redeemed.difference)} yuan more, additional spend ${number(additionalSpend.difference)} yuan more (±${number(1.96 * additionalSpend.se)})`,
  })
}

function assumptionLines({ assumptions, pricePerCompute, assumedColumns }: SimulationReport): string[] {
  const priors = (Object.keys(BEHAVIOUR) as (keyof Behaviour)[]).map((name) => {
    const { low, mode, high, source } = assumptions[name]
    return `  ${said(BEHAVIOUR[name])}: ${number(mode)} [${number(low)}, ${number(high)}]  ${sourceText(source)}`
  })
  const { value, source } = pricePerCompute
  const columns = assumedColumns.join(', ')
  return [
    said({ zh: '所用假定', en: 'what it rests on' }),
    ...priors,
    `  ${said({ zh: '算力单价（元/P_d16·h）', en: 'price (yuan per P_d16·h)' })}: ${number(value)}  ${sourceText(source)}`,
    ...(columns === ''
      ? []
      : [
          `  ${said({ zh: '企业表没有、取缺省值的列', en: 'columns not in the table, assumed' })}: ${columns}`,
        ]),
  ]
}

const BEHAVIOUR: Readonly<Record<keyof Behaviour, Sentence>> = {
  elasticity: { zh: '算力的价格弹性', en: 'price elasticity of compute' },
  passThrough: { zh: '补贴到用户的比例', en: 'share of support that reaches the user' },
  hassle: { zh: '申请的麻烦（元）', en: 'trouble of applying (yuan)' },
  noise: { zh: '其他申请动机的离散（元）', en: 'spread of other motives (yuan)' },
  awareAtStart: { zh: '首月知晓的企业比例', en: 'share that knows in the first month' },
  awarePerMonth: { zh: '此后每月新知晓的比例', en: 'share of the others that learns each month' },
  newUserIntercept: { zh: '新用户：对数几率的常数', en: 'new users: intercept of the log-odds' },
  newUserSlope: { zh: '新用户：随补贴强度的斜率', en: 'new users: slope by support per yuan' },
  unused: { zh: '领而不用的比例', en: 'share that takes a voucher and never uses it' },
}

function sourceText(source: string): string {
  return source === 'assumed, not measured'
    ? said({ zh: '（假定，未实测）', en: '(assumed, not measured)' })
    : `(${source})`
}

function resultLine({ id, cost, summary }: ProgrammeOutcome): string {
  return said({
    zh: `估计：${id} 支出约 ${rangeText(cost)} 元，约 ${number(summary.vouchers.median)} 家企业获券`,
    en: `estimate: ${id} costs about ${rangeText(cost)} yuan; about ${number(summary.vouchers.median)} firms get a voucher`,
  })
}

/** Median with the 5 and 95 per cent points. */
function rangeText({ median, p5, p95 }: Range, as: (value: number) => string = number): string {
  return `${as(median)} [${as(p5)}, ${as(p95)}]`
}

const MOST_SHARES = 6

function sharesText(shares: Readonly<Record<string, number>>): string {
  const ordered = Object.entries(shares).toSorted(([, a], [, b]) => b - a)
  const shown = ordered.slice(0, MOST_SHARES).map(([name, share]) => `${name} ${percent(share)}`)
  const rest = ordered.length - shown.length
  return (
    shown.join(said({ zh: '、', en: ', ' })) +
    (rest > 0 ? said({ zh: `，其余 ${rest} 类`, en: `, ${rest} more` }) : '')
  )
}
