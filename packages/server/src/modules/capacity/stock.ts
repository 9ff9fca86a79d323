// What centres have stated: the latest version of each centre and month counts.
import type { AnswerOf, Routes } from '@suanquan/api'
import { countedFp16, findAccelerator, freeOf, hoursOf, type CentreStock } from '@suanquan/core/capacity'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../../database/index.ts'

type Statement = AnswerOf<Routes['listCapacity']>['items'][number]

/** @param visible which rows, by the scope of the reader */
export async function statementsOf(
  db: Kysely<Tables>,
  { visible, from = '' }: { readonly visible: RawBuilder<boolean>; readonly from?: string | undefined },
): Promise<readonly Statement[]> {
  const rows = await db
    .selectFrom('centre_capacity')
    .innerJoin('organisation', 'organisation.id', 'centre_capacity.provider_id')
    .innerJoin('person', 'person.id', 'centre_capacity.entered_by')
    .select(['provider_id', 'organisation.name', 'month', 'version', 'lines', 'entered_at', 'display_name'])
    .where(visible)
    .where('month', '>=', from)
    .where(isLatest)
    .orderBy('organisation.name')
    .orderBy('month')
    .execute()
  return rows.map((row) => ({
    providerId: row.provider_id,
    providerName: row.name,
    month: row.month,
    version: row.version,
    enteredAt: new Date(row.entered_at).toISOString(),
    enteredBy: row.display_name,
    lines: row.lines.map((line) => {
      const stock = { ...line, centre: row.provider_id, month: row.month }
      const card = findAccelerator(line.chip)
      return {
        ...line,
        tflops: card === undefined ? null : (countedFp16(card, line) ?? null),
        freeCardHours: freeOf(stock),
        oversold: line.soldCardHours > line.devices * hoursOf(row.month),
      }
    }),
  }))
}

const isLatest = sql<boolean>`not exists (select from centre_capacity later where later.provider_id =
  centre_capacity.provider_id and later.month = centre_capacity.month and later.version > centre_capacity.version)`

/** What counts of every active centre of a city. */
export async function stockOf(db: Kysely<Tables>, jurisdiction: string): Promise<readonly CentreStock[]> {
  const rows = await db
    .selectFrom('centre_capacity')
    .innerJoin('organisation', 'organisation.id', 'centre_capacity.provider_id')
    .select(['provider_id', 'month', 'lines'])
    .where('centre_capacity.jurisdiction', '=', jurisdiction)
    .where('organisation.status', '=', 'active')
    .where(isLatest)
    .execute()
  return rows.flatMap(({ provider_id: centre, month, lines }) =>
    lines.map((line) => ({ ...line, centre, month })),
  )
}

/** Active centres, and how many of these months each has stated. */
export async function centresStated(
  db: Kysely<Tables>,
  jurisdiction: string,
  months: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string; readonly stated: number }[]> {
  const centres = await db
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('jurisdiction', '=', jurisdiction)
    .where('status', '=', 'active')
    .where(sql<boolean>`'provider' = any(roles)`)
    .orderBy('name')
    .execute()
  const stated = await db
    .selectFrom('centre_capacity')
    .select(['provider_id', ({ fn }) => fn.count<bigint>('month').distinct().as('months')])
    .where('month', 'in', [...months, ''])
    .groupBy('provider_id')
    .execute()
  const counts = new Map(stated.map(({ provider_id: id, months: count }) => [id, Number(count)]))
  return centres.map((centre) => ({ ...centre, stated: counts.get(centre.id) ?? 0 }))
}
