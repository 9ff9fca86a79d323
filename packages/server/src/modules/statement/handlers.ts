// 对账单: the months of a contract, the same for firm, centre and office.
import { shortfallTexts, waitingTexts, type AnswerOf, type Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { disputeUntil, type ConservedMonth } from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { monthBounds, viewSettlement } from '../metering/index.ts'
import { conservedContract, type ConservedContract } from './conserved.ts'

type Row = AnswerOf<Routes['listStatements']>['items'][number]
type Month = AnswerOf<Routes['readStatement']>['byMonth'][number]
type Part = Month['unpaid'][number]

export function statementHandlers(): Handlers<'listStatements' | 'readStatement'> {
  return { listStatements: listStatements(), readStatement: readStatement() }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function contractRows(db: Kysely<Tables>) {
  return db
    .selectFrom('service_contract')
    .innerJoin('organisation', 'organisation.id', 'service_contract.organisation_id')
    .innerJoin('organisation as centre', 'centre.id', 'service_contract.provider_id')
    .selectAll('service_contract')
    .select([
      'organisation.name as organisationName',
      'centre.name as providerName',
      sql<bigint>`(select count(*) from dispute where dispute.contract_id = service_contract.id
        and dispute.state in ('opened', 'answered', 'correcting'))`.as('disputes'),
    ])
}

type ContractRow = Awaited<ReturnType<ReturnType<typeof contractRows>['execute']>>[number]

function listStatements(): Handlers<'listStatements'>['listStatements'] {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'contract', id: null })
      let found = contractRows(db)
        .where(
          visibleRows(
            person!,
            'usage.read',
            'service_contract',
            'service_contract.organisation_id',
            'service_contract.provider_id',
          ),
        )
        .where(
          sql<boolean>`exists (select from rated_line where rated_line.contract_id = service_contract.id)`,
        )
      if (query.q) {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where((eb) =>
          eb.or([
            eb('service_contract.number', 'ilike', like),
            eb('organisation.name', 'ilike', like),
            eb('centre.name', 'ilike', like),
          ]),
        )
      }
      const { total } = await found
        .clearSelect()
        .select(sql<bigint>`count(*)`.as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .orderBy('service_contract.starts_on', 'desc')
        .orderBy('service_contract.id')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      const items: Row[] = []
      for (const row of rows) items.push(viewRow(row, await conservedContract(db, row.id)))
      return accept({ total: Number(total), items })
    },
  }
}

function readStatement(): Handlers<'readStatement'>['readStatement'] {
  return {
    kind: 'query',
    run: async ({ params, person, today }, { db, touch }) => {
      const row = await contractRows(db).where('service_contract.id', '=', params.id).executeTakeFirst()
      if (row === undefined) return notFound('contract')
      touch({ kind: 'contract', id: row.id, organisationId: row.organisation_id })
      const organisationIds = [row.organisation_id, row.provider_id]
      if (!mayTouch(person, 'usage.read', { ...row, organisationIds }))
        return outOfScope('usage.read', 'contract')
      const conserved = await conservedContract(db, row.id)
      const claimed = await claimDays(db, row.id)
      const mayOpen = mayTouch(person, 'dispute.open', { ...row, organisationIds })
      let openingFen = 0n
      const byMonth = conserved.months.map((month) => {
        const until = disputeUntil(monthBounds(month.month).endsOn, daysOver(claimed, month.month))
        const view = viewMonth(month, openingFen, until)
        openingFen += month.unpaidFen
        return { ...view, mayDispute: mayOpen && month.valueFen > 0n && (until === null || today <= until) }
      })
      return accept({
        ...viewRow(row, conserved),
        startsOn: row.starts_on,
        endsOn: row.ends_on,
        byMonth,
        claims: conserved.claims.map((claim) => ({
          id: claim.id,
          number: claim.number,
          state: claim.state as AnswerOf<Routes['readStatement']>['claims'][number]['state'],
          periodFrom: claim.period_from,
          periodTo: claim.period_to,
          payableFen: claim.payable_fen.toString(),
          matched: claim.settlement === null ? null : viewSettlement(claim.settlement),
        })),
        faults: conserved.faults.map(({ fault, at, byFen }) => ({ fault, at, byFen: byFen.toString() })),
      })
    },
  }
}

interface ClaimDay {
  readonly from: string
  readonly to: string
  readonly on: Day
}

async function claimDays(db: Kysely<Tables>, contractId: string): Promise<readonly ClaimDay[]> {
  const { rows } = await sql<ClaimDay>`
    select to_char(period_from, 'YYYY-MM') as "from", to_char(period_to, 'YYYY-MM') as "to",
      to_char(coalesce(claimed_at, submitted_at) at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "on"
    from claim where contract_id = ${contractId}::uuid and state not in ('refused', 'withdrawn')`.execute(db)
  return rows
}

function daysOver(claims: readonly ClaimDay[], month: string): Day[] {
  return claims.filter(({ from, to }) => month >= from && month <= to).map(({ on }) => on)
}

function textOf(code: string): Part['text'] {
  const texts: Readonly<Record<string, Part['text']>> = { ...shortfallTexts, ...waitingTexts }
  return texts[code] ?? { zh: '不计费', en: 'not charged' }
}

function viewMonth(month: ConservedMonth, openingFen: bigint, until: Day | null): Omit<Month, 'mayDispute'> {
  return {
    month: month.month,
    openingFen: openingFen.toString(),
    valueFen: month.valueFen.toString(),
    ratedFen: month.ratedFen.toString(),
    claimedFen: month.claimedFen.toString(),
    voucherFen: month.voucherFen.toString(),
    ownFen: month.ownFen.toString(),
    unpaidFen: month.unpaidFen.toString(),
    closingFen: (openingFen + month.unpaidFen).toString(),
    uncharged: month.uncharged.map(({ reason, amountFen }) => ({
      code: reason,
      text: textOf(reason),
      amountFen: amountFen.toString(),
    })),
    unpaid: month.unpaid.map(({ code, amountFen }) => ({
      code,
      text: textOf(code),
      amountFen: amountFen.toString(),
    })),
    differenceFen: month.differenceFen.toString(),
    disputeUntil: until,
  }
}

function viewRow(row: ContractRow, { months }: ConservedContract): Row {
  const total = (pick: (month: ConservedMonth) => bigint): string =>
    months.reduce((sum, month) => sum + pick(month), 0n).toString()
  const reasons = new Map<string, bigint>()
  for (const { code, amountFen } of months.flatMap(({ unpaid }) => unpaid))
    reasons.set(code, (reasons.get(code) ?? 0n) + amountFen)
  const [main] = [...reasons].sort(([, a], [, b]) => (a > b ? -1 : a < b ? 1 : 0))
  return {
    contractId: row.id,
    contractNumber: row.number,
    organisationName: row.organisationName,
    providerName: row.providerName,
    district: row.district,
    months: months.length,
    valueFen: total(({ valueFen }) => valueFen),
    ratedFen: total(({ ratedFen }) => ratedFen),
    claimedFen: total(({ claimedFen }) => claimedFen),
    voucherFen: total(({ voucherFen }) => voucherFen),
    ownFen: total(({ ownFen }) => ownFen),
    unpaidFen: total(({ unpaidFen }) => unpaidFen),
    mainReason: main === undefined ? null : textOf(main[0]),
    disputes: Number(row.disputes),
  }
}
