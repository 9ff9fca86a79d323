// 择优立项: candidates by rank with the line drawn, a selection that two people make, and the selected project from its
// agreement to its acceptance: the firm signs, the office countersigns, the firm files with proof, one reviewer concludes
// and another decides.
import { acceptanceResults } from '@suanquan/core/application'
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'
import { attachment, documentKinds, event } from './application.ts'
import { standing } from './standing.ts'

export const projectStates = [
  'agreement',
  'signed',
  'running',
  'filed',
  'concluded',
  'accepted',
  'failed',
  'lapsed',
  'withdrawn',
] as const
export const selectionStates = ['proposed', 'approved', 'rejected'] as const
export const selectionPlaces = ['selected', 'reserve', 'passed_over', 'unscored'] as const

const bilingual = z.object({ zh: z.string(), en: z.string() })
const reason = plainText(2000, 2)
const result = z.enum(acceptanceResults)

const line = z
  .object({
    applicationId: idText,
    applicationNumber: z.string(),
    organisationName: z.string(),
    title: z.string(),
    state: z.string(),
    /** from 1; null while its experts have not given their scores */
    rank: z.number().int().nullable(),
    meanTenths: z.number().int().nullable(),
    lowestTenths: z.number().int().nullable(),
    experts: z.number().int(),
    amountFen: z.string(),
    place: z.enum(selectionPlaces),
    because: z.enum(['below_least', 'pool', 'number']).nullable(),
  })
  .meta({ id: 'SelectionLine' })

const drawn = z.object({
  adoptionId: idText,
  programmeTitle: bilingual,
  leastTenths: z.number().int(),
  reserves: z.number().int(),
  /** what was left to select with */
  leftFen: z.string(),
  /** how many more projects the programme takes; null where it sets no number */
  most: z.number().int().nullable(),
  items: z.array(line),
})

const drawnBy = {
  /** below this mean nobody is selected or kept, in tenths of a point */
  leastTenths: z.coerce.number().int().min(0).max(1000).default(600),
  /** how many of the next are kept in reserve */
  reserves: z.coerce.number().int().min(0).max(100).default(3),
}

const selection = drawn
  .extend({
    id: idText,
    number: z.string(),
    state: z.enum(selectionStates),
    reason: z.string(),
    proposedByMe: z.boolean(),
    proposedAt: instantText,
    decisionReason: z.string().nullable(),
    decidedAt: instantText.nullable(),
  })
  .meta({ id: 'Selection' })

const projectRow = z
  .object({
    id: idText,
    number: z.string(),
    adoptionId: idText,
    programmeTitle: bilingual,
    applicationId: idText,
    applicationNumber: z.string(),
    organisationId: idText,
    organisationName: z.string(),
    district: z.string(),
    title: z.string(),
    state: z.enum(projectStates),
    startsOn: dayText,
    endsOn: dayText,
    /** the last day on which acceptance can be filed for */
    acceptBy: dayText,
    extendedUntil: dayText.nullable(),
    deadlineOn: dayText.nullable(),
    workingDaysLeft: z.number().int().nullable(),
    firstFen: z.string(),
    secondFen: z.string(),
    result: result.nullable(),
  })
  .meta({ id: 'ProjectRow' })

const filing = z.object({
  summary: z.string(),
  items: z.number().int(),
  documents: z.array(attachment),
  filedAt: instantText,
})

const project = projectRow
  .extend({
    plan: z.string(),
    budgetFen: z.string(),
    items: z.number().int(),
    signedAt: instantText.nullable(),
    countersignedAt: instantText.nullable(),
    /** the latest day to which its end may be moved, once */
    extensionUntil: dayText.nullable(),
    filing: filing.nullable(),
    conclusion: z.string().nullable(),
    concludedByMe: z.boolean(),
    decision: z.string().nullable(),
    /** the results of acceptance that pay the second part */
    secondOn: z.array(result),
    payments: z.array(
      z.object({
        claimId: idText,
        number: z.string(),
        state: z.string(),
        amountFen: z.string(),
      }),
    ),
    /** of what was paid: not yet demanded back, where acceptance failed */
    toClawBackFen: z.string(),
    clawbackId: idText.nullable(),
    ...standing,
    events: z.array(event),
    allowed: z.array(z.object({ event: z.string(), to: z.string() })),
  })
  .meta({ id: 'Project' })

const stateful = ['project.transition_not_allowed'] as const
const deciding = [...stateful, 'application.conflict_of_interest'] as const

export const projectRoutes = {
  readCandidates: route('GET /api/adoptions/:id/candidates', {
    summary: { zh: '立项候选名次（试划线）', en: 'candidates by rank, with the line drawn' },
    access: 'selection.read',
    params: idParams,
    query: z.object(drawnBy),
    answer: drawn.extend({ open: idText.nullable() }),
    refusals: ['project.way_selects_nothing'],
  }),
  proposeSelection: route('POST /api/selections', {
    summary: { zh: '提出立项名单', en: 'propose a selection' },
    access: 'project.select',
    body: z.object({ adoptionId: idText, ...drawnBy, reason }),
    answer: selection,
    refusals: [
      'project.way_selects_nothing',
      'project.selection_open',
      'project.nobody_selected',
      'project.experts_open',
      'application.conflict_of_interest',
    ],
  }),
  decideSelection: route('POST /api/selections/:id/decision', {
    summary: { zh: '复核立项名单', en: 'decide on a selection (another person)' },
    access: 'project.select',
    params: idParams,
    body: z.object({ approve: z.boolean(), reason }),
    answer: selection,
    refusals: [
      'project.selection_decided',
      'project.own_selection',
      'project.candidates_changed',
      'project.money_changed',
      'application.conflict_of_interest',
    ],
  }),
  listSelections: route('GET /api/selections', {
    summary: { zh: '立项名单', en: 'selections' },
    access: 'selection.read',
    query: pageQuery.extend({ adoptionId: idText.optional() }),
    answer: pageOf(selection),
  }),
  readSelection: route('GET /api/selections/:id', {
    summary: { zh: '一份立项名单', en: 'one selection' },
    access: 'selection.read',
    params: idParams,
    answer: selection,
  }),
  listProjects: route('GET /api/projects', {
    summary: { zh: '立项项目', en: 'selected projects' },
    access: 'project.read',
    query: pageQuery.extend({ state: z.enum(projectStates).optional(), q: plainText(100).optional() }),
    answer: pageOf(projectRow),
  }),
  readProject: route('GET /api/projects/:id', {
    summary: { zh: '项目详情', en: 'one project' },
    access: 'project.read',
    params: idParams,
    answer: project,
  }),
  signAgreement: route('POST /api/projects/:id/signature', {
    summary: { zh: '签署任务书', en: 'sign the agreement' },
    access: 'project.act',
    params: idParams,
    body: z.object({ agreed: z.literal(true) }),
    answer: project,
    refusals: stateful,
  }),
  countersignAgreement: route('POST /api/projects/:id/countersignature', {
    summary: { zh: '主管部门签署任务书，项目启动', en: 'countersign the agreement; the project starts' },
    access: 'project.decide',
    params: idParams,
    body: z.object({ reason }),
    answer: project,
    refusals: deciding,
  }),
  extendProject: route('POST /api/projects/:id/extension', {
    summary: { zh: '批准延期一次', en: 'extend the project once' },
    access: 'project.decide',
    params: idParams,
    body: z.object({ until: dayText, reason }),
    answer: project,
    refusals: [...deciding, 'project.extended_already', 'project.extension_outside'],
  }),
  fileAcceptance: route('POST /api/projects/:id/acceptance', {
    summary: { zh: '申请验收', en: 'file for acceptance' },
    access: 'project.act',
    params: idParams,
    body: z.object({
      summary: plainText(4000, 10),
      /** items of corpus that were delivered */
      items: z.number().int().min(0).max(1_000_000_000_000),
      documents: z
        .array(z.object({ kind: z.enum(documentKinds), attachmentId: idText }))
        .min(1)
        .max(40),
    }),
    answer: project,
    refusals: [...stateful, 'attachment.unknown'],
  }),
  returnFiling: route('POST /api/projects/:id/acceptance/return', {
    summary: { zh: '退回验收申请，补充材料', en: 'return a filing for more proof' },
    access: 'project.decide',
    params: idParams,
    body: z.object({ reason }),
    answer: project,
    refusals: [...deciding, 'application.experts_asked'],
  }),
  concludeAcceptance: route('POST /api/projects/:id/acceptance/conclusion', {
    summary: { zh: '提出验收结论', en: 'conclude on the acceptance' },
    access: 'project.decide',
    params: idParams,
    body: z.object({ result, reason }),
    answer: project,
    refusals: [...deciding, 'application.experts_asked', 'project.no_expert_opinion'],
  }),
  decideAcceptance: route('POST /api/projects/:id/acceptance/decision', {
    summary: { zh: '复核验收结论', en: 'decide on the acceptance (another person)' },
    access: 'project.decide',
    params: idParams,
    body: z.object({ approve: z.boolean(), reason }),
    answer: project,
    refusals: [...deciding, 'project.own_conclusion'],
  }),
  withdrawProject: route('POST /api/projects/:id/withdrawal', {
    summary: { zh: '放弃或终止项目', en: 'give a project up' },
    access: 'project.act',
    params: idParams,
    body: z.object({ reason: plainText(1000, 2) }),
    answer: project,
    refusals: stateful,
  }),
} as const
