import type { AnswerOf, Routes } from '@suanquan/api'
import { sql, type Kysely } from 'kysely'
import type { SweptLine, Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import { isBehind } from '../../identity/acting.ts'
import type { World } from '../../http/world-options.ts'

type View = AnswerOf<Routes['readSweep']>
type Row = AnswerOf<Routes['listSweeps']>['items'][number]

export function viewLine(line: SweptLine): Omit<View['items'][number], 'state' | 'openCeilingFen'> {
  return { ...line, reasons: line.reasons.map((words) => ({ ...words })) }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
export function sweepRows(db: Kysely<Tables>) {
  return db
    .selectFrom('sweep')
    .innerJoin('person', 'person.id', 'sweep.made_by')
    .selectAll('sweep')
    .select('person.display_name as madeBy')
    .select(
      sql<bigint>`(select count(*) from application a where a.sweep_id = sweep.id and a.state = 'submitted')`.as(
        'open',
      ),
    )
}

type SweepRow = Awaited<ReturnType<ReturnType<typeof sweepRows>['executeTakeFirstOrThrow']>>

export async function viewSweepRow(
  world: World,
  db: Kysely<Tables>,
  row: SweepRow,
  person: Person,
): Promise<Row> {
  const { programme } = await world.programmes.inForce(db, row.adoption_id)
  return {
    id: row.id,
    number: row.number,
    adoptionId: row.adoption_id,
    programmeTitle: programme.title,
    source: row.source,
    madeAt: new Date(row.made_at).toISOString(),
    madeBy: row.madeBy,
    own: isBehind(person, { actorId: row.made_by }),
    lines: row.lines.length,
    qualifying: row.lines.filter(({ outcome }) => outcome === 'qualifies').length,
    open: Number(row.open),
  }
}

export async function viewSweep(world: World, db: Kysely<Tables>, id: string, person: Person): Promise<View> {
  const row = await sweepRows(db).where('sweep.id', '=', id).executeTakeFirstOrThrow()
  const cases = await db
    .selectFrom('application')
    .select(['id', 'state', 'ceiling_fen'])
    .where('sweep_id', '=', id)
    .execute()
  const byId = new Map(cases.map((each) => [each.id, each]))
  return {
    ...(await viewSweepRow(world, db, row, person)),
    items: row.lines.map((line) => {
      const opened = line.applicationId === null ? undefined : byId.get(line.applicationId)
      return {
        ...viewLine(line),
        state: opened?.state ?? null,
        openCeilingFen: opened?.state === 'submitted' ? (opened.ceiling_fen?.toString() ?? null) : null,
      }
    }),
  }
}
