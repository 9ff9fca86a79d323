// What an import would change, row by row: every row of the file is new, changed, the same or refused, once. Read,
// decide, nothing stored; the plan is made again when it is confirmed, and must then be the same.
import { importKinds, type ImportColumn, type ImportKindName, type ImportOutcome } from '@suanquan/api'
import { canonicalText, type Refusal } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { registers, type Register, type RegisterEntry } from '@suanquan/core/party'
import { createHash } from 'node:crypto'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { registerEntries } from '../party/index.ts'
import type { CellValue } from './read-cell.ts'
import type { ReadRow, Values } from './read-rows.ts'

export interface Change {
  /** the id of the column, or `asOf` or `source` */
  readonly column: string
  readonly before: CellValue
  readonly after: CellValue
}

export interface PlannedRow {
  readonly number: number
  readonly outcome: ImportOutcome
  readonly creditCode: string
  readonly name: string
  readonly changes: readonly Change[]
  readonly reasons: readonly Refusal[]
  readonly values: Values
  /** the organisation it is about, where it is known */
  readonly organisationId: string | null
  /** as the file has it; kept for refused rows only */
  readonly cells: readonly string[]
}

export interface Plan {
  readonly rows: readonly PlannedRow[]
  readonly counts: Readonly<Record<ImportOutcome, number>>
  /** tells one plan from another: what would be stored, and over what */
  readonly hash: string
}

export interface PlanInput {
  readonly kind: ImportKindName
  readonly source: string
  readonly asOf: Day
  readonly rows: readonly ReadRow[]
}

/** The list of organisations is the business register with what only the list has. */
export function registerOf(kind: ImportKindName): Register {
  return registers.find((register) => register === kind) ?? 'business'
}

/** The columns of the organisation itself that its list brings along. */
const OWN_COLUMNS: Readonly<Record<string, (row: OrganisationRow) => CellValue>> = {
  bankName: ({ bank_name: bank }) => bank,
  bankAccount: ({ bank_account: account }) => account,
  bankCode: ({ bank_code: code }) => code,
  roles: ({ roles }) => roles.toSorted(),
}

export function isOwnColumn(id: string): boolean {
  return Object.hasOwn(OWN_COLUMNS, id)
}

type OrganisationRow = Selectable<Tables['organisation']>

interface Known {
  readonly row: OrganisationRow
  readonly entry: RegisterEntry | null
}

export async function planImport(db: Kysely<Tables>, input: PlanInput): Promise<Plan> {
  const codes = input.rows
    .filter(({ reasons }) => reasons.length === 0)
    .map(({ values }) => String(values['creditCode']))
  const known = await knownOf(db, codes, registerOf(input.kind))
  const rows = input.rows.map((row) => planRow(input, row, known.get(String(row.values['creditCode']))))
  const counts = { new: 0, changed: 0, same: 0, refused: 0 }
  for (const { outcome } of rows) counts[outcome] += 1
  const text = canonicalText(
    rows.map(({ number, outcome, changes, organisationId }) => ({
      number,
      outcome,
      changes,
      organisationId,
    })),
  )
  return { rows, counts, hash: createHash('sha256').update(text).digest('hex') }
}

async function knownOf(
  db: Kysely<Tables>,
  codes: readonly string[],
  register: Register,
): Promise<ReadonlyMap<string, Known>> {
  const rows = await db
    .selectFrom('organisation')
    .selectAll()
    .where('credit_code', '=', sql<string>`any(${[...codes]}::text[])`)
    .execute()
  const entries = await registerEntries(
    db,
    rows.map(({ id }) => id),
    'standing',
  )
  return new Map(
    rows.map((row) => {
      const entry = entries.get(row.id)?.find((each) => each.register === register) ?? null
      return [row.credit_code, { row, entry }]
    }),
  )
}

function planRow({ kind, source, asOf }: PlanInput, row: ReadRow, known: Known | undefined): PlannedRow {
  const { number, creditCode, name, values } = row
  const { creates, columns } = importKinds[kind]
  const base = { number, creditCode, name: name === '' ? (known?.row.name ?? '') : name, values }
  const refused = (reasons: readonly Refusal[]): PlannedRow => ({
    ...base,
    outcome: 'refused',
    changes: [],
    reasons,
    organisationId: known?.row.id ?? null,
    cells: row.cells,
  })
  if (row.reasons.length > 0) return refused(row.reasons)
  if (known === undefined && !creates) return refused([{ code: 'imports.organisation_unknown', params: {} }])
  if (known?.entry && known.entry.asOf > asOf)
    return refused([{ code: 'imports.older_than_known', params: { known: known.entry.asOf, asOf } }])
  const fields = columns.slice(1)
  const changes = [...changesIn(fields, values, known), ...datedAnew({ source, asOf }, known)]
  const fresh = known === undefined || known.entry === null
  const outcome = changes.length === 0 ? 'same' : fresh ? 'new' : 'changed'
  return { ...base, outcome, changes, reasons: [], organisationId: known?.row.id ?? null, cells: [] }
}

function changesIn(columns: readonly ImportColumn[], values: Values, known: Known | undefined): Change[] {
  return columns.flatMap(({ id }): Change[] => {
    const after = values[id] ?? null
    const before = beforeOf(id, known)
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ column: id, before, after }]
  })
}

function beforeOf(id: string, known: Known | undefined): CellValue {
  if (known === undefined) return null
  const own = OWN_COLUMNS[id]
  if (own !== undefined) return own(known.row)
  return known.entry?.facts[id as keyof RegisterEntry['facts']] ?? null
}

/** The same facts on a later day are a version of their own: they are known to hold longer. */
function datedAnew({ source, asOf }: Pick<PlanInput, 'source' | 'asOf'>, known: Known | undefined): Change[] {
  const entry = known?.entry ?? null
  return [
    { column: 'asOf', before: entry?.asOf ?? null, after: asOf },
    { column: 'source', before: entry?.source ?? null, after: source },
  ].filter(({ before, after }) => before !== after)
}
