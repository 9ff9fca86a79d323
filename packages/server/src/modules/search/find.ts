// Finds rows by part of a name, number or credit code. The pairs of the text narrow it by index, `ilike` decides. Cost is
// bounded: of each source at most `READ_MOST` rows are looked at, an exact number or name first, and `SHOWN` are given.
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../../database/index.ts'

export const SHOWN = 10
const READ_MOST = 1000

export type RowKind = 'organisation' | 'application' | 'voucher' | 'claim' | 'notice'

export interface FoundRow {
  readonly id: string
  readonly label: string
  readonly organisationName: string | null
  readonly creditCode: string | null
  readonly state: string | null
  /** of a notice: the programme's adoption, whose title it bears */
  readonly adoptionId: string | null
}

/** What is looked for, and by whom. */
export interface Sought {
  readonly q: string
  /** what the reader may see of the table that is found, under the alias `it` */
  readonly visible: RawBuilder<boolean>
  /** the firms that the reader acts for: theirs are looked at however many others hold the text */
  readonly own: readonly string[]
}

type Rows = RawBuilder<unknown>

/** Rows of a table whose column holds the text: exact first, so that a full number is never crowded out. */
function holding(table: string, column: string, { q }: Sought, seen: Rows = sql`true`): Rows {
  const at = sql.ref(`it.${column}`)
  const from = sql`select it.id from ${sql.table(table)} it where ${seen}`
  return sql`(${from} and ${at} in (${q}, ${q.toUpperCase()}) limit ${READ_MOST})
    union (${from} and search_pairs(${at}) @> search_pairs(${q}) and ${at} ilike ${likeOf(q)} limit ${READ_MOST})`
}

function likeOf(q: string): string {
  return `%${q.replace(/[\\%_]/g, '\\$&')}%`
}

/** @param seen which firms are looked at; rows of firms are narrowed by what may be seen of the rows */
function firms(sought: Sought, seen?: Rows): Rows {
  const { q, own } = sought
  return sql`(select id from organisation where id = any(${own}::uuid[])
      and (name ilike ${likeOf(q)} or credit_code ilike ${likeOf(q)}))
    union ${holding('organisation', 'name', sought, seen)}
    union ${holding('organisation', 'credit_code', sought, seen)}`
}

/** Rows of firms that were found. */
function ofFirms(table: string, column: string, sought: Sought): Rows {
  return sql`(select it.id from ${sql.table(table)} it where ${sql.ref(`it.${column}`)} in (${firms(sought)})
    and ${sought.visible} limit ${READ_MOST})`
}

const announced = (which: Rows): Rows =>
  sql`(select notice_id as id from notice_line where application_id in (${which}) limit ${READ_MOST})`

const SOURCES: Readonly<Record<RowKind, (sought: Sought) => Rows>> = {
  organisation: (sought) => firms(sought, sought.visible),
  application: (sought) => sql`${holding('application', 'number', sought, sought.visible)}
    union ${ofFirms('application', 'organisation_id', sought)} union (select id from application
      where contract_id in (${holding('service_contract', 'number', sought)}) limit ${READ_MOST})`,
  voucher: (sought) => sql`${holding('voucher', 'number', sought, sought.visible)}
    union ${holding('voucher', 'old_number', sought, sought.visible)}
    union ${ofFirms('voucher', 'holder_id', sought)}`,
  claim: (sought) => sql`${holding('claim', 'number', sought, sought.visible)}
    union ${ofFirms('claim', 'organisation_id', sought)} union ${ofFirms('claim', 'payee_id', sought)}`,
  notice: (sought) => sql`${holding('notice', 'number', sought)}
    union ${announced(holding('application', 'number', sought))}
    union ${announced(ofFirms('application', 'organisation_id', sought))}`,
}

const none = sql`null::text`

/** What is shown of a row, its firm, and what comes first. */
const SHAPES: Readonly<
  Record<RowKind, { firm: string | null; label: string; state: RawBuilder<unknown>; newest: string }>
> = {
  organisation: { firm: 'it.id', label: 'it.name', state: none, newest: 'it.updated_at' },
  application: {
    firm: 'it.organisation_id',
    label: 'it.number',
    state: sql`it.state`,
    newest: 'it.updated_at',
  },
  voucher: { firm: 'it.holder_id', label: 'it.number', state: none, newest: 'it.issued_on' },
  claim: { firm: 'it.organisation_id', label: 'it.number', state: sql`it.state`, newest: 'it.submitted_at' },
  notice: { firm: null, label: 'it.number', state: none, newest: 'it.published_at' },
}

/** @returns at most one row more than are shown, so that it is known whether there are more */
export async function find(db: Kysely<Tables>, kind: RowKind, sought: Sought): Promise<readonly FoundRow[]> {
  const { q, visible } = sought
  const { firm, label, state, newest } = SHAPES[kind]
  const shown = sql.ref(label)
  const exact = sql`(${shown} in (${q}, ${q.toUpperCase()}) or coalesce(firm.credit_code = ${q.toUpperCase()}, false))`
  const { rows } = await sql<FoundRow>`
    select it.id, ${shown} as label, firm.name as "organisationName", firm.credit_code as "creditCode",
      ${state} as state, ${kind === 'notice' ? sql`it.adoption_id` : none} as "adoptionId"
    from ${sql.table(kind)} it
    left join organisation firm on firm.id = ${firm === null ? sql`null::uuid` : sql.ref(firm)}
    where it.id in (${SOURCES[kind](sought)}) and ${visible}
    order by ${exact} desc, ${sql.ref(newest)} desc, ${shown} limit ${SHOWN + 1}`.execute(db)
  return rows
}
