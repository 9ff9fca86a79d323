// The appraisals of a review as one table: a column for each reading, defaults and explanations once below it.
import type { BreakEven, FeasibilityReview, Payback } from '@suanquan/core/feasibility'

import { said } from '../language.ts'
import { COLON, COMMA, number, percent, table, wan } from './feasibility-format.ts'
import { DEFAULT_NAMES, DRIVER_NAMES, READINGS, STRESS_NAMES } from './feasibility-text.ts'

type Money = FeasibilityReview['appraisals'][number]
type Row = readonly [label: string, cell: (each: Money) => string]

export function moneyLines(review: FeasibilityReview): string[] {
  if (review.appraisals.length === 0) return []
  const names = namesBySize(review.appraisals)
  const appraisals = review.appraisals.filter((each) => names.get(each.densePetaflops)![0] === each.reading)
  const rows: Row[] = [...valueRows(appraisals), ...chanceRows(appraisals), ...stressRows(appraisals)]
  return [
    said({
      zh: '测算（每列一种规模；P_d16 为稠密16位P）：',
      en: 'appraisal (a column for each reading; P_d16 is a dense 16-bit P):',
    }),
    ...table([
      [
        '',
        ...appraisals.map((each) =>
          names
            .get(each.densePetaflops)!
            .map((id) => said(READINGS[id]))
            .join(said(COMMA)),
        ),
      ],
      ...rows.map(([label, cell]) => [label, ...appraisals.map(cell)]),
    ]).map((line) => `  ${line}`),
    ...notes(appraisals),
  ]
}

/** Readings that mean the same P_d16 are one column. */
function namesBySize(appraisals: readonly Money[]): Map<number, Money['reading'][]> {
  const names = new Map<number, Money['reading'][]>()
  for (const { densePetaflops, reading } of appraisals)
    names.set(densePetaflops, [...(names.get(densePetaflops) ?? []), reading])
  return names
}

function valueRows(appraisals: readonly Money[]): Row[] {
  const indebted = appraisals.some((each) => each.cover)
  return [
    ['P_d16', (each) => number(each.densePetaflops)],
    [said({ zh: '净现值', en: 'NPV' }), (each) => wan(each.npvYuan)],
    ['IRR', (each) => rates(each.internalRates)],
    [
      said({ zh: '回收期（动态）', en: 'payback (discounted)' }),
      (each) => `${paid(each.payback)} (${paid(each.discountedPayback)})`,
    ],
    ...(indebted
      ? ([
          [
            said({ zh: '最低 DSCR（倍）', en: 'lowest DSCR (times)' }),
            (each) => (each.cover ? times(each.cover.lowestDebtServiceCover) : '–'),
          ],
          ['LLCR', (each) => (each.cover ? times(each.cover.loanLifeCover) : '–')],
        ] satisfies Row[])
      : []),
    [said({ zh: '保本售出率', en: 'break-even share sold' }), (each) => even(each.breakEvens.soldShare)],
    [said({ zh: '保本租金', en: 'break-even rent' }), rentText],
    [
      said({ zh: '平准成本（元/P_d16·小时）', en: 'levelised cost (yuan/P_d16·h)' }),
      ({ breakEvens: { yuanPerPetaflopHour: cost } }) => (cost === undefined ? '–' : number(cost)),
    ],
    [
      said({ zh: '补到保本的一次性补助', en: 'grant that breaks even' }),
      (each) => wan(each.breakEvens.capitalGrantYuan),
    ],
  ]
}

function rentText({ breakEvens: { priceMultiple } }: Money): string {
  if (priceMultiple.kind === 'never') return '–'
  const times = number(priceMultiple.value)
  return said({ zh: `现价的 ${times} 倍`, en: `${times} × the stated` })
}

function chanceRows(appraisals: readonly Money[]): Row[] {
  const indebted = appraisals.some((each) => each.simulation.chanceOfThinCover !== undefined)
  return [
    [
      said({ zh: '盈利概率', en: 'chance of gain' }),
      ({ simulation }) => `${percent(simulation.chanceOfGain)} ± ${percent(simulation.chanceError)}`,
    ],
    [
      said({ zh: '净现值 5 %／50 %／95 % 分位', en: 'NPV, 5/50/95 % quantiles' }),
      ({ simulation: { npvYuan } }) => [npvYuan.p5, npvYuan.p50, npvYuan.p95].map(wan).join('／'),
    ],
    [
      said({ zh: '收不回的概率', en: 'chance of no payback' }),
      ({ simulation }) => percent(simulation.chanceOfNoPayback),
    ],
    ...(indebted
      ? ([
          [
            said({ zh: '投运后某年 DSCR<1.1 的概率', en: 'P(DSCR<1.1 in a year of operation)' }),
            ({ simulation: { chanceOfThinCover: thin } }) => (thin === undefined ? '–' : percent(thin)),
          ],
        ] satisfies Row[])
      : []),
    [
      said({ zh: '最敏感于', en: 'driven by' }),
      ({ simulation }) =>
        simulation.tornado
          .slice(0, 2)
          .filter((each) => each.correlation !== 0)
          .map((each) => said(DRIVER_NAMES[each.driver]))
          .join(said(COMMA)),
    ],
  ]
}

function stressRows(appraisals: readonly Money[]): Row[] {
  const stresses = appraisals[0]!.stresses.filter((stress) => stress.id !== 'none')
  return stresses.map(({ id }) => [
    said({ zh: `压力：${STRESS_NAMES[id].zh}`, en: `stress: ${STRESS_NAMES[id].en}` }),
    (each) => stressText(each.stresses.find((stress) => stress.id === id)!),
  ])
}

function stressText(stress: Money['stresses'][number]): string {
  const cover = stress.lowestDebtServiceCover
  const share = stress.grantOverBudgetRevenue
  return [
    wan(stress.npvYuan),
    ...(cover === undefined ? [] : [`DSCR ${times(cover)}`]),
    ...(share === undefined || share === 0
      ? []
      : [
          said({
            zh: `年补助为财政收入的 ${percent(share)}`,
            en: `yearly grant ${percent(share)} of revenue`,
          }),
        ]),
  ].join(' · ')
}

/** Cash below zero covers nothing, and how far below depends on the debt the wrong way round. */
function times(cover: number): string {
  return cover < 0 ? said({ zh: '为负', en: 'below zero' }) : number(cover)
}

/** What a reader would stumble over in the table, each once. */
function notes(appraisals: readonly Money[]): string[] {
  const several = appraisals.find((each) => each.internalRates.kind === 'many')
  const unindebted = appraisals.every((each) => each.cover === undefined)
  const late = appraisals.some((each) =>
    each.stresses.some((stress) => stress.id === 'delay_12' && stress.npvYuan > each.npvYuan),
  )
  return [
    ...(several ? [ratesNote(several)] : []),
    ...(unindebted
      ? [
          said({
            zh: '注：申报中没有已知借款，利率上升不改变项目净现值（折现率不随之变动）。',
            en: 'note: no loan is stated, so that dearer loans do not change the value; the discount rate stays.',
          }),
        ]
      : [
          said({
            zh: '注：利率上升只加重还本付息，从净现值中扣除其现值；折现率不变。',
            en: 'note: a rise of rates makes the loan dearer, and that is taken from the value; the discount rate stays.',
          }),
        ]),
    ...(late
      ? [
          said({
            zh: '注：推迟投运后净现值反而较高，是因为正常运营的年份也在亏损，少运营就少亏。',
            en: 'note: a late start looks better because the years of operation lose money themselves.',
          }),
        ]
      : []),
    defaultsLine(appraisals),
  ]
}

function ratesNote(each: Money): string {
  const years = each.losingYears.join(said(COMMA))
  const rate = percent(each.assumed.find((fact) => fact.id === 'discountRate')!.value)
  return said({
    zh: `注：第 ${years} 年的现金流为负，现金流多次变号，IRR 不唯一，任何一个都不作依据；以折现率 ${rate} 的净现值 ${wan(each.npvYuan)} 为准。`,
    en: `note: year ${years} costs more than it brings, so that the flows change sign more than once and no single IRR means anything; the NPV at ${rate}, ${wan(each.npvYuan)}, decides.`,
  })
}

function defaultsLine(appraisals: readonly Money[]): string {
  const values = new Map(
    appraisals.flatMap((each) => each.assumed.map(({ id, value }) => [id, value] as const)),
  )
  return (
    said({ zh: '申报未提供、各列均按默认值计：', en: 'not stated, taken by default in every column: ' }) +
    [...values]
      .map(([id, value]) => `${said(DEFAULT_NAMES[id])}${said(COLON)}${shown(value)}`)
      .join(said(COMMA))
  )
}

/** Small rates keep their digits: 0.0072 is not 0.01. */
function shown(value: number): string {
  return Math.abs(value) < 1 ? String(Number(value.toPrecision(3))) : number(value)
}

function rates(found: Money['internalRates']): string {
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
