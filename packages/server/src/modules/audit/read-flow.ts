// Where the money went, as of the end of any day or any sequence: sums of the journal by account and code, grouped by the
// size class and the provider of the application they belong to. The ledger says how much; the documents only say whose
// it is.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { dayOf } from '@suanquan/core/calendar'
import { moneyFlow } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound } from '../../identity/scope.ts'
import { grantNumbers } from '../application/index.ts'
import { booksOf, lastCounted, sumsAsOf, untilOf, type Until } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'

type View = AnswerOf<Routes['readFlow']>
type Programme = View['programmes'][number]

export function readFlow(world: World): Handler<'readFlow'> {
  return {
    kind: 'query',
    run: async ({ query, person, at }, { db, touch }) => {
      touch({ kind: 'pool', id: query.adoptionId ?? null })
      const until = untilOf(query, at)
      if (!until.ok) return until
      if (query.sequence !== undefined && query.adoptionId === undefined)
        return refuse('pool.sequence_of_one')
      const rows = await db.selectFrom('adoption').select('id').orderBy('adopted_at').execute()
      const asked = rows.filter(({ id }) => query.adoptionId === undefined || id === query.adoptionId)
      if (query.adoptionId !== undefined && asked.length === 0) return notFound('adoption')
      const programmes: Programme[] = []
      let moment = at
      for (const { id } of asked) {
        const inForce = await world.programmes.inForce(db, id)
        const place = {
          jurisdiction: inForce.jurisdiction,
          district: inForce.jurisdiction,
          organisationIds: [],
        }
        if (!mayTouch(person, 'pool.read', place)) continue
        programmes.push(await programmeFlow(db, inForce, until.value))
        if (query.sequence !== undefined)
          moment = (await lastCounted(db, inForce.fund, until.value)).moment ?? at
      }
      return accept({ asOf: query.asOf ?? dayOf(moment), programmes })
    },
  }
}

async function programmeFlow(db: Kysely<Tables>, inForce: InForce, until: Until): Promise<Programme> {
  const groups = await groupsOf(db, inForce.id)
  const flow = moneyFlow(
    await sumsAsOf(db, booksOf(inForce).fund, until),
    ({ reference }) => groups.byReference.get(reference) ?? UNKNOWN,
  )
  return {
    adoptionId: inForce.id,
    title: inForce.programme.title,
    appropriatedFen: flow.appropriatedFen.toString(),
    ungrantedFen: flow.ungrantedFen.toString(),
    regrantedFen: flow.regrantedFen.toString(),
    demandedFen: flow.demandedFen.toString(),
    recoveredFen: flow.recoveredFen.toString(),
    grants: [...flow.groups]
      .map(([key, fates]) => ({
        ...(groups.named.get(key) ?? { sizeClass: 'unknown', providerId: '', providerName: '—' }),
        reservedFen: fates.reservedFen.toString(),
        heldFen: fates.heldFen.toString(),
        owedFen: fates.owedFen.toString(),
        paidFen: fates.paidFen.toString(),
        returnedFen: fates.returnedFen.toString(),
      }))
      .filter((grant) =>
        [grant.reservedFen, grant.heldFen, grant.owedFen, grant.paidFen, grant.returnedFen].some(
          (fen) => fen !== '0',
        ),
      ),
  }
}

const UNKNOWN = ''

interface Groups {
  /** the group of a voucher or a claim, by its number */
  readonly byReference: ReadonlyMap<string, string>
  readonly named: ReadonlyMap<
    string,
    Pick<Programme['grants'][number], 'sizeClass' | 'providerId' | 'providerName'>
  >
}

/** Every number under which money of an adoption may stand, and whose it is: size class as the register has it today. */
async function groupsOf(db: Kysely<Tables>, adoptionId: string): Promise<Groups> {
  const { rows } = await sql<{
    number: string
    sizeClass: string
    providerId: string
    providerName: string
    claims: string[]
  }>`
    select application.number, holder.size_class as "sizeClass", coalesce(provider.id::text, '') as "providerId",
      coalesce(provider.name, '—') as "providerName",
      array(select claim.number from claim where claim.application_id = application.id) as claims
    from application
    join organisation holder on holder.id = application.organisation_id
    left join service_contract contract on contract.id = application.contract_id
    left join organisation provider on provider.id = contract.provider_id
    where application.adoption_id = ${adoptionId}`.execute(db)
  const byReference = new Map<string, string>()
  const named = new Map<string, { sizeClass: string; providerId: string; providerName: string }>()
  for (const { number, claims, ...group } of rows) {
    const key = `${group.sizeClass} ${group.providerId}`
    named.set(key, group)
    for (const reference of [...grantNumbers(number), ...claims]) byReference.set(reference, key)
  }
  return { byReference, named }
}
