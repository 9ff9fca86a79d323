// An estimate in words: the table behind it, the number with its interval, and last what it may be called.
import type { DesignGrade, EffectWord } from '@suanquan/core/evaluation'
import { said, type Sentence } from '../language.ts'

type Cell = Readonly<Record<'estimate' | 'se', number>> & { readonly ci: readonly [number, number] }

export interface ShownEstimate extends Cell {
  readonly pValue: number
  readonly effect?: {
    readonly grade: DesignGrade
    readonly word: EffectWord
    readonly cautions: readonly string[]
  }
  readonly bandwidth?: number
  readonly nLeft?: number
  readonly nRight?: number
  readonly groupTime?: readonly (Cell & { readonly group: number | string; readonly time: number | string })[]
}

export const effectWords: Readonly<Record<EffectWord, Sentence>> = {
  net_effect: { zh: '净效果', en: 'net effect' },
  controlled_difference: { zh: '对照差异，不是净效果', en: 'controlled difference, not a net effect' },
  change: { zh: '前后变化，不是净效果', en: 'change over time, not a net effect' },
  self_report: { zh: '自报数据，不是净效果', en: 'self-report, not a net effect' },
}

export function estimateLines(shown: ShownEstimate): string[] {
  const lines = (shown.groupTime ?? []).map((cell) => `${cell.group} → ${cell.time}  ${cellText(cell)}`)
  if (shown.nLeft !== undefined && shown.nRight !== undefined) {
    const [left, right] = [shown.nLeft, shown.nRight]
    const width =
      shown.bandwidth === undefined
        ? ''
        : said({ zh: `带宽 ${number(shown.bandwidth)}，`, en: `bandwidth ${number(shown.bandwidth)}, ` })
    lines.push(
      width +
        said({
          zh: `断点左侧 ${left} 行，右侧 ${right} 行`,
          en: `${left} rows left and ${right} right of the cut-off`,
        }),
    )
  }
  lines.push(`${cellText(shown)}  p ${number(shown.pValue)}`)
  if (shown.effect) {
    const { grade, word, cautions } = shown.effect
    if (cautions.includes('cannot_exclude_zero'))
      lines.push(said({ zh: '不能排除零效果', en: 'no effect cannot be excluded' }))
    lines.push(said({ zh: `设计等级 ${grade}：`, en: `design grade ${grade}: ` }) + said(effectWords[word]))
  }
  return lines
}

function cellText({ estimate, se, ci }: Cell): string {
  const label = said({ zh: '估计值', en: 'estimate' })
  return `${label} ${number(estimate)}  se ${number(se)}  95% [${number(ci[0])}, ${number(ci[1])}]`
}

/** Seven significant digits, no trailing zeros. */
export function number(value: number): string {
  return Number(value.toPrecision(7)).toString()
}
