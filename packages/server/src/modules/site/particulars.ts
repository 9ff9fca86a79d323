// What the site says of itself. Until somebody writes it down, what the server was started with.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'

export type Particulars = AnswerOf<Routes['readSite']>['particulars']

export async function particularsOf(db: Kysely<Tables>, { site }: World): Promise<Particulars> {
  const row = await db
    .selectFrom('site_setting')
    .select('particulars')
    .where('jurisdiction', '=', site.jurisdiction)
    .executeTakeFirst()
  const first: Particulars = {
    name: site.name,
    authority: { zh: '', en: '' },
    contact: site.contact,
    supervision: '',
    hours: '',
    districts: [],
    address: '',
    domain: '',
    languages: 'both',
    siteCode: '',
    icpNumber: '',
    publicSecurityNumber: '',
  }
  return { ...first, ...(row?.particulars as Partial<Particulars> | undefined) }
}

/** What a government site shows at its foot (国办发〔2017〕47号) and is not written down yet. */
export function missingParticulars(particulars: Particulars): string[] {
  const wanted = ['authority', 'domain', 'siteCode', 'icpNumber', 'publicSecurityNumber'] as const
  return wanted.filter((name) => {
    const value = particulars[name]
    return (typeof value === 'string' ? value : value.zh) === ''
  })
}

/** Whether system, security and audit administrators are kept apart (三员分立). */
export async function administratorsApart(db: Kysely<Tables>, jurisdiction: string): Promise<boolean> {
  const row = await db
    .selectFrom('site_setting')
    .select('administrators_apart')
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst()
  return row?.administrators_apart === true
}
