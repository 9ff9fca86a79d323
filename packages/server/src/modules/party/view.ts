import type { AnswerOf, Routes } from '@suanquan/api'
import type { Day } from '@suanquan/core/calendar'
import { maskAccount, sizeClassOf } from '@suanquan/core/party'
import type { Selectable } from 'kysely'
import type { Tables } from '../../database/tables.ts'

type View = AnswerOf<Routes['listMyOrganisations']>['items'][number]

/** An organisation as pages show it: the bank account masked, the size class of today's table. */
export function viewOrganisation(row: Selectable<Tables['organisation']>, today: Day): View {
  const { industry, employees, revenue_fen: revenueFen, assets_fen: assetsFen } = row
  const { size } = sizeClassOf(
    {
      industry,
      ...(employees === null ? {} : { employees }),
      ...(revenueFen === null ? {} : { revenueFen }),
      ...(assetsFen === null ? {} : { assetsFen }),
    },
    today,
  )
  return {
    id: row.id,
    creditCode: row.credit_code,
    creditCodeDoubt: row.credit_code_doubt as View['creditCodeDoubt'],
    name: row.name,
    kind: row.kind,
    independentLegalPerson: row.independent_legal_person,
    region: row.region,
    district: row.district,
    status: row.status,
    industry: row.industry,
    employees: row.employees,
    revenueFen: row.revenue_fen?.toString() ?? null,
    sizeClass: size,
    establishedOn: row.established_on,
    dishonestWithinThreeYears: row.dishonest,
    bankName: row.bank_name,
    bankAccountMasked: row.bank_account === null ? null : maskAccount(row.bank_account),
    roles: row.roles,
    source: row.source,
    asOf: row.as_of,
  }
}
