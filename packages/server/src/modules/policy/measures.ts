// 政策库 for everybody: the measures of all places with their rates, caps, pools and how well each is known.
import { accept } from '@suanquan/core'
import type { Handlers } from '../../http/world.ts'
import { notFound } from '../../identity/scope.ts'
import { measureDifferences } from './compare-measures.ts'
import type { Library } from './library.ts'
import { viewMeasure, viewMeasureRow, type MeasureRow } from './view-measure.ts'

export function measureHandlers(
  library: Library,
): Handlers<'listMeasures' | 'readMeasure' | 'compareMeasures'> {
  return {
    listMeasures: {
      kind: 'query',
      run: async ({ today }, { db }) => {
        const shown = { today, adopted: await adoptedIn(db) }
        const items = (await library.entries(db)).map((entry) => viewMeasureRow(entry, shown))
        return accept({ items: items.toSorted(byPlaceAndDay) })
      },
    },
    readMeasure: {
      kind: 'query',
      run: async ({ params, today }, { db }) => {
        const entries = await library.entries(db)
        const entry = entries.find(({ hash }) => hash === params.hash)
        if (entry === undefined) return notFound('programme')
        return accept(viewMeasure(entry, entries, { today, adopted: await adoptedIn(db) }))
      },
    },
    compareMeasures: {
      kind: 'query',
      run: async ({ params, query, today }, { db }) => {
        const [before, after] = [await library.find(db, query.before), await library.find(db, params.hash)]
        if (before === undefined || after === undefined) return notFound('programme')
        const shown = { today, adopted: await adoptedIn(db) }
        return accept({
          before: viewMeasureRow(before, shown),
          after: viewMeasureRow(after, shown),
          items: measureDifferences(before.programme, after.programme),
        })
      },
    },
  }
}

async function adoptedIn(db: Parameters<Library['entries']>[0]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('adoption')
    .select(['id', 'programme_hash'])
    .orderBy('adopted_at')
    .execute()
  return new Map(rows.map(({ id, programme_hash: hash }) => [hash, id]))
}

function byPlaceAndDay(left: MeasureRow, right: MeasureRow): number {
  const one = `${left.jurisdiction} ${left.kind}`
  const other = `${right.jurisdiction} ${right.kind}`
  if (one !== other) return one < other ? -1 : 1
  return left.from < right.from ? 1 : -1
}
