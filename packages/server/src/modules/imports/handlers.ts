// 导入: checks and confirmations, their rows, the error file and the templates; and organisations handed in as JSON,
// which take the same way.
import { importKinds, sentence, type ImportKindName } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { writeCsv, writeXlsx } from '../../files/tables/index.ts'
import type { Download } from '../../http/mount.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { checkImport, confirmImport, readImportFile } from './check-import.ts'
import { changeRegisterLimit, limitsOf } from './register-limit.ts'
import { importOrganisations } from './import-organisations.ts'
import { REASON_HEADS } from './read-rows.ts'
import { checkRows, viewCheck, viewImportRow, type KeptRow } from './view.ts'

type Names =
  | 'checkImport'
  | 'listImports'
  | 'readImport'
  | 'downloadImportErrors'
  | 'confirmImport'
  | 'downloadImportTemplate'
  | 'importOrganisations'
  | 'changeRegisterLimit'

export function importHandlers(world: World): Handlers<Names> {
  return {
    checkImport: checkImport(world),
    confirmImport: confirmImport(world),
    importOrganisations: importOrganisations(world),
    changeRegisterLimit: changeRegisterLimit(world),
    listImports: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'import', id: null })
        const visible = visibleRows(person!, 'organisation.import', 'import_check')
        const rows = await checkRows(db)
          .where(visible)
          .orderBy('checked_at', 'desc')
          .orderBy('import_check.id', 'desc')
          .limit(query.size)
          .offset((query.page - 1) * query.size)
          .execute()
        const { total } = await db
          .selectFrom('import_check')
          .select(sql<bigint>`count(*)`.as('total'))
          .where(visible)
          .executeTakeFirstOrThrow()
        const limits = await limitsOf(db, world.site.jurisdiction)
        return accept({ total: Number(total), items: rows.map(viewCheck), limits })
      },
    },
    readImport: {
      kind: 'query',
      run: async ({ params, query, person }, { db, touch }) => {
        touch({ kind: 'import', id: params.id })
        const check = await checkRows(db).where('import_check.id', '=', params.id).executeTakeFirst()
        if (!check) return notFound('import')
        if (!mayTouch(person, 'organisation.import', check))
          return outOfScope('organisation.import', 'import')
        const rows = (await keptRows(db, params.id)).filter(
          ({ outcome }) => query.outcome === undefined || outcome === query.outcome,
        )
        const from = (query.page - 1) * query.size
        const items = rows.slice(from, from + query.size)
        return accept({
          total: rows.length,
          items: items.map((row) => viewImportRow(check.kind as ImportKindName, row)),
          check: viewCheck(check),
        })
      },
    },
    downloadImportErrors: downloadErrors(world),
    downloadImportTemplate: {
      kind: 'query',
      run: async ({ query }, { touch }) => {
        touch({ kind: 'import', id: null })
        const { columns, title } = importKinds[query.kind]
        const rows = [columns.map(({ head }) => head.zh)]
        return accept(await fileOf(query.format, rows, `${title.zh}导入模板`))
      },
    },
  }
}

async function keptRows(db: Kysely<Tables>, id: string): Promise<readonly KeptRow[]> {
  const { rows } = await db
    .selectFrom('import_check')
    .select('rows')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return rows as unknown as KeptRow[]
}

/** The refused rows as they came, with the reasons behind them, in the format they came in. */
function downloadErrors(world: World): Handlers<Names>['downloadImportErrors'] {
  return {
    kind: 'query',
    run: async ({ params, person }, { db, touch }) => {
      touch({ kind: 'import', id: params.id })
      const check = await checkRows(db).where('import_check.id', '=', params.id).executeTakeFirst()
      if (!check) return notFound('import')
      if (!mayTouch(person, 'organisation.import', check)) return outOfScope('organisation.import', 'import')
      const refused = (await keptRows(db, params.id)).filter(({ outcome }) => outcome === 'refused')
      const head = await headOf(world, check)
      const rows = refused.map(({ cells, reasons }) => {
        const said = (language: 'zh' | 'en', between: string): string =>
          reasons.map((reason) => sentence(reason, language)).join(between)
        const padded = head.map((_, place) => cells[place] ?? '')
        return [...padded, said('zh', '；'), said('en', '; ')]
      })
      const name = check.file_name.replace(/\.[A-Za-z0-9]+$/, '')
      const all = [[...head, ...REASON_HEADS], ...rows]
      return accept(await fileOf(check.format === 'xlsx' ? 'xlsx' : 'csv', all, `${name}-错误`))
    },
  }
}

/** The head as the file has it, without the reasons of an earlier error file. */
async function headOf(
  world: World,
  { kind, format, sha256 }: { readonly kind: string; readonly format: string; readonly sha256: string },
): Promise<readonly string[]> {
  const columns = importKinds[kind as ImportKindName].columns.map(({ head }) => head.zh)
  if (format === 'json') return columns
  const read = await readImportFile(kind as ImportKindName, await world.files.get(sha256))
  return read.ok ? read.value.head : columns
}

export async function fileOf(
  format: 'csv' | 'xlsx',
  rows: readonly (readonly string[])[],
  name: string,
): Promise<Download> {
  return format === 'xlsx'
    ? { bytes: await writeXlsx(rows), mediaType: XLSX_TYPE, fileName: `${name}.xlsx` }
    : { bytes: writeCsv(rows), mediaType: 'text/csv; charset=utf-8', fileName: `${name}.csv` }
}

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
