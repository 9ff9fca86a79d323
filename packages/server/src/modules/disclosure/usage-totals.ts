// 运行公开, the use: card-hours that were metered under supported contracts, how many firms used them, what was agreed for one,
// and what share of the monitored card-hours was active; by month, by district of the centre and by class. Counted to the end
// of the last whole month. What firms stand behind is left out by firms, what centres stand behind by centres.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { addDays, startOf, type Day } from '@suanquan/core/calendar'
import { chipClass } from '@suanquan/core/capacity'
import { SMALLEST_GROUP, suppress } from '@suanquan/core/disclosure'
import { ACTIVE_PERCENT } from '@suanquan/core/metering'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import { usageDefinitions } from './usage-definitions.ts'

type UsageTotals = AnswerOf<Routes['readUsageTotals']>
type Table = UsageTotals['tables'][number]
type Cell = Table['cells'][number]

export function usageTotalsHandlers(): Handlers<'readUsageTotals' | 'downloadUsageTotals'> {
  return {
    readUsageTotals: {
      kind: 'query',
      run: async ({ today }, { db }) => accept(await usageTotalsOf(db, today)),
    },
    downloadUsageTotals: {
      kind: 'query',
      run: async ({ today }, { db }) => {
        const totals = await usageTotalsOf(db, today)
        const fileName = `usage-${totals.until}.csv`
        return accept({ bytes: Buffer.from(csvOf(totals)), mediaType: 'text/csv; charset=utf-8', fileName })
      },
    },
  }
}

/** Of one firm, or of one centre's monitoring, which tells no class. */
interface Fact {
  readonly month: string
  readonly district: string
  readonly chip: string | null
  readonly organisation: string
}

interface Used extends Fact {
  readonly cardSeconds: number
  readonly fen: bigint
}

interface Seen extends Fact {
  readonly seconds: number
  readonly active: number
}

async function usageTotalsOf(db: Kysely<Tables>, today: Day): Promise<UsageTotals> {
  const until = addDays(`${today.slice(0, 7)}-01`, -1)
  const [used, seen] = [await usedUntil(db, until), await seenUntil(db, until)]
  const keys = {
    month: ({ month }: Fact) => month,
    district: ({ district }: Fact) => district,
    chip: ({ chip }: Fact) => chip,
  } as const
  return {
    until,
    smallestGroup: SMALLEST_GROUP,
    tables: (['month', 'district', 'chip'] as const).map((by) => tableOf(by, { used, seen }, keys[by])),
    definitions: usageDefinitions,
  }
}

async function usedUntil(db: Kysely<Tables>, until: Day): Promise<readonly Used[]> {
  const { rows } = await sql<Used>`
    select line.month, centre.district, line.chip, contract.organisation_id as organisation,
      sum(line.unit_seconds / line.units_per_card)::float8 as "cardSeconds", sum(line.value_fen)::bigint as fen
    from rated_line line join service_contract contract on contract.id = line.contract_id
      join organisation centre on centre.id = contract.provider_id
    where line.month <= ${until.slice(0, 7)} and line.units > 0 group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, chip: chipClass(row.chip!) }))
}

async function seenUntil(db: Kysely<Tables>, until: Day): Promise<readonly Seen[]> {
  const end = timestamp(startOf(addDays(until, 1)))
  const { rows } = await sql<Omit<Seen, 'chip'>>`
    with told as (
      select provider_id, to_char(hour_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, covered_seconds as seconds,
        (hour #>> '{gauges,busy,sum}')::numeric / 1000 / nullif((hour #>> '{gauges,busy,count}')::numeric, 0) as busy
      from usage_hour where hour_at < ${end}::timestamptz)
    select told.month, centre.district, told.provider_id as organisation, sum(seconds)::float8 as seconds,
      coalesce(sum(seconds) filter (where busy >= ${ACTIVE_PERCENT}), 0)::float8 as active
    from told join organisation centre on centre.id = told.provider_id where busy is not null
    group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  return rows.map((row) => ({ ...row, chip: null }))
}

interface Facts {
  readonly used: readonly Used[]
  readonly seen: readonly Seen[]
}

function tableOf(by: Table['by'], { used, seen }: Facts, keyOf: (fact: Fact) => string | null): Table {
  const keys = [...new Set([...used, ...seen].flatMap((fact) => keyOf(fact) ?? []))].sort()
  const [firms, centres] = [hiddenOf(used, keyOf), hiddenOf(seen, keyOf)]
  const within = (key: string): Facts => ({
    used: used.filter((fact) => keyOf(fact) === key),
    seen: seen.filter((fact) => keyOf(fact) === key),
  })
  return {
    by,
    total: cellOf('total', { used, seen }, { firms: firms.totalHidden, centres: centres.totalHidden }),
    cells: keys.map((key) =>
      cellOf(key, within(key), { firms: firms.hidden.has(key), centres: centres.hidden.has(key) }),
    ),
  }
}

/** What has no group in a table (the monitoring tells no class) stands in its total only. */
function hiddenOf(facts: readonly Fact[], keyOf: (fact: Fact) => string | null): ReturnType<typeof suppress> {
  const behind = new Map<string, string[]>()
  for (const fact of facts) {
    const key = keyOf(fact) ?? ''
    behind.set(key, [...(behind.get(key) ?? []), fact.organisation])
  }
  return suppress([...behind].map(([key, organisations]) => ({ key, organisations })))
}

function cellOf(
  key: string,
  { used, seen }: Facts,
  hidden: { readonly firms: boolean; readonly centres: boolean },
): Cell {
  const seconds = used.reduce((sum, each) => sum + each.cardSeconds, 0)
  const fen = Number(used.reduce((sum, each) => sum + each.fen, 0n))
  const watched = seen.reduce((sum, each) => sum + each.seconds, 0)
  const active = seen.reduce((sum, each) => sum + each.active, 0)
  return {
    key,
    organisations: hidden.firms ? null : new Set(used.map(({ organisation }) => organisation)).size,
    cardHours: hidden.firms ? null : Math.round(seconds / 360) / 10,
    fenPerCardHour: hidden.firms || seconds === 0 ? null : Math.round((fen * 3600) / seconds),
    activeShare: hidden.centres || watched === 0 ? null : Math.round((active / watched) * 1000) / 1000,
  }
}

const COLUMNS = [
  'key',
  'organisations',
  'cardHours',
  'fenPerCardHour',
  'activeShare',
] as const satisfies readonly (keyof Cell)[]

/** RFC 4180; an empty field is a cell left out or not known. */
function csvOf({ tables, until }: UsageTotals): string {
  const quoted = (value: string | number | null): string =>
    value === null ? '' : typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`
  const rows = tables.flatMap(({ by, cells, total }) =>
    [...cells, total].map((cell) =>
      [until, by, ...COLUMNS.map((column) => cell[column])].map(quoted).join(','),
    ),
  )
  return `\uFEFF${[['until', 'by', ...COLUMNS].join(','), ...rows].join('\r\n')}\r\n`
}
