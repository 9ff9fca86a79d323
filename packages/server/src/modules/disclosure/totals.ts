// 运行公开: totals of what was granted and paid, by programme, district, size class and month, as anybody may use them.
// Counted to the end of the last whole month, with small groups left out by the rule of core/disclosure.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { addDays, type Day } from '@suanquan/core/calendar'
import { SMALLEST_GROUP, suppress } from '@suanquan/core/disclosure'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { definitions } from './totals-definitions.ts'

export type Totals = AnswerOf<Routes['readTotals']>
type Table = Totals['tables'][number]
type Cell = Table['cells'][number]

export function totalsHandlers(world: World): Handlers<'readTotals' | 'downloadTotals'> {
  return {
    readTotals: {
      kind: 'query',
      run: async ({ today }, { db }) => accept(await totalsOf(world, db, today)),
    },
    downloadTotals: {
      kind: 'query',
      run: async ({ today }, { db }) => {
        const totals = await totalsOf(world, db, today)
        const fileName = `totals-${totals.until ?? 'none'}.csv`
        return accept({ bytes: Buffer.from(csvOf(totals)), mediaType: 'text/csv; charset=utf-8', fileName })
      },
    },
  }
}

/** One amount that was granted or paid. */
interface Fact {
  readonly what: 'granted' | 'paid'
  readonly adoption_id: string
  readonly organisation_id: string
  readonly district: string
  readonly size: string
  readonly month: string
  readonly fen: bigint
}

async function totalsOf(world: World, db: Kysely<Tables>, today: Day): Promise<Totals> {
  const until = addDays(`${today.slice(0, 7)}-01`, -1)
  const facts = await factsUntil(db, until)
  const adoptions = await db.selectFrom('adoption').select('id').orderBy('adopted_at').execute()
  const all: Table['title'] = { zh: '全部措施', en: 'all programmes' }
  const overview = tableOf(
    { adoptionId: null, title: all, by: 'programme' },
    facts,
    ({ adoption_id: id }) => id,
  )
  const tables = [overview]
  for (const { id } of adoptions) {
    const { title } = (await world.programmes.inForce(db, id)).programme
    const own = facts.filter(({ adoption_id: adoption }) => adoption === id)
    const shown = overview.cells.find(({ key }) => key === id)
    const keys = { district: districtOf, size: sizeOf, month: monthOf } as const
    for (const by of ['district', 'size', 'month'] as const) {
      const table = tableOf({ adoptionId: id, title, by }, own, keys[by])
      tables.push(hiddenWith(table, shown))
    }
  }
  const takenOver = await takenOverUntil(world, db, until)
  return {
    until: facts.length === 0 ? null : until,
    smallestGroup: SMALLEST_GROUP,
    tables,
    takenOver,
    definitions,
  }
}

/** Programmes whose totals begin with what another system did. */
async function takenOverUntil(world: World, db: Kysely<Tables>, until: Day): Promise<Totals['takenOver']> {
  const rows = await db
    .selectFrom('take_over')
    .select(['adoption_id', 'cut_over_on', 'statement_number'])
    .where('state', '=', 'posted')
    .where(sql<boolean>`(decided_at at time zone 'Asia/Shanghai')::date <= ${until}::date`)
    .orderBy('number')
    .execute()
  return Promise.all(
    rows.map(async (row) => ({
      adoptionId: row.adoption_id,
      title: (await world.programmes.inForce(db, row.adoption_id)).programme.title,
      cutOverOn: row.cut_over_on,
      statementNumber: row.statement_number!,
    })),
  )
}

const districtOf = ({ district }: Fact): string => district
const sizeOf = ({ size }: Fact): string => size
const monthOf = ({ month }: Fact): string => month

async function factsUntil(db: Kysely<Tables>, until: Day): Promise<readonly Fact[]> {
  const { rows } = await sql<Fact>`
    select 'granted' as what, a.adoption_id, a.organisation_id, a.district, o.size_class as size,
           to_char(coalesce(v.issued_on, (e.at at time zone 'Asia/Shanghai')::date), 'YYYY-MM') as month, a.approved_fen as fen
      from application a
      join organisation o on o.id = a.organisation_id
      join workflow_event e on e.object_id = a.id and e.to_state = 'granted'
      left join voucher v on v.application_id = a.id and v.take_over_id is not null
     where a.state = 'granted' and (e.at at time zone 'Asia/Shanghai')::date <= ${until}::date
    union all
    select 'paid', c.adoption_id, c.organisation_id, c.district, o.size_class,
           to_char(d.paid_on, 'YYYY-MM'), c.approved_fen
      from claim c
      join organisation o on o.id = c.organisation_id
      join disbursement d on d.id = c.batch_id
     where c.state = 'paid' and d.paid_on <= ${until}::date
    union all
    select 'paid', c.adoption_id, c.organisation_id, c.district, o.size_class,
           to_char(p.paid_on, 'YYYY-MM'), c.approved_fen
      from opening_claim p
      join claim c on c.id = p.claim_id
      join organisation o on o.id = c.organisation_id
      join workflow_event e on e.object_id = c.id and e.event = 'take_over'
     where c.state = 'paid' and p.paid_on is not null
       and (e.at at time zone 'Asia/Shanghai')::date <= ${until}::date`.execute(db)
  return rows
}

function tableOf(
  head: Pick<Table, 'adoptionId' | 'title' | 'by'>,
  facts: readonly Fact[],
  keyOf: (fact: Fact) => string,
): Table {
  const keys = [...new Set(facts.map(keyOf))].sort()
  const hidden = { granted: hiddenOf('granted', facts, keyOf), paid: hiddenOf('paid', facts, keyOf) }
  return {
    ...head,
    total: cellOf('total', facts, {
      granted: hidden.granted.totalHidden,
      paid: hidden.paid.totalHidden,
    }),
    cells: keys.map((key) =>
      cellOf(
        key,
        facts.filter((fact) => keyOf(fact) === key),
        { granted: hidden.granted.hidden.has(key), paid: hidden.paid.hidden.has(key) },
      ),
    ),
  }
}

function hiddenOf(
  what: Fact['what'],
  facts: readonly Fact[],
  keyOf: (fact: Fact) => string,
): ReturnType<typeof suppress> {
  const behind = new Map<string, string[]>()
  for (const fact of facts.filter((each) => each.what === what)) {
    const key = keyOf(fact)
    behind.set(key, [...(behind.get(key) ?? []), fact.organisation_id])
  }
  return suppress([...behind].map(([key, organisations]) => ({ key, organisations })))
}

function cellOf(
  key: string,
  facts: readonly Fact[],
  hidden: { readonly granted: boolean; readonly paid: boolean },
): Cell {
  const granted = facts.filter(({ what }) => what === 'granted')
  const paid = facts.filter(({ what }) => what === 'paid')
  const sum = (some: readonly Fact[]): string => some.reduce((total, { fen }) => total + fen, 0n).toString()
  const firms = (some: readonly Fact[]): number => new Set(some.map((fact) => fact.organisation_id)).size
  return {
    key,
    organisations: hidden.granted ? null : firms(granted),
    grants: hidden.granted ? null : granted.length,
    grantedFen: hidden.granted ? null : sum(granted),
    paidOrganisations: hidden.paid ? null : firms(paid),
    paidFen: hidden.paid ? null : sum(paid),
  }
}

/** What is left out of the overview is not to be found by adding up the programme's own tables. */
function hiddenWith(table: Table, shown: Cell | undefined): Table {
  const hide = (cell: Cell): Cell => ({
    ...cell,
    ...(shown?.grantedFen === null ? { organisations: null, grants: null, grantedFen: null } : {}),
    ...(shown?.paidFen === null ? { paidOrganisations: null, paidFen: null } : {}),
  })
  return { ...table, total: hide(table.total), cells: table.cells.map(hide) }
}

const COLUMNS = [
  'key',
  'organisations',
  'grants',
  'grantedFen',
  'paidOrganisations',
  'paidFen',
] as const satisfies readonly (keyof Cell)[]

/** RFC 4180; an empty field is a cell left out. */
function csvOf({ tables, until }: Totals): string {
  const quoted = (value: string | number | null): string =>
    value === null ? '' : typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`
  const rows = tables.flatMap((table) =>
    [...table.cells, table.total].map((cell) =>
      [until ?? '', table.title.zh, table.by, ...COLUMNS.map((column) => cell[column])].map(quoted).join(','),
    ),
  )
  return `\uFEFF${[['until', 'programme', 'by', ...COLUMNS].join(','), ...rows].join('\r\n')}\r\n`
}
