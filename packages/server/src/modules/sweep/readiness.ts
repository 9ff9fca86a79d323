// Before anybody proposes a sweep: the whole register, a part at a time, against every programme that is or could be given
// without application. Other requests are served between the parts; nothing is written.
import { setImmediate } from 'node:timers/promises'
import type { AnswerOf, Routes } from '@suanquan/api'
import {
  factsFromRegisters,
  joinReadiness,
  registrySweep,
  sweepKind,
  type SweepReadiness,
} from '@suanquan/core/application'
import type { Day, Instant } from '@suanquan/core/calendar'
import { readRegisters } from '@suanquan/core/party'
import { cnVoucherFacts, readPopulation, type PopulationRow } from '@suanquan/core/policy'
import { canonicalText } from '@suanquan/core'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { visibleRows } from '../../identity/scope.ts'
import { factsOf } from '../application/index.ts'
import { registerEntries, registerLimits } from '../party/index.ts'
import type { InForce } from '../policy/index.ts'

type View = AnswerOf<Routes['readSweepReadiness']>
type Firm = View['items'][number]['firms'][number] & { readonly asOf: readonly Day[] }
type Rules = Awaited<ReturnType<typeof registerLimits>>

/** firms at a time: so many are read, decided and forgotten before anybody else has to wait */
const PART = 50
/** firms that the answer names */
const NAMED = 200

export async function viewReadiness(
  world: World,
  db: Kysely<Tables>,
  { person, on, at }: { readonly person: Person; readonly on: Day; readonly at: Instant },
): Promise<View> {
  const programmes = await sweepable(world, db, on)
  const limits = await registerLimits(db, world.site.jurisdiction)
  const found = new Map<string, SweepReadiness>()
  const firms: Firm[] = []
  const days = new Set<Day>()
  for (let after: string | null = null; ;) {
    const part = await readPart(world, db, { person, after, on, at, limits })
    after = part.firms.at(-1)?.id ?? null
    if (after === null || programmes.length === 0) break
    for (const { asOf } of part.firms) for (const day of asOf) days.add(day)
    const { population } = readPopulation(cnVoucherFacts, part.rows)
    for (const inForce of programmes) {
      const swept = registrySweep(inForce.programme, population)
      if (!swept.ok) throw new Error(`facts made by the platform are valid: ${canonicalText(swept.refusal)}`)
      for (const each of swept.value) {
        const key = `${inForce.id} ${each.award}`
        const before = found.get(key)
        found.set(key, before === undefined ? each : joinReadiness(before, each, firms.length))
      }
      await setImmediate()
    }
    firms.push(...part.firms)
  }
  const sorted = [...days].toSorted()
  return {
    on,
    firms: firms.length,
    asOf: sorted.length === 0 ? null : { from: sorted[0]!, to: sorted.at(-1)! },
    items: programmes.flatMap((inForce) =>
      inForce.programme.awards.flatMap(({ id }) => {
        const each = found.get(`${inForce.id} ${id}`)
        return each === undefined || each.kind === 'asks' ? [] : [viewItem(inForce, each, firms)]
      }),
    ),
  }
}

/** Adopted here, not over, and with an award for which nobody has to be asked anything. */
async function sweepable(world: World, db: Kysely<Tables>, on: Day): Promise<readonly InForce[]> {
  const rows = await db
    .selectFrom('adoption')
    .select('id')
    .where('jurisdiction', '=', world.site.jurisdiction)
    .where('closes_on', '>=', on)
    .orderBy('adopted_at')
    .execute()
  const programmes: InForce[] = []
  for (const { id } of rows) {
    const inForce = await world.programmes.inForce(db, id)
    const { programme } = inForce
    if (programme.awards.some((award) => sweepKind(programme, award.id) !== 'asks')) programmes.push(inForce)
  }
  return programmes
}

interface PartAsked {
  readonly person: Person
  /** the last firm of the part before */
  readonly after: string | null
  readonly on: Day
  readonly at: Instant
  readonly limits: Rules
}

async function readPart(
  world: World,
  db: Kysely<Tables>,
  { person, after, on, at, limits }: PartAsked,
): Promise<{ readonly firms: readonly Firm[]; readonly rows: readonly PopulationRow[] }> {
  const organisations = await db
    .selectFrom('organisation')
    .select(['id', 'name', 'credit_code'])
    .where('jurisdiction', '=', world.site.jurisdiction)
    .where(visibleRows(person, 'sweep.look', 'organisation'))
    .where(after === null ? sql<boolean>`true` : sql<boolean>`id > ${after}::uuid`)
    .orderBy('id')
    .limit(PART)
    .execute()
  const ids = organisations.map(({ id }) => id)
  const kept = await registerEntries(db, ids, 'standing', at)
  const rows = organisations.map(({ id, credit_code: creditCode }) => {
    const entries = kept.get(id) ?? []
    const codeSource = entries.find(({ register }) => register === 'business') ?? null
    const readings = readRegisters(entries, { on, maxAgeDays: limits })
    const facts = factsOf(factsFromRegisters({ creditCode, codeSource }, readings, on))
    return { facts: { ...facts, 'application.submitted_on': on }, balances: {} }
  })
  const firms = organisations.map(({ id, name, credit_code: creditCode }) => ({
    id,
    name,
    creditCode,
    asOf: (kept.get(id) ?? []).map(({ asOf }) => asOf),
  }))
  return { firms, rows }
}

function viewItem(inForce: InForce, each: SweepReadiness, firms: readonly Firm[]): View['items'][number] {
  const { programme } = inForce
  const { supported, unknown, ...not } = each.firms
  return {
    adoptionId: inForce.id,
    programmeTitle: programme.title,
    award: each.award,
    awardTitle: programme.awards.find(({ id }) => id === each.award)!.title,
    kind: each.kind === 'automatic' ? 'automatic' : 'could_be',
    qualifying: supported,
    missingData: unknown,
    not: not.not_eligible + not.not_governed + not.exhausted + not.nothing,
    ceilingFen: each.ceilingFen.toString(),
    firms: each.qualifying.slice(0, NAMED).map((row) => {
      const { id, name, creditCode } = firms[row]!
      return { id, name, creditCode }
    }),
    missing: each.missing.map(({ fact, origin, firms: count }) => ({
      fact,
      label: programme.facts.facts[fact]?.label ?? { zh: fact, en: fact },
      origin,
      firms: count,
    })),
  }
}
