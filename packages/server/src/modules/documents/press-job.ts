// What the press is asked to do, as data that goes to its thread and back.
import type { Decision } from '@suanquan/core'
import type { Fonts } from './fonts.ts'
import type { Paper } from './paper.ts'
import { render, type Rendered } from './render.ts'
import { type ExportedTable, type Imprint, tableAsWorkbook } from './table.ts'

export type Job =
  | { readonly kind: 'paper'; readonly paper: Paper; readonly fonts: Fonts }
  | { readonly kind: 'table'; readonly table: ExportedTable; readonly imprint: Imprint }

export interface Done {
  readonly paper: Decision<Rendered, 'documents.no_font'>
  readonly table: Uint8Array
}

export function carryOut(job: Job): Promise<Done[Job['kind']]> {
  return job.kind === 'paper' ? render(job.paper, job.fonts) : tableAsWorkbook(job.table, job.imprint)
}
