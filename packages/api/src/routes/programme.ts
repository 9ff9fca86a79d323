// Measures as data before and while an authority adopts them: their versions, one beside its clauses and cases, what
// the checker says of a file, what differs between two, and an adoption answered item by item and signed by a second
// person.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idParams, idText, instantText, plainText } from '../wire.ts'

export const bilingual = z.object({ zh: z.string(), en: z.string() })
const named = z.object({ zh: plainText(120, 1), en: plainText(160, 1) })
export const hashText = z.string().regex(/^[0-9a-f]{64}$/)
const hashParams = z.object({ hash: hashText })
export const programmeText = z.string().min(1).max(400_000)
export const casesText = z.string().max(800_000).nullable()

const programmeRow = z
  .object({
    hash: hashText,
    id: z.string(),
    version: z.string(),
    title: bilingual,
    jurisdiction: z.string(),
    way: z.string().nullable(),
    /** comes with the platform; otherwise stored here */
    shipped: z.boolean(),
    clauses: z.number().int(),
    rules: z.number().int(),
    cases: z.number().int(),
    openQuestions: z.number().int(),
    assumptions: z.number().int(),
    adoptions: z.array(z.object({ id: idText, authority: z.string(), opensOn: dayText })),
  })
  .meta({ id: 'ProgrammeRow' })

const caseResult = z
  .object({
    name: z.string(),
    line: z.number().int(),
    passed: z.boolean(),
    differences: z.array(z.object({ output: z.string(), expected: z.string(), actual: z.string() })),
  })
  .meta({ id: 'CaseResult' })

const diagnostic = z
  .object({
    file: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    message: bilingual,
    suggestion: z.string().nullable(),
  })
  .meta({ id: 'Diagnostic' })

const rule = z
  .object({
    path: z.string(),
    kind: z.string(),
    text: bilingual,
    is: z.string(),
    cite: z.string().nullable(),
    basis: z.string(),
  })
  .meta({ id: 'ProgrammeRule' })

const draftRow = z
  .object({
    id: idText,
    programmeHash: hashText,
    programmeId: z.string(),
    programmeVersion: z.string(),
    title: bilingual,
    authority: bilingual,
    openedBy: z.string(),
    openedAt: instantText,
    changedAt: instantText,
    missing: z.number().int(),
    state: z.enum(['answering', 'ready', 'in_force', 'discarded']),
    adoptionId: idText.nullable(),
  })
  .meta({ id: 'AdoptionDraftRow' })

const draftItem = z
  .object({
    /** `answers.<question or assumption>`, `competition.<rule>.<what it does>` or `parameters.<name>` */
    key: z.string(),
    kind: z.enum(['question', 'assumption', 'competition', 'parameter']),
    required: z.boolean(),
    text: bilingual,
    /** null: nothing is set, the authority accepts or answers in words */
    type: z.string().nullable(),
    isList: z.boolean(),
    options: z.array(z.object({ value: z.string(), text: bilingual })),
    bound: z.enum(['exact', 'at_most', 'at_least']),
    published: z.string().nullable(),
    /** an assumption is confirmed by accepting it */
    acceptable: z.boolean(),
    clause: z.string().nullable(),
    note: z.string().nullable(),
    answer: z
      .object({ value: z.array(z.string()), source: z.string(), signedBy: z.string(), at: instantText })
      .nullable(),
  })
  .meta({ id: 'AdoptionItem' })

const draft = draftRow
  .extend({
    items: z.array(draftItem),
    /** the signed-in person opened it or answered in it, so somebody else signs */
    mine: z.boolean(),
    signedBy: z.string().nullable(),
    signedAt: instantText.nullable(),
  })
  .meta({ id: 'AdoptionDraft' })

export const programmeRoutes = {
  listProgrammes: route('GET /api/programmes', {
    summary: { zh: '政策库', en: 'programmes and their versions' },
    access: 'programme.read',
    answer: z.object({ items: z.array(programmeRow) }),
  }),
  readProgramme: route('GET /api/programmes/:hash', {
    summary: { zh: '政策措施：条款、规则与案例', en: 'one programme: clauses, rules and cases' },
    access: 'programme.read',
    params: hashParams,
    answer: programmeRow.extend({
      text: z.string(),
      casesText: z.string().nullable(),
      clauseTexts: z.array(
        z.object({
          cite: z.string(),
          source: z.string(),
          clause: z.string(),
          grade: z.string(),
          text: bilingual,
        }),
      ),
      ruleTexts: z.array(rule),
      questions: z.array(z.object({ id: z.string(), ask: bilingual, blocks: z.boolean() })),
      caseResults: z.array(caseResult),
    }),
  }),
  compareProgrammes: route('GET /api/programmes/:hash/comparison', {
    summary: { zh: '两个版本的差异', en: 'what two versions say differently' },
    access: 'programme.read',
    params: hashParams,
    query: z.object({ before: hashText }),
    answer: z.object({
      items: z.array(
        z.object({
          path: z.string(),
          text: bilingual,
          before: z.string().nullable(),
          after: z.string().nullable(),
        }),
      ),
    }),
  }),
  checkProgramme: route('POST /api/programme-checks', {
    summary: { zh: '检查政策文件', en: 'check a programme file' },
    access: 'programme.read',
    body: z.object({ text: programmeText, casesText }),
    answer: z.object({
      diagnostics: z.array(diagnostic),
      programme: z
        .object({ id: z.string(), version: z.string(), title: bilingual, rules: z.number().int() })
        .nullable(),
      caseResults: z.array(caseResult),
    }),
  }),
  listAdoptionDrafts: route('GET /api/adoption-drafts', {
    summary: { zh: '采用草案', en: 'adoptions being answered' },
    access: 'adoption.draft',
    answer: z.object({ items: z.array(draftRow) }),
  }),
  openAdoptionDraft: route('POST /api/adoption-drafts', {
    summary: { zh: '开始采用一项措施', en: 'begin to adopt a programme' },
    access: 'adoption.draft',
    body: z.object({
      programmeHash: hashText,
      title: named,
      authority: named,
      districts: z.array(z.string().regex(/^\d{6}$/)).max(100),
    }),
    answer: draft,
  }),
  readAdoptionDraft: route('GET /api/adoption-drafts/:id', {
    summary: { zh: '采用草案：逐项答复', en: 'one adoption being answered' },
    access: 'adoption.draft',
    params: idParams,
    answer: draft,
  }),
  answerAdoptionItem: route('POST /api/adoption-drafts/:id/answers', {
    summary: { zh: '答复一项', en: 'answer one item' },
    access: 'adoption.draft',
    params: idParams,
    body: z.object({
      key: z.string().max(200),
      value: z.array(plainText(400, 1)).min(1).max(200),
      source: plainText(300, 2),
    }),
    answer: draft,
    refusals: [
      'adoption.draft_closed',
      'adoption.item_unknown',
      'adoption.answer_unfit',
      'adoption.answer_beyond_bounds',
    ],
  }),
  previewAdoptionDraft: route('GET /api/adoption-drafts/:id/preview', {
    summary: { zh: '按草案预演案例', en: 'what the draft would decide on the example cases' },
    access: 'adoption.draft',
    params: idParams,
    answer: z.object({
      items: z.array(
        z.object({
          name: z.string(),
          published: z.record(z.string(), z.string()),
          decided: z.record(z.string(), z.string()),
          same: z.boolean(),
        }),
      ),
    }),
  }),
  signAdoptionDraft: route('POST /api/adoption-drafts/:id/signature', {
    summary: { zh: '第二人签署，措施生效', en: 'sign as the second person: the programme is in force' },
    access: 'adoption.sign',
    params: idParams,
    body: z.object({
      /** the fund that pays beside its other programmes; one of its own when left out */
      fundId: idText.optional(),
    }),
    answer: z.object({ adoptionId: idText }),
    refusals: [
      'adoption.fund_unknown',
      'adoption.fund_has_programme',
      'adoption.draft_closed',
      'adoption.own_draft',
      'adoption.incomplete',
      'adoption.malformed',
      'adoption.programme_invalid',
      'adoption.way_not_run',
      'adoption.competition_unexplained',
      'adoption.exists',
    ],
  }),
  discardAdoptionDraft: route('POST /api/adoption-drafts/:id/discarding', {
    summary: { zh: '放弃采用草案', en: 'discard an adoption that is being answered' },
    access: 'adoption.draft',
    params: idParams,
    answer: z.object({ done: z.literal(true) }),
    refusals: ['adoption.draft_closed'],
  }),
} as const
