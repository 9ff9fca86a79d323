// A table as its file has it, before anybody asks what it means: rows of cells, each row with the number that a person
// sees in the file.

/** How Excel typed a cell; texts of a CSV file are all texts. */
export type CellType = 'text' | 'number' | 'date' | 'flag'

export interface Cell {
  readonly text: string
  readonly type: CellType
}

export interface TableRow {
  /** counted from 1, as the file shows it; of a record of several lines its first */
  readonly number: number
  readonly cells: readonly Cell[]
}

export interface Table {
  readonly format: 'csv' | 'xlsx'
  /** rows that are not empty */
  readonly rows: readonly TableRow[]
  /** areas of merged cells such as `A5:A7`, with the rows they cover */
  readonly merged: readonly { readonly area: string; readonly from: number; readonly to: number }[]
}

export type TableRefusal =
  | 'imports.not_a_table'
  | 'imports.half_written'
  | 'imports.encoding'
  | 'imports.too_large'

export const MOST_COLUMNS = 200
export const MOST_CELL_LENGTH = 4000

export function isEmptyRow({ cells }: TableRow): boolean {
  return cells.every(({ text }) => text.trim() === '')
}
