// 接管: a programme that ran on forms or in another system comes in with its money, vouchers and claims. One finance
// officer uploads the lists, checks them and holds them against the closing statement; another confirms; then they are
// posted as opening entries, all or nothing.
import { openingFigures } from '@suanquan/core/voucher'
import { z } from 'zod'
import { route } from '../route.ts'
import { takeOverFileKinds, takeOverSheetNames } from '../take-over-names.ts'
import { dayText, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

const words = z.object({ zh: z.string(), en: z.string() })

export const takeOverStates = ['open', 'prepared', 'posted', 'abandoned'] as const

const head = z
  .object({
    id: idText,
    number: z.string(),
    adoptionId: idText,
    programmeTitle: words,
    systemName: z.string(),
    cutOverOn: dayText,
    state: z.enum(takeOverStates),
    openedBy: z.string(),
    openedAt: instantText,
    /** the number of the opening statement, once it is posted */
    statementNumber: z.string().nullable(),
  })
  .meta({ id: 'TakeOverRow' })

const figure = z.object({
  figure: z.enum(openingFigures),
  /** whole fen, of vouchers a count; null where there is none */
  found: z.string().nullable(),
  stated: z.string().nullable(),
})

const comparison = z
  .object({
    scope: z.enum(['programme', 'pool', 'firm']),
    key: z.string(),
    name: z.string().nullable(),
    agrees: z.boolean(),
    figures: z.array(figure),
  })
  .meta({ id: 'TakeOverComparison' })

const reason = z.object({ column: words.nullable(), code: z.string(), message: words })

const line = z
  .object({
    sheet: z.enum(takeOverSheetNames),
    /** of the file; null: of the whole sheet */
    row: z.number().int().nullable(),
    label: z.string(),
    /** what it becomes; null where it is refused */
    becomes: words.nullable(),
    reasons: z.array(reason),
  })
  .meta({ id: 'TakeOverLine' })

const report = z.object({
  checkedAt: instantText,
  checkedBy: z.string(),
  /** tells one outcome of a check from another: what is confirmed is this one */
  hash: z.string(),
  sheets: z.array(
    z.object({ sheet: z.enum(takeOverSheetNames), rows: z.number().int(), refused: z.number().int() }),
  ),
  refused: z.number().int(),
  differences: z.number().int(),
  comparisons: z.array(comparison),
})

const takeOver = head
  .extend({
    files: z.array(
      z.object({
        kind: z.enum(takeOverFileKinds),
        fileName: z.string(),
        sizeBytes: z.number().int(),
        sha256: z.string(),
        sm3: z.string(),
        uploadedBy: z.string(),
        uploadedAt: instantText,
      }),
    ),
    /** of the files as they are now; null until they are checked */
    report: report.nullable(),
    preparedBy: z.string().nullable(),
    preparedAt: instantText.nullable(),
    preparedByMe: z.boolean(),
    decidedBy: z.string().nullable(),
    decidedAt: instantText.nullable(),
    decisionReason: z.string().nullable(),
  })
  .meta({ id: 'TakeOver' })

const fileKind = z.object({ kind: z.enum(takeOverFileKinds) })
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const state = ['take_over.wrong_state'] as const

export const takeOverRoutes = {
  listTakeOvers: route('GET /api/take-overs', {
    summary: { zh: '接管记录', en: 'take-overs' },
    access: 'take_over.read',
    query: pageQuery,
    answer: pageOf(head),
  }),
  openTakeOver: route('POST /api/take-overs', {
    summary: { zh: '开始接管一项措施', en: 'begin the take-over of a programme' },
    access: 'take_over.prepare',
    body: z.object({ adoptionId: idText, systemName: plainText(100, 2), cutOverOn: dayText }),
    answer: takeOver,
    refusals: [
      'take_over.exists',
      'take_over.programme_started',
      'take_over.way_without_voucher',
      'take_over.cut_over_future',
    ],
  }),
  readTakeOver: route('GET /api/take-overs/:id', {
    summary: { zh: '一次接管', en: 'one take-over' },
    access: 'take_over.read',
    params: idParams,
    answer: takeOver,
  }),
  listTakeOverLines: route('GET /api/take-overs/:id/lines', {
    summary: { zh: '校验结果逐行', en: 'what a check says of each row' },
    access: 'take_over.read',
    params: idParams,
    query: pageQuery.extend({
      sheet: z.enum(takeOverSheetNames).optional(),
      outcome: z.enum(['accepted', 'refused']).optional(),
    }),
    answer: pageOf(line),
  }),
  uploadTakeOverFile: route('POST /api/take-overs/:id/files', {
    summary: { zh: '上传接管文件', en: 'upload a file of a take-over' },
    access: 'take_over.prepare',
    transport: 'upload',
    params: idParams,
    query: fileKind,
    answer: takeOver,
    refusals: [
      ...state,
      'take_over.not_a_pdf',
      'attachment.name_refused',
      'attachment.empty',
      'imports.not_a_table',
      'imports.half_written',
      'imports.encoding',
      'imports.too_large',
      'imports.no_head',
      'imports.columns_missing',
      'imports.column_twice',
      'imports.no_rows',
    ],
  }),
  readTakeOverFile: route('GET /api/take-overs/:id/file', {
    summary: { zh: '下载接管文件', en: 'a file of a take-over' },
    access: 'take_over.read',
    transport: 'download',
    params: idParams,
    query: fileKind,
    answer: z.unknown(),
    refusals: ['take_over.no_file'],
  }),
  downloadTakeOverErrors: route('GET /api/take-overs/:id/errors', {
    summary: { zh: '下载错误行', en: 'the refused rows of a sheet, with the reasons' },
    access: 'take_over.read',
    transport: 'download',
    params: idParams,
    query: z.object({ sheet: z.enum(takeOverSheetNames) }),
    answer: z.unknown(),
    refusals: ['take_over.no_file'],
  }),
  downloadTakeOverTemplate: route('GET /api/take-over-templates', {
    summary: { zh: '下载接管模板', en: 'the template of a sheet' },
    access: 'take_over.read',
    transport: 'download',
    query: z.object({
      sheet: z.enum(takeOverSheetNames),
      format: z.enum(['csv', 'xlsx']).default('xlsx'),
    }),
    answer: z.unknown(),
  }),
  checkTakeOver: route('POST /api/take-overs/:id/check', {
    summary: { zh: '校验（试接管，不入账）', en: 'a dry run: nothing of it is kept but its report' },
    access: 'take_over.prepare',
    params: idParams,
    answer: takeOver,
    refusals: [...state, 'take_over.files_missing', 'take_over.base_changed'],
  }),
  prepareTakeOver: route('POST /api/take-overs/:id/prepare', {
    summary: { zh: '提交复核', en: 'hand in for confirmation' },
    access: 'take_over.prepare',
    params: idParams,
    body: z.object({ hash }),
    answer: takeOver,
    refusals: [...state, 'take_over.not_checked', 'take_over.not_clean', 'take_over.base_changed'],
  }),
  decideTakeOver: route('POST /api/take-overs/:id/decide', {
    summary: { zh: '确认接管并入账，或退回', en: 'confirm and post, or send back' },
    access: 'take_over.confirm',
    params: idParams,
    body: z.object({
      decision: z.enum(['confirm', 'send_back']),
      hash,
      reason: plainText(1000),
    }),
    answer: takeOver,
    refusals: [
      ...state,
      'take_over.own',
      'take_over.reason_missing',
      'take_over.base_changed',
      'take_over.not_clean',
      'take_over.programme_started',
      'take_over.ledger_refused',
    ],
  }),
  abandonTakeOver: route('POST /api/take-overs/:id/abandon', {
    summary: { zh: '放弃接管', en: 'give a take-over up' },
    access: 'take_over.prepare',
    params: idParams,
    answer: takeOver,
    refusals: state,
  }),
  readOpeningStatement: route('GET /api/take-overs/:id/statement', {
    summary: { zh: '期初报表（PDF）', en: 'the opening statement' },
    access: 'take_over.read',
    transport: 'download',
    params: idParams,
    query: z.object({ language: z.enum(['zh', 'en']).default('zh') }),
    answer: z.unknown(),
    refusals: ['take_over.no_statement', 'documents.no_font', 'documents.busy', 'documents.too_long'],
  }),
} as const
