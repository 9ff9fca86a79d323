// An estimate in words: the rows behind it, the number with its interval, the checks, what lowers or qualifies it, and
// last what it may be called.
import type {
  CutoffAnswer,
  DensityAnswer,
  DifferenceInDifferences,
  EffectWord,
  Estimate,
  GradedEffect,
  LotteryAnswer,
  PanelAnswer,
} from '@suanquan/core/evaluation'
import { said, type Sentence } from '../language.ts'
import { cautionWords, findingWords } from './caution-words.ts'

interface Analysed {
  readonly effect: GradedEffect
  readonly rows: number
  readonly dropped: number
}

export const effectWords: Readonly<Record<EffectWord, Sentence>> = {
  net_effect: { zh: '净效果', en: 'net effect' },
  controlled_difference: { zh: '对照差异，不是净效果', en: 'controlled difference, not a net effect' },
  change: { zh: '前后变化，不是净效果', en: 'change over time, not a net effect' },
  self_report: { zh: '自报数据，不是净效果', en: 'self-report, not a net effect' },
}

export function lotteryLines(shown: LotteryAnswer, unit?: string): string[] {
  const { takeUp, ancova, lin, bounds, attrition, permutationP, weighting } = shown
  const [drawn, others] = [shown.nTreated, shown.nControl]
  return [
    rowsLine(shown) +
      said({ zh: `；中签 ${drawn}，未中签 ${others}`, en: `; ${drawn} drawn, ${others} not` }),
    said({
      zh: `结果缺失 ${percent(attrition.overall)}（中签 ${percent(attrition.treated)}，未中签 ${percent(attrition.control)}）；未写明是否中签 ${attrition.unassigned} 行`,
      en: `outcomes missing ${percent(attrition.overall)} (drawn ${percent(attrition.treated)}, not drawn ${percent(attrition.control)}); ${attrition.unassigned} rows without an arm`,
    }),
    ...(takeUp
      ? [
          labelled({ zh: '中签后使用率之差', en: 'difference in use by the draw' }, takeUp.takeUp),
          labelled({ zh: '每使用者效应', en: 'effect per user' }, takeUp.perUser, unit) +
            said({
              zh: `  第一阶段 F ${number(takeUp.firstStageF)}`,
              en: `  first-stage F ${number(takeUp.firstStageF)}`,
            }),
        ]
      : []),
    ...(ancova ? [labelled({ zh: '协变量调整（ANCOVA）', en: 'adjusted (ANCOVA)' }, ancova, unit)] : []),
    ...(lin ? [labelled({ zh: '协变量调整（Lin）', en: 'adjusted (Lin)' }, lin, unit)] : []),
    ...(attrition.overall > 0
      ? [
          said({ zh: '缺失界限（Lee）', en: 'bounds for missing outcomes (Lee)' }) +
            ` [${number(bounds.lower)}, ${number(bounds.upper)}]`,
        ]
      : []),
    labelled(WEIGHTED[weighting], shown, unit),
    said({
      zh: `置换检验 p ${pText(permutationP)}（${shown.permutationDraws} 次）`,
      en: `permutation test p ${pText(permutationP)} (${shown.permutationDraws} draws)`,
    }) +
      (weighting === 'chances'
        ? said({ zh: '，仅对未加权均值差', en: ', of the unweighted difference only' })
        : ''),
    ...verdictLines(shown.effect),
  ]
}

const WEIGHTED: Readonly<Record<LotteryAnswer['weighting'], Sentence>> = {
  none: { zh: '中签者效应（均值差，Neyman）', en: 'effect of being drawn (difference in means, Neyman)' },
  strata: { zh: '中签者效应（层内均值差）', en: 'effect of being drawn (within strata)' },
  chances: { zh: '中签者效应（按概率加权）', en: 'effect of being drawn (weighted by chance)' },
}

export function differenceLines(shown: DifferenceInDifferences & Analysed, unit?: string): string[] {
  return [
    rowsLine(shown),
    labelled({ zh: '双重差分', en: 'difference in differences' }, shown, unit),
    ...verdictLines(shown.effect),
  ]
}

export function panelLines(shown: PanelAnswer, unit?: string): string[] {
  const { preTrend, incompleteUnits, alwaysTreatedUnits } = shown
  const cell = { zh: '估计值', en: 'estimate' }
  return [
    rowsLine(shown),
    said({
      zh: `${shown.units} 个单位，其中从未处理 ${shown.neverTreated}；缺期未用 ${incompleteUnits}，一开始即处理未用 ${alwaysTreatedUnits}`,
      en: `${shown.units} units, ${shown.neverTreated} never treated; left out ${incompleteUnits} for a missing period, ${alwaysTreatedUnits} treated from the start`,
    }),
    ...shown.groupTime.map((one) => `${one.group} → ${one.time}  ${labelled(cell, one, unit)}`),
    ...shown.byGroup.map((one) =>
      labelled({ zh: `组 ${one.group} 平均`, en: `average of group ${one.group}` }, one, unit),
    ),
    preTrend === null
      ? said({ zh: '政策前走势：无法检验', en: 'trends before treatment: cannot be tested' })
      : said({
          zh: `政策前走势平行的联合检验 p ${pText(preTrend.pValue)}`,
          en: `joint test of parallel trends before treatment p ${pText(preTrend.pValue)}`,
        }),
    labelled(
      {
        zh: '处理后各组各期的平均（按组大小加权）',
        en: 'average of all cells after treatment, weighted by group size',
      },
      shown,
      unit,
    ),
    ...verdictLines(shown.effect),
  ]
}

export function cutoffLines(shown: CutoffAnswer, unit?: string): string[] {
  const { manipulation } = shown
  const robust = { ...shown, estimate: shown.biasCorrected, se: shown.robustSe }
  const plain = { estimate: shown.estimate, se: shown.se, ci: shown.conventionalCi }
  return [
    rowsLine(shown),
    sidesLine(shown, number(shown.bandwidth)),
    ...(shown.firstStage === undefined
      ? []
      : [said({ zh: '处理比例的跳跃', en: 'jump of the share treated' }) + ` ${number(shown.firstStage)}`]),
    manipulation === null
      ? said({ zh: '评分密度：无法检验', en: 'density of the score: cannot be tested' })
      : densityVerdict(manipulation.pValue),
    labelled(
      { zh: '常规估计（未纠偏，不单独报告）', en: 'conventional (not corrected for bias)' },
      plain,
      unit,
    ),
    labelled({ zh: '纠偏估计（稳健）', en: 'bias-corrected, robust' }, robust, unit),
    ...verdictLines(shown.effect),
  ]
}

export function densityLines(shown: DensityAnswer): string[] {
  const width = [shown.bandwidthLeft, shown.bandwidthRight].map(number).join(' / ')
  return [
    rowsLine(shown),
    sidesLine(shown, width),
    labelled({ zh: '右侧密度减左侧', en: 'density right minus left' }, shown),
    densityVerdict(shown.pValue),
  ]
}

function densityVerdict(p: number): string {
  return p < 0.05
    ? said({
        zh: `评分密度检验未通过：断点处有跳跃（p ${pText(p)}）`,
        en: `density test failed: the score's density jumps at the cut-off (p ${pText(p)})`,
      })
    : said({
        zh: `评分密度检验通过：断点处未见跳跃（p ${pText(p)}）`,
        en: `density test passed: no jump of the score's density seen at the cut-off (p ${pText(p)})`,
      })
}

function rowsLine({ rows, dropped }: Pick<Analysed, 'rows' | 'dropped'>): string {
  return said({
    zh: `用 ${rows} 行，因缺失未用 ${dropped} 行`,
    en: `${rows} rows used, ${dropped} left out for missing values`,
  })
}

function sidesLine({ nLeft, nRight }: { nLeft: number; nRight: number }, width: string): string {
  return said({
    zh: `带宽 ${width}：断点左侧 ${nLeft} 行，右侧 ${nRight} 行`,
    en: `bandwidth ${width}: ${nLeft} rows left and ${nRight} right of the cut-off`,
  })
}

/** What was found and what would settle it; last what the number may be called. */
function verdictLines({ grade, word, cautions }: GradedEffect): string[] {
  const found = cautions.flatMap((code) => {
    const words = code in findingWords ? findingWords[code as keyof typeof findingWords] : undefined
    if (!words) return []
    const [why, settle] = [said(words.why), said(words.settle)]
    return [said({ zh: `注意：${why}。${settle}。`, en: `caution: ${why}; ${settle}` })]
  })
  return [
    ...found,
    ...(cautions.includes('cannot_exclude_zero') ? [said(cautionWords.cannot_exclude_zero)] : []),
    said({ zh: `设计等级 ${grade}：`, en: `design grade ${grade}: ` }) + said(effectWords[word]),
  ]
}

function labelled(
  label: Sentence,
  { estimate, se, ci, pValue }: Omit<Estimate, 'pValue'> & { readonly pValue?: number },
  unit?: string,
): string {
  const decimals = decimalsFor(se > 0 ? se : Math.abs(estimate))
  const [value, error, low, high] = [estimate, se, ...ci].map((item) => plain(item, decimals))
  const of = unit === undefined ? '' : ` ${unit}`
  const p = pValue === undefined ? '' : `  p ${pText(pValue)}`
  return `${said(label)} ${value}${of}  se ${error}  95% [${low}, ${high}]${p}`
}

/** Three significant digits of the error, and as many places in everything beside it. */
function decimalsFor(error: number): number {
  return error > 0 ? Math.min(Math.max(2 - Math.floor(Math.log10(error)), 0), 12) : 0
}

function plain(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? (0).toFixed(decimals) : text
}

export function pText(p: number): string {
  return p < 0.0001 ? '<0.0001' : p.toPrecision(2)
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

/** Whole above a thousand, else four significant digits; no trailing zeros. */
export function number(value: number): string {
  return Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en-US')
    : Number(value.toPrecision(4)).toString()
}
