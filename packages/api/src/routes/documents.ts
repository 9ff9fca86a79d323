// Documents as PDF: the same language as the page, Chinese when nothing is said. And every table of a page as a file.
import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, plainText } from '../wire.ts'

const language = z.enum(['zh', 'en']).default('zh')

const cell = z.string().max(4000)

/** A table as its page shows it: all rows of the filter, each cell as text, figures without thousands separators. */
const exportedTable = z
  .object({
    format: z.enum(['csv', 'xlsx']),
    language,
    title: plainText(200, 1),
    /** the page with its filter, as it stands in the browser */
    address: plainText(2000, 1),
    filter: z.array(z.object({ label: plainText(200), value: plainText(200) })).max(40),
    columns: z
      .array(z.object({ label: plainText(200), kind: z.enum(['text', 'number']) }))
      .min(1)
      .max(60),
    rows: z.array(z.array(cell).max(60)).max(100_000),
  })
  .meta({ id: 'ExportedTable' })

const printing = ['documents.no_font', 'documents.busy', 'documents.too_long'] as const

export const documentsRoutes = {
  readDecisionDocument: route('GET /api/applications/:id/decision-document', {
    summary: { zh: '下载决定文书', en: 'the decision as a document' },
    access: 'application.read',
    transport: 'download',
    params: idParams,
    /** which decision, where there are several; the last when left out */
    query: z.object({ language, act: z.enum(['approval', 'correction', 'refusal', 'appeal']).optional() }),
    answer: z.unknown(),
    refusals: ['documents.not_decided', ...printing],
  }),
  readNoticeDocument: route('GET /api/notices/:id/document', {
    summary: { zh: '下载公示文书', en: 'the notice as a document' },
    access: 'public',
    transport: 'download',
    params: idParams,
    query: z.object({ language }),
    answer: z.unknown(),
    refusals: printing,
  }),
  readVoucherStatement: route('GET /api/vouchers/:id/statement', {
    summary: { zh: '下载算力券对账单', en: 'the statement of a voucher' },
    access: 'voucher.read',
    transport: 'download',
    params: idParams,
    query: z.object({ language }),
    answer: z.unknown(),
    refusals: printing,
  }),
  readClaimStatement: route('GET /api/claims/:id/statement', {
    summary: { zh: '下载兑付对账单', en: 'the statement of a claim' },
    access: 'claim.read',
    transport: 'download',
    params: idParams,
    query: z.object({ language }),
    answer: z.unknown(),
    refusals: printing,
  }),
  readClawbackDocument: route('GET /api/clawbacks/:id/document', {
    summary: { zh: '下载撤销、追回决定书', en: 'the decision on a clawback as a document' },
    access: 'clawback.read',
    transport: 'download',
    params: idParams,
    query: z.object({ language }),
    answer: z.unknown(),
    refusals: ['documents.not_decided', ...printing],
  }),
  readAgreementDocument: route('GET /api/projects/:id/agreement', {
    summary: { zh: '下载项目任务书', en: 'the agreement of a project as a document' },
    access: 'project.read',
    transport: 'download',
    params: idParams,
    query: z.object({ language }),
    answer: z.unknown(),
    refusals: printing,
  }),
  readAcceptanceDocument: route('GET /api/projects/:id/acceptance-document', {
    summary: { zh: '下载验收决定书', en: 'the decision on an acceptance as a document' },
    access: 'project.read',
    transport: 'download',
    params: idParams,
    query: z.object({ language }),
    answer: z.unknown(),
    refusals: ['documents.not_decided', ...printing],
  }),
  readDisbursementStatement: route('GET /api/disbursements/:id/statement', {
    summary: { zh: '下载拨付批次对账单', en: 'the statement of a disbursement batch' },
    access: 'disbursement.read',
    transport: 'download',
    params: idParams,
    query: z.object({ language }),
    answer: z.unknown(),
    refusals: printing,
  }),
  exportTable: route('POST /api/exports', {
    summary: { zh: '导出表格', en: 'take a table away as a file' },
    access: 'public',
    transport: 'download',
    large: true,
    body: exportedTable,
    answer: z.unknown(),
    refusals: ['exports.too_many_rows', 'exports.ragged', 'documents.busy'],
  }),
} as const
