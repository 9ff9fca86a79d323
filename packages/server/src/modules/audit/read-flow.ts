// Where the money went, as of the end of any day: sums of the journal by account and code, grouped by the size class and
// the provider of the application they belong to. The ledger says how much; the documents only say whose it is.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { addDays, startOf, type Day } from '@suanquan/core/calendar'
import { accountCodeOf, accountKinds, postingCodeOf } from '@suanquan/core/ledger'
import { moneyFlow, type FlowAccount, type FlowSum } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound } from '../../identity/scope.ts'
import { grantNumbers } from '../application/index.ts'
import type { InForce } from '../policy/index.ts'

type View = AnswerOf<Routes['readFlow']>
type Programme = View['programmes'][number]

export function readFlow(world: World): Handler<'readFlow'> {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'pool', id: query.adoptionId ?? null })
      const asOf = query.asOf ?? today
      const rows = await db.selectFrom('adoption').select('id').orderBy('adopted_at').execute()
      const asked = rows.filter(({ id }) => query.adoptionId === undefined || id === query.adoptionId)
      if (query.adoptionId !== undefined && asked.length === 0) return notFound('adoption')
      const programmes: Programme[] = []
      for (const { id } of asked) {
        const inForce = await world.programmes.inForce(db, id)
        const place = {
          jurisdiction: inForce.jurisdiction,
          district: inForce.jurisdiction,
          organisationIds: [],
        }
        if (mayTouch(person, 'pool.read', place)) programmes.push(await programmeFlow(db, inForce, asOf))
      }
      return accept({ asOf, programmes })
    },
  }
}

async function programmeFlow(db: Kysely<Tables>, inForce: InForce, asOf: Day): Promise<Programme> {
  const groups = await groupsOf(db, inForce.id)
  const flow = moneyFlow(
    await sumsOf(db, inForce.fund, asOf),
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

/** Caps and quotas are no money; every other account is. */
const MONEY = accountKinds.receivable.number

async function sumsOf(db: Kysely<Tables>, ledger: number, asOf: Day): Promise<readonly FlowSum[]> {
  const until = timestamp(startOf(addDays(asOf, 1)) - 1)
  const { rows } = await sql<{
    code: number
    posted: bigint
    pending: bigint
    debit: string
    debitCode: number
    debitReference: string
    credit: string
    creditCode: number
    creditReference: string
  }>`
    with moved as (
      select p.debit, p.credit, p.code,
        sum(case when p.kind in (0, 2) then p.amount else 0 end)::bigint as posted,
        sum(case p.kind when 0 then 0 when 1 then p.amount else -r.amount end)::bigint as pending
      from ledger.posting p
      left join ledger.posting r on r.ledger = ${ledger} and r.id = p.reservation
      where p.ledger = ${ledger} and p.at <= ${until}::timestamptz
      group by p.debit, p.credit, p.code)
    select moved.code, moved.posted, moved.pending, debit.id as debit, debit.code as "debitCode",
      debit.reference as "debitReference", credit.id as credit, credit.code as "creditCode",
      credit.reference as "creditReference"
    from moved
    join ledger.account debit on debit.ledger = ${ledger} and debit.id = moved.debit
    join ledger.account credit on credit.ledger = ${ledger} and credit.id = moved.credit
    where debit.code <= ${MONEY}
    order by moved.debit, moved.credit, moved.code`.execute(db)
  const account = (id: string, code: number, reference: string): FlowAccount => ({
    id,
    code: accountCodeOf(code),
    reference,
  })
  return rows.map((row) => ({
    debit: account(row.debit, row.debitCode, row.debitReference),
    credit: account(row.credit, row.creditCode, row.creditReference),
    code: postingCodeOf(row.code),
    posted: row.posted,
    pending: row.pending,
  }))
}

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
