// 企业档案: an organisation with every version of what registers say of it, how its size class was found, who acts for it
// and its contracts. Read as of any day: only what had been imported by its end.
import { flagWords, importKinds, type AnswerOf, type ImportColumn, type Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { addDays, startOf, type Day } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import {
  isStale,
  maskName,
  readRegisters,
  registers,
  sizeFromRegisters,
  sizeTables,
  standingEntries,
  type FoundSize,
  type RegisterEntry,
  type RegisterValue,
} from '@suanquan/core/party'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { registerEntries, registerLimits } from './register-entries.ts'
import { viewOrganisation } from './view.ts'

type View = AnswerOf<Routes['readOrganisation']>
type Words = { readonly zh: string; readonly en: string }

export function readOrganisation(): Handler<'readOrganisation'> {
  return {
    kind: 'query',
    run: async ({ params, query, person, today }, { db, touch }) => {
      const row = await db
        .selectFrom('organisation')
        .selectAll()
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!row) return notFound('organisation')
      touch({ kind: 'organisation', id: row.id, organisationId: row.id })
      if (!mayTouch(person, 'organisation.read', { ...row, organisationIds: [row.id] }))
        return outOfScope('organisation.read', 'organisation')
      const on = query.knownOn ?? today
      const known = query.knownOn === undefined ? null : startOf(addDays(query.knownOn, 1)) - 1
      const entries = (await registerEntries(db, [row.id], 'all', known)).get(row.id) ?? []
      const maxAgeDays = await registerLimits(db, row.jurisdiction)
      const size = sizeFromRegisters(readRegisters(entries, { on, maxAgeDays }), on)
      const standing = new Set(standingEntries(entries).map(({ id }) => id))
      return accept({
        ...viewOrganisation(row, today),
        registers: registers.map((register) => ({
          register,
          maxAgeDays: maxAgeDays[register] ?? null,
          versions: entries
            .filter((entry) => entry.register === register)
            .map((entry) => viewEntry(entry, standing.has(entry.id), isStale(entry, { on, maxAgeDays }))),
        })),
        size: viewSize(size, on),
        people: await peopleOf(
          db,
          row.id,
          person?.grants.some(({ organisationId }) => organisationId === row.id) === true,
        ),
        contracts: await contractsOf(db, row.id),
      })
    },
  }
}

type VersionView = View['registers'][number]['versions'][number]

function viewEntry(entry: RegisterEntry, standing: boolean, stale: boolean): VersionView {
  const { id, register, version, source, asOf, importedAt, facts } = entry
  const columns = importKinds[register].columns.slice(1)
  return {
    id,
    register,
    version,
    source,
    asOf,
    importedAt: new Date(importedAt).toISOString(),
    standing,
    stale,
    facts: columns.map((column) => ({
      field: column.id,
      label: column.head,
      value: wordsOf(column, facts[column.id as keyof typeof facts] ?? null),
    })),
  }
}

/** A value of a register in words; null where it says nothing. */
function wordsOf(column: ImportColumn, value: RegisterValue): Words | null {
  if (value === null) return null
  if (column.type === 'flag') return flagWords[String(value)] ?? null
  if (column.type === 'choice') return column.choices?.[String(value)] ?? null
  const text = column.type === 'yuan' ? formatFen(BigInt(String(value))) : String(value)
  return { zh: text, en: text }
}

function viewSize({ answer, inputs }: FoundSize, on: Day): View['size'] {
  const columns = importKinds.business.columns
  const table = sizeTables.find(({ id }) => answer.size !== 'unknown' && id === answer.table)
  const row = table?.rows.find(({ category }) => answer.size !== 'unknown' && category === answer.category)
  return {
    sizeClass: answer.size,
    table: table?.source ?? null,
    category: row === undefined ? null : { zh: row.zh, en: row.category.replaceAll('_', ' ') },
    reason: answer.size === 'unknown' ? answer.reason : null,
    inputs: inputs.map(({ fact, entry }) => {
      const column = columns.find(({ id }) => id === fact)!
      return {
        label: column.head,
        value: wordsOf(column, entry.facts[fact] ?? null),
        source: entry.source,
        asOf: entry.asOf <= on ? entry.asOf : on,
      }
    }),
  }
}

/** Who may act for it; names are masked but for the organisation's own people. */
async function peopleOf(db: Kysely<Tables>, organisationId: string, own: boolean): Promise<View['people']> {
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select(['display_name', 'role', 'granted_at'])
    .where('organisation_id', '=', organisationId)
    .where('active', '=', true)
    .orderBy('granted_at')
    .orderBy('person.id')
    .execute()
  return rows.map((row) => ({
    displayName: own ? row.display_name : maskName(row.display_name),
    role: row.role,
    since: new Date(row.granted_at).toISOString(),
  }))
}

async function contractsOf(db: Kysely<Tables>, organisationId: string): Promise<View['contracts']> {
  const rows = await db
    .selectFrom('service_contract')
    .innerJoin('organisation as buyer', 'buyer.id', 'service_contract.organisation_id')
    .innerJoin('organisation as seller', 'seller.id', 'service_contract.provider_id')
    .leftJoin('application', (join) =>
      join
        .onRef('application.contract_id', '=', 'service_contract.id')
        .on('application.state', 'not in', ['refused', 'withdrawn'])
        .on('application.organisation_id', '=', organisationId),
    )
    .selectAll('service_contract')
    .select(['buyer.name as buyerName', 'seller.name as sellerName', 'application.id as applicationId'])
    .select('application.number as applicationNumber')
    .where((eb) =>
      eb.or([
        eb('service_contract.organisation_id', '=', organisationId),
        eb('service_contract.provider_id', '=', organisationId),
      ]),
    )
    .orderBy('signed_on', 'desc')
    .orderBy('service_contract.number')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    otherParty: row.organisation_id === organisationId ? row.sellerName : row.buyerName,
    amountFen: row.amount_fen.toString(),
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    applicationId: row.applicationId,
    applicationNumber: row.applicationNumber,
  }))
}
