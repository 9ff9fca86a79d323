import type { AnswerOf, Routes } from '@suanquan/api'
import type { Kysely } from 'kysely'
import type { Tables, YearStatement } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import type { InForce } from '../policy/index.ts'
import { fundNumbered, programmesOf, type FundRow } from './load.ts'
import { viewTwoPeople } from './view-acts.ts'
import { heldInYear, statementOf, type Rules } from './year-lines.ts'

type View = AnswerOf<Routes['decideYearClose']>
type Statement = NonNullable<View['statement']>

export async function viewYearCloses(
  world: World,
  db: Kysely<Tables>,
  of: { readonly fund: number } | { readonly id: string },
  reader: Person | null,
): Promise<View[]> {
  const rows = await db
    .selectFrom('year_close')
    .innerJoin('person as proposer', 'proposer.id', 'year_close.proposed_by')
    .leftJoin('person as decider', 'decider.id', 'year_close.decided_by')
    .selectAll('year_close')
    .select(['proposer.display_name as proposer', 'decider.display_name as decider'])
    .where((condition) =>
      'fund' in of ? condition('year_close.fund', '=', of.fund) : condition('year_close.id', '=', of.id),
    )
    .orderBy('year_close.proposed_at')
    .orderBy('year_close.id')
    .execute()
  return Promise.all(
    rows.map(async (row) => {
      const fund = await fundNumbered(db, row.fund)
      const programmes = await programmesOf(world, db, fund)
      const statement = row.state === 'proposed' ? await asOfNow(db, fund, row.rules) : row.statement
      return {
        ...viewTwoPeople(row, reader),
        id: row.id,
        fundId: fund.id,
        year: row.year,
        rules: Object.entries(row.rules).map(([id, rule]) => ({ ...named(programmes, id), rule })),
        statement: statement === null ? null : viewStatement(programmes, statement),
      }
    }),
  )
}

export async function viewYearClose(
  world: World,
  db: Kysely<Tables>,
  id: string,
  reader: Person | null,
): Promise<View> {
  return (await viewYearCloses(world, db, { id }, reader))[0]!
}

/** What would be closed now. */
export async function asOfNow(db: Kysely<Tables>, fund: FundRow, rules: Rules): Promise<YearStatement> {
  return statementOf(db, fund, await heldInYear(db, fund), rules)
}

export function viewStatement(programmes: readonly InForce[], statement: YearStatement): Statement {
  return {
    lines: statement.lines.map(({ programme, ...line }) => ({ ...line, ...named(programmes, programme) })),
    commitments: statement.commitments.map(({ programme, ...rest }) => ({
      ...rest,
      programme: named(programmes, programme).programme ?? { zh: programme, en: programme },
    })),
  }
}

function named(
  programmes: readonly InForce[],
  id: string,
): { readonly adoptionId: string | null; readonly programme: { zh: string; en: string } | null } {
  const found = programmes.find(({ programme_id: its }) => its === id)
  return { adoptionId: found?.id ?? null, programme: found?.programme.title ?? null }
}
