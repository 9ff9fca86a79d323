// The impact view: the determined applications of a programme in force, read a slice at a time, under the version in
// force and under another one.
import { impactChanges } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { withDecisions, type Programme } from '@suanquan/core/policy'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { revive } from './decision-record.ts'
import { groupsOf, impactOf, sumsOf, type Case } from './impact.ts'
import type { Library } from './library.ts'
import type { InForce } from './programmes.ts'

/** applications at a time */
const SLICE = 250

export function impactHandlers(
  world: World,
  library: Library,
): Handlers<'listImpactVersions' | 'readImpact'> {
  return {
    listImpactVersions: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        touch({ kind: 'adoption', id: params.id })
        const row = await placeOf(db, params.id)
        if (!row) return notFound('adoption')
        if (!mayTouch(person, 'programme.impact', row)) return outOfScope('programme.impact', 'adoption')
        const { programme, programmeHash } = await world.programmes.inForce(db, row.id)
        const entries = (await library.entries(db)).filter(
          (entry) => entry.programme.facts.id === programme.facts.id && entry.programme.awards.length === 1,
        )
        const own = (id: string): number => Number(id !== programme.id)
        return accept({
          items: entries
            .toSorted((one, other) => own(one.programme.id) - own(other.programme.id))
            .map(({ hash, programme: { title, version } }) => ({
              hash,
              title,
              version,
              inForce: hash === programmeHash,
            })),
        })
      },
    },
    readImpact: {
      kind: 'query',
      run: async ({ params, query, person }, { db, touch }) => {
        touch({ kind: 'adoption', id: params.id })
        const row = await placeOf(db, params.id)
        if (!row) return notFound('adoption')
        if (!mayTouch(person, 'programme.impact', row)) return outOfScope('programme.impact', 'adoption')
        const entry = await library.find(db, query.programme)
        if (entry === undefined) return notFound('programme')
        const inForce = await world.programmes.inForce(db, row.id)
        const before = inForce.programme
        if (entry.programme.facts.id !== before.facts.id)
          return refuse('impact.unlike_facts', {
            version: `${entry.programme.id} ${entry.programme.version}`,
          })
        const after = asIfInForce(inForce, entry.programme)
        const visible = visibleRows(person!, 'programme.impact', 'application')
        const found = await impactOf(
          { before, after },
          slicesOf(db, visible, { ...query, adoptionId: row.id }),
        )
        if (!found.ok) return found
        const { firms, broken } = found.value
        const shown =
          query.change === undefined ? firms : firms.filter(({ change }) => change === query.change)
        const start = (query.page - 1) * query.size
        return accept({
          total: shown.length,
          items: shown.slice(start, start + query.size),
          counts: countsOf(firms),
          sums: sumsOf(firms),
          broken,
          poolFen: await appropriated(db, row.id),
          districts: [...groupsOf(firms, ({ district }) => district)],
          sizes: [...groupsOf(firms, ({ sizeClass }) => sizeClass)],
          months: [...groupsOf(firms, ({ decidedOn }) => decidedOn.slice(0, 7))],
        })
      },
    },
  }
}

type Place = Pick<Tables['adoption'], 'id' | 'jurisdiction' | 'district'>

function placeOf(db: Kysely<Tables>, id: string): Promise<Place | undefined> {
  return db
    .selectFrom('adoption')
    .select(['id', 'jurisdiction', 'district'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Another version with this authority's answers, as if it had governed the same days. */
function asIfInForce({ programme: { adoption, governs } }: InForce, version: Programme): Programme {
  const decided = withDecisions(version, adoption)
  const parameters = Object.entries(decided.parameters).map(([name, parameter]) => {
    const [first, ...later] = parameter.values
    if (first === undefined || first.from <= governs.from) return [name, parameter] as const
    return [name, { ...parameter, values: [{ ...first, from: governs.from }, ...later] }] as const
  })
  return { ...decided, governs, parameters: Object.fromEntries(parameters) }
}

interface Wanted {
  readonly adoptionId: string
  readonly from?: Day | undefined
  readonly to?: Day | undefined
}

type Row = Case['firm'] & { readonly input: unknown }

/** The latest determination of every application that was not withdrawn, by application. */
async function* slicesOf(
  db: Kysely<Tables>,
  visible: RawBuilder<boolean>,
  { adoptionId, from = '0001-01-01', to = '9999-12-31' }: Wanted,
): AsyncGenerator<readonly Case[]> {
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await sql<Row>`
      select application.id as "applicationId", application.number, organisation.name, application.district,
        organisation.size_class as "sizeClass", made.decided_on as "decidedOn", made.input
      from application
        join organisation on organisation.id = application.organisation_id
        join lateral (
          select decision.decided_on, decision.input from decision
          where decision.object_id = application.id and decision.kind in ('determination', 'review')
          order by decision.decided_at desc, decision.id desc limit 1
        ) made on true
      where ${visible} and application.adoption_id = ${adoptionId}::uuid and application.state <> 'withdrawn'
        and made.decided_on between ${from}::date and ${to}::date and application.id > ${last}::uuid
      order by application.id limit ${SLICE}`.execute(db)
    if (rows.length === 0) return
    yield rows.map(({ input, ...firm }) => {
      const { facts, balances } = revive(input) as Omit<Case, 'firm'>
      return { firm, facts, balances }
    })
    last = rows.at(-1)!.applicationId
  }
}

async function appropriated(db: Kysely<Tables>, adoptionId: string): Promise<string> {
  const { sum } = await db
    .selectFrom('appropriation')
    .select(sql<string>`coalesce(sum(amount_fen), 0)::text`.as('sum'))
    .where('adoption_id', '=', adoptionId)
    .where('state', '=', 'approved')
    .executeTakeFirstOrThrow()
  return sum
}

function countsOf(firms: Parameters<typeof sumsOf>[0]): Record<(typeof impactChanges)[number], number> {
  const counts = { newly: 0, more: 0, less: 0, no_longer: 0, same: 0, unknown: 0 }
  for (const { change } of firms) counts[change] += 1
  return counts
}
