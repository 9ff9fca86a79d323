// 导入: a file is checked first (a dry run that says row by row what would change), then confirmed: exactly the bytes
// that were checked, on exactly the base that was seen.
import { registers } from '@suanquan/core/party'
import { z } from 'zod'
import { importKindNames, importOutcomes } from '../import-kinds.ts'
import { tableRefusals } from '../refusals/imports.ts'
import { route } from '../route.ts'
import { dayText, done, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

const words = z.object({ zh: z.string(), en: z.string() })

const counts = z.object({
  new: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  refused: z.number().int(),
})

const importCheck = z
  .object({
    id: idText,
    kind: z.enum(importKindNames),
    source: z.string(),
    asOf: dayText,
    fileName: z.string(),
    format: z.string(),
    sha256: z.string(),
    checkedAt: instantText,
    checkedBy: z.string().nullable(),
    counts,
    /** heads of columns that are not read */
    ignored: z.array(z.string()),
    /** null until it is confirmed */
    taken: z.enum(['all', 'good']).nullable(),
    confirmedAt: instantText.nullable(),
    confirmedBy: z.string().nullable(),
  })
  .meta({ id: 'ImportCheck' })

const importRow = z
  .object({
    number: z.number().int(),
    outcome: z.enum(importOutcomes),
    creditCode: z.string(),
    name: z.string(),
    changes: z.array(z.object({ column: words, before: words.nullable(), after: words.nullable() })),
    reasons: z.array(z.object({ code: z.string(), message: words })),
    warnings: z.array(z.object({ code: z.string(), message: words })),
  })
  .meta({ id: 'ImportRow' })

const kindQuery = z.object({ kind: z.enum(importKindNames) })

export const importRoutes = {
  checkImport: route('POST /api/imports', {
    summary: { zh: '校验导入文件（不写入）', en: 'check a file to import: a dry run' },
    access: 'organisation.import',
    transport: 'upload',
    query: kindQuery.extend({ source: plainText(100, 2), asOf: dayText }),
    answer: importCheck,
    refusals: [...tableRefusals, 'imports.as_of_future', 'attachment.name_refused'],
  }),
  listImports: route('GET /api/imports', {
    summary: { zh: '导入记录', en: 'imports' },
    access: 'organisation.import',
    query: pageQuery,
    answer: pageOf(importCheck).extend({
      limits: z.array(
        z.object({
          register: z.enum(registers),
          maxAgeDays: z.number().int().nullable(),
          reason: z.string().nullable(),
        }),
      ),
    }),
  }),
  changeRegisterLimit: route('POST /api/registers/limits', {
    summary: { zh: '设定登记信息的有效天数', en: 'set for how long a register is decided on' },
    access: 'site.change',
    body: z.object({
      register: z.enum(registers),
      maxAgeDays: z.number().int().min(1).max(3660).nullable(),
      reason: plainText(500, 2),
    }),
    answer: done,
  }),
  readImport: route('GET /api/imports/:id', {
    summary: { zh: '一次导入的逐行结果', en: 'an import, row by row' },
    access: 'organisation.import',
    params: idParams,
    query: pageQuery.extend({ outcome: z.enum(importOutcomes).optional() }),
    answer: pageOf(importRow).extend({ check: importCheck }),
  }),
  downloadImportErrors: route('GET /api/imports/:id/errors', {
    summary: { zh: '下载错误文件', en: 'the refused rows with their reasons' },
    access: 'organisation.import',
    transport: 'download',
    params: idParams,
    answer: z.unknown(),
  }),
  confirmImport: route('POST /api/imports/:id/confirmation', {
    summary: { zh: '确认导入', en: 'confirm an import' },
    access: 'organisation.import',
    params: idParams,
    body: z.object({ rows: z.enum(['all', 'good']) }),
    answer: importCheck,
    refusals: ['imports.confirmed', 'imports.base_changed', 'imports.rows_refused', 'imports.nothing_good'],
  }),
  downloadImportTemplate: route('GET /api/import-templates', {
    summary: { zh: '下载导入模板', en: 'the template of an import' },
    access: 'organisation.import',
    transport: 'download',
    query: kindQuery.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
    answer: z.unknown(),
  }),
} as const
