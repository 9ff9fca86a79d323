import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'

interface Title {
  readonly zh: string
  readonly en: string
}

export interface FundTitles {
  /** of the programmes that a fund pays for */
  readonly ofFund: (ledger: number) => Title
  /** of the programme that an account or a posting belongs to; of the whole fund for what its programmes share */
  readonly of: (ledger: number, programmeId: string) => Title
}

/** The titles of the programmes that each fund carries out. */
export async function titlesOfFunds(world: World, db: Kysely<Tables>): Promise<FundTitles> {
  const rows = await db
    .selectFrom('adoption')
    .select(['id', 'fund', 'programme_id'])
    .orderBy('adopted_at')
    .orderBy('id')
    .execute()
  const titles = await Promise.all(
    rows.map(async ({ id, ...row }) => ({
      ...row,
      title: (await world.programmes.inForce(db, id)).programme.title,
    })),
  )
  const ofFund = (ledger: number): Title => {
    const found = titles.filter(({ fund }) => fund === ledger)
    const joined = (language: keyof Title, by: string): string =>
      found.map(({ title }) => title[language]).join(by)
    return { zh: joined('zh', '、'), en: joined('en', '; ') }
  }
  return {
    ofFund,
    of: (ledger, programmeId) =>
      titles.find(({ fund, programme_id: id }) => fund === ledger && id === programmeId)?.title ??
      ofFund(ledger),
  }
}
