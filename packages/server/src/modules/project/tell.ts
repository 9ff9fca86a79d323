// What is told of a project: to its firm, and to whoever must act on it.
import type { Day } from '@suanquan/core/calendar'
import type { Transaction } from 'kysely'
import type { MessageKindName } from '@suanquan/api'
import type { Tables } from '../../database/index.ts'
import { tell } from '../message/index.ts'
import type { ProjectRow } from './load.ts'

type Tx = Transaction<Tables>

interface Said {
  readonly params?: Readonly<Record<string, string>>
  readonly deadlineOn?: Day
}

export function tellFirm(tx: Tx, row: ProjectRow, kind: MessageKindName, said: Said = {}): void {
  tell(tx, about(row, kind, said, { firmId: row.organisation_id }))
}

export function tellOffice(
  tx: Tx,
  row: ProjectRow,
  kind: MessageKindName,
  { except = [], ...said }: Said & { readonly except?: readonly string[] } = {},
): void {
  tell(tx, { ...about(row, kind, said, {}), except })
}

/** 未通过: the firm is told, and whoever proposes to take back what was paid. */
export function tellFailure(tx: Tx, row: ProjectRow, reason: string): void {
  tellFirm(tx, row, 'project_failed', { params: { reason } })
  tellOffice(tx, row, 'project_to_claw_back', { params: { amountFen: row.first_fen.toString() } })
}

/** Told again when a project comes back to the same state: the events so far tell one time from the next. */
function about(
  { id, number, jurisdiction, district, filed_at: filedAt, concluded_at: concludedAt }: ProjectRow,
  kind: MessageKindName,
  { params = {}, deadlineOn }: Said,
  firm: { readonly firmId?: string },
): Parameters<typeof tell>[1] {
  return {
    kind,
    cause: ['project', id, filedAt, concludedAt, deadlineOn].filter((part) => part != null).join(' '),
    about: 'project',
    aboutId: id,
    params: { number, ...params },
    ...(deadlineOn === undefined ? {} : { deadlineOn }),
    place: { jurisdiction, district, ...firm },
  }
}
