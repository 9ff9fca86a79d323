// Numbers, reasons and tables of a feasibility review as text.
import type { GateValue } from '@suanquan/core/feasibility'

import { said } from '../language.ts'
import { FAVOUR_NAMES, REASONS } from './feasibility-text.ts'

export const COMMA = { zh: '、', en: ', ' }
export const COLON = { zh: '：', en: ': ' }

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

export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}

export function percent(share: number): string {
  return `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`
}

export function wan(yuan: number): string {
  return said({ zh: `${number(yuan / 1e4)}万元`, en: `${number(yuan / 1e6)}m yuan` })
}

/** Rows under each other, wide characters counted as two. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column]!))),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  )
}

function widthOf(text: string): number {
  let width = 0
  for (const sign of text)
    width += /[\u2E80-\uA4CF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]/.test(sign) ? 2 : 1
  return width
}
