// 档案: what is closed is archived with its number, term and catalogue; anybody who may read it sees whether its papers are what
// they were. After the term one person lists, another decides, and papers and personal data go.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, done, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

export const archiveKindNames = [
  'application',
  'claim',
  'project',
  'clawback',
  'appeal',
  'round',
  'fund_year',
] as const
export const archiveCategories = ['document', 'accounting'] as const
export const paperKinds = ['record', 'event', 'decision', 'number', 'opinion', 'attachment'] as const
export const archiveStates = ['kept', 'due', 'held', 'disposed'] as const
export const disposalStates = ['proposed', 'approved', 'rejected'] as const

const bilingual = z.object({ zh: z.string(), en: z.string() })
const reason = plainText(500, 2)

const term = z
  .object({
    kind: z.enum(archiveKindNames),
    category: z.enum(archiveCategories),
    /** null: for good */
    years: z.number().int().nullable(),
    source: bilingual,
  })
  .meta({ id: 'RetentionTerm' })

const fileRow = z
  .object({
    id: idText,
    number: z.string(),
    kind: z.enum(archiveKindNames),
    objectId: idText,
    objectNumber: z.string(),
    title: z.string(),
    year: z.number().int(),
    category: z.enum(archiveCategories),
    years: z.number().int().nullable(),
    source: bilingual,
    closedOn: dayText,
    archivedAt: instantText,
    papers: z.number().int(),
    /** SM3 of the catalogue */
    digest: z.string(),
    /** the last day of its term; null: for good */
    endsOn: dayText.nullable(),
    /** kept · due: its term is over · held: something open forbids disposal · disposed */
    state: z.enum(archiveStates),
  })
  .meta({ id: 'ArchiveFileRow' })

const difference = z
  .object({
    number: z.string(),
    position: z.number().int(),
    kind: z.enum(paperKinds),
    label: z.string(),
    what: z.enum(['altered', 'missing', 'catalogue']),
  })
  .meta({ id: 'ArchiveDifference' })

const file = fileRow
  .extend({
    catalogue: z.array(
      z.object({
        position: z.number().int(),
        kind: z.enum(paperKinds),
        label: z.string(),
        madeOn: dayText,
        bytes: z.number().int(),
        sm3: z.string(),
      }),
    ),
    holds: z.array(
      z.object({
        reason: z.string(),
        placedBy: z.string(),
        placedAt: instantText,
        releasedBy: z.string().nullable(),
        releasedAt: instantText.nullable(),
        releaseReason: z.string().nullable(),
      }),
    ),
    /** an auditor's hold stands */
    auditHold: z.boolean(),
    disposedAt: instantText.nullable(),
  })
  .meta({ id: 'ArchiveFile' })

const disposal = z
  .object({
    id: idText,
    number: z.string(),
    reason: z.string(),
    state: z.enum(disposalStates),
    proposedBy: z.string(),
    proposedByMe: z.boolean(),
    proposedAt: instantText,
    decidedBy: z.string().nullable(),
    decidedAt: instantText.nullable(),
    decisionReason: z.string().nullable(),
    files: z.array(
      z.object({ id: idText, number: z.string(), title: z.string(), endsOn: dayText.nullable() }),
    ),
  })
  .meta({ id: 'ArchiveDisposal' })

export const archiveRoutes = {
  listRetentionTerms: route('GET /api/retention-terms', {
    summary: { zh: '保管期限表', en: 'how long what is kept' },
    access: 'archive.read',
    answer: z.object({ items: z.array(term) }),
  }),
  listArchive: route('GET /api/archive', {
    summary: { zh: '档案检索', en: 'the archive' },
    access: 'archive.read',
    query: pageQuery.extend({
      q: plainText(100).optional(),
      kind: z.enum(archiveKindNames).optional(),
      year: z.coerce.number().int().min(2000).max(2200).optional(),
      state: z.enum(archiveStates).optional(),
    }),
    answer: pageOf(fileRow),
  }),
  readArchiveFile: route('GET /api/archive/:id', {
    summary: { zh: '档案和卷内目录', en: 'one file with its catalogue' },
    access: 'archive.read',
    params: idParams,
    answer: file,
  }),
  checkArchiveFile: route('GET /api/archive/:id/check', {
    summary: { zh: '核对档案', en: 'whether the papers of a file are what they were' },
    access: 'archive.read',
    params: idParams,
    answer: z.object({ papers: z.number().int(), differences: z.array(difference) }),
  }),
  readCatalogueDocument: route('GET /api/archive/:id/catalogue', {
    summary: { zh: '下载卷内目录', en: 'the catalogue of a file as a document' },
    access: 'archive.read',
    transport: 'download',
    params: idParams,
    query: z.object({ language: z.enum(['zh', 'en']).default('zh') }),
    answer: z.unknown(),
    refusals: ['documents.no_font', 'documents.busy', 'documents.too_long'],
  }),
  placeHold: route('POST /api/archive/:id/hold', {
    summary: { zh: '冻结档案', en: 'forbid disposal of a file' },
    access: 'archive.hold',
    params: idParams,
    body: z.object({ reason }),
    answer: done,
    refusals: ['archive.held_already', 'archive.disposed'],
  }),
  releaseHold: route('POST /api/archive/:id/release', {
    summary: { zh: '解除冻结', en: 'release the hold of a file' },
    access: 'archive.hold',
    params: idParams,
    body: z.object({ reason }),
    answer: done,
    refusals: ['archive.not_held'],
  }),
  listDisposals: route('GET /api/disposals', {
    summary: { zh: '鉴定销毁清册', en: 'lists of files to dispose of' },
    access: 'archive.read',
    answer: z.object({ items: z.array(disposal) }),
  }),
  proposeDisposal: route('POST /api/disposals', {
    summary: { zh: '提出销毁清册', en: 'propose to dispose of files' },
    access: 'archive.dispose',
    body: z.object({ fileIds: z.array(idText).min(1).max(500), reason }),
    answer: disposal,
    refusals: ['archive.term_runs', 'archive.held', 'archive.disposed', 'archive.listed'],
  }),
  decideDisposal: route('POST /api/disposals/:id/decision', {
    summary: { zh: '审批销毁清册', en: 'decide on a list of files' },
    access: 'archive.dispose',
    params: idParams,
    body: z.object({ decision: z.enum(['approve', 'reject']), reason }),
    answer: disposal,
    refusals: ['archive.decided', 'archive.own_proposal', 'archive.held'],
  }),
} as const
