// A table of a page leaves the platform as a file. The page sends what it shows, all rows of its filter; who took what,
// how much of it and with which filter is in the trail before the file is.
import { accept, refuse } from '@suanquan/core'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { particularsOf } from '../site/index.ts'
import { type ExportedTable, inChina, tableAsCsv } from './table.ts'

/** Public pages have short tables; who wants more signs in. */
const PUBLIC_ROWS = 2000

export function exportTable(world: World): Handler<'exportTable'> {
  return {
    kind: 'query',
    run: async ({ body, person, at, today }, { db, touch }) => {
      touch({ kind: 'export', id: subjectOf(body) })
      if (person === null && body.rows.length > PUBLIC_ROWS) {
        return refuse('exports.too_many_rows', { rows: body.rows.length, maximum: PUBLIC_ROWS })
      }
      const ragged = body.rows.findIndex((row) => row.length !== body.columns.length)
      if (ragged !== -1) return refuse('exports.ragged', { row: ragged + 1, columns: body.columns.length })
      const fileName = `${body.title.replace(/[\\/:*?"<>|]/g, '-')} ${today}.${body.format}`
      if (body.format === 'csv') {
        return accept({ bytes: tableAsCsv(body), mediaType: 'text/csv; charset=utf-8', fileName })
      }
      const { name } = await particularsOf(db, world)
      const anybody = body.language === 'zh' ? '未登录' : 'not signed in'
      const imprint = { person: person?.displayName ?? anybody, at: inChina(at), site: name[body.language] }
      const bytes = await world.press.tabulate(body, imprint)
      return bytes.ok ? accept({ bytes: bytes.value, mediaType: XLSX, fileName }) : bytes
    },
  }
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** For the trail: which page, with its filter, how many rows, which kind of file. */
function subjectOf({ address, rows, format }: ExportedTable): string {
  return `${address} · ${rows.length} · ${format}`
}
