// 第三方机构: a bureau engages an outside body for one programme and named tasks; its people examine what is assigned to
// them, and report. They advise: what is decided, granted or paid stays with the bureau.
import { z } from 'zod'
import { route } from '../route.ts'
import { creditCodeText, dayText, done, idParams, idText, instantText, plainText } from '../wire.ts'
import { attachment } from './application.ts'
import { matched } from './evidence.ts'
import { material } from './expert.ts'

/** 材料审查、现场核查、兑付核验、绩效评价 */
export const inspectionTasks = ['materials', 'site', 'claims', 'performance'] as const
export const engagementStates = ['proposed', 'rejected', 'to_come', 'running', 'over', 'ended'] as const
export const inspectionStates = ['assigned', 'reported', 'stood_aside', 'recalled', 'lapsed'] as const
export const inspectedThings = ['application', 'claim', 'project', 'adoption'] as const
export const inspectionVerdicts = ['holds', 'fails', 'unclear'] as const

const bilingual = z.object({ zh: z.string(), en: z.string() })
const districtCode = z
  .string()
  .regex(/^\d{6}$/)
  .nullable()
const reason = plainText(500, 2)
const tasks = z.array(z.enum(inspectionTasks)).min(1).max(inspectionTasks.length)

const engagement = z
  .object({
    id: idText,
    bodyId: idText,
    bodyName: z.string(),
    bodyCreditCode: z.string(),
    adoptionId: idText,
    programmeTitle: bilingual,
    /** null: the whole city */
    district: z.string().nullable(),
    tasks: z.array(z.enum(inspectionTasks)),
    contractNumber: z.string(),
    startsOn: dayText,
    endsOn: dayText,
    reason: z.string(),
    state: z.enum(engagementStates),
    proposedAt: instantText,
    proposedByMe: z.boolean(),
    /** names of the office's people; the body does not learn them */
    proposedBy: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: instantText.nullable(),
    decisionReason: z.string().nullable(),
    endedAt: instantText.nullable(),
    endReason: z.string().nullable(),
    /** firms that the body declared it is related to */
    related: z.array(z.object({ organisationName: z.string(), reason: z.string(), declaredAt: instantText })),
    assigned: z.number().int(),
    reported: z.number().int(),
  })
  .meta({ id: 'Engagement' })

const inspectionRow = z
  .object({
    id: idText,
    number: z.string(),
    engagementId: idText,
    bodyId: idText,
    bodyName: z.string(),
    about: z.enum(inspectedThings),
    objectId: idText,
    objectNumber: z.string(),
    organisationName: z.string().nullable(),
    programmeTitle: bilingual,
    task: z.enum(inspectionTasks),
    state: z.enum(inspectionStates),
    dueOn: dayText,
    workingDaysLeft: z.number().int().nullable(),
    assignedAt: instantText,
    reportedAt: instantText.nullable(),
    outcome: z.enum(['support', 'support_with_conditions', 'oppose']).nullable(),
    /** a decision on the case waits for it */
    awaited: z.boolean(),
  })
  .meta({ id: 'InspectionRow' })

const finding = z
  .object({
    /** one of the inspection's points */
    point: plainText(80, 1),
    verdict: z.enum(inspectionVerdicts),
    remark: plainText(1000),
  })
  .meta({ id: 'InspectionFinding' })

const inspection = inspectionRow
  .extend({
    question: z.string(),
    /** what can be found on: conditions and facts of an application, the legs of a claim, what a programme is judged by */
    points: z.array(z.object({ id: z.string(), label: bilingual })),
    contractNumber: z.string(),
    assignedBy: z.string().nullable(),
    /** the reader is of the body and its report is awaited */
    mine: z.boolean(),
    material: material.nullable(),
    /** what a claim rests on */
    claim: z
      .object({
        periodFrom: dayText,
        periodTo: dayText,
        payableFen: z.string(),
        matched: matched.nullable(),
      })
      .nullable(),
    /** what a programme has come to, where its performance is judged */
    performance: z
      .object({
        applications: z.number().int(),
        supported: z.number().int(),
        firms: z.number().int(),
        approvedFen: z.string(),
        paidFen: z.string(),
      })
      .nullable(),
    report: z
      .object({
        findings: z.array(finding),
        outcome: z.enum(['support', 'support_with_conditions', 'oppose']),
        conclusion: z.string(),
        visitedOn: dayText.nullable(),
        attachment: attachment.nullable(),
        reportedBy: z.string().nullable(),
        at: instantText,
      })
      .nullable(),
    /** why the body stood aside, or why the office took it back */
    closedReason: z.string().nullable(),
  })
  .meta({ id: 'Inspection' })

export const engagementRoutes = {
  proposeEngagement: route('POST /api/engagements', {
    summary: { zh: '提出委托第三方机构', en: 'propose to engage a body' },
    access: 'engagement.propose',
    body: z.object({
      bodyCreditCode: creditCodeText,
      adoptionId: idText,
      district: districtCode,
      tasks,
      contractNumber: plainText(80, 2),
      startsOn: dayText,
      endsOn: dayText,
      reason,
    }),
    answer: engagement,
    refusals: ['organisation.unknown', 'engagement.days_wrong', 'engagement.number_taken'],
  }),
  listEngagements: route('GET /api/engagements', {
    summary: { zh: '委托的第三方机构', en: 'engaged bodies' },
    access: 'engagement.read',
    answer: z.object({ items: z.array(engagement) }),
  }),
  decideEngagement: route('POST /api/engagements/:id/decision', {
    summary: { zh: '复核委托', en: 'confirm or reject an engagement' },
    access: 'engagement.decide',
    params: idParams,
    body: z.object({ decision: z.enum(['confirm', 'reject']), reason }),
    answer: engagement,
    refusals: ['engagement.not_proposed', 'engagement.own_proposal'],
  }),
  endEngagement: route('POST /api/engagements/:id/end', {
    summary: { zh: '终止委托', en: 'end an engagement' },
    access: 'engagement.propose',
    params: idParams,
    body: z.object({ reason }),
    answer: engagement,
    refusals: ['engagement.not_in_force'],
  }),
  declareRelated: route('POST /api/engagements/:id/related', {
    summary: { zh: '申报关联单位', en: 'declare a related firm' },
    access: 'engagement.declare',
    params: idParams,
    body: z.object({ creditCode: creditCodeText, reason }),
    answer: done,
    refusals: ['organisation.unknown', 'conflict.declared', 'engagement.not_in_force'],
  }),
  assignInspection: route('POST /api/inspections', {
    summary: { zh: '交第三方核查', en: 'assign a case to an engaged body' },
    access: 'inspection.assign',
    body: z.object({
      engagementId: idText,
      about: z.enum(inspectedThings),
      objectId: idText,
      task: z.enum(inspectionTasks),
      question: plainText(1000, 2),
      dueOn: dayText,
    }),
    answer: inspection,
    refusals: [
      'application.conflict_of_interest',
      'engagement.not_in_force',
      'engagement.not_its_task',
      'engagement.not_its_case',
      'inspection.body_related',
      'inspection.assigned_already',
      'inspection.not_inspectable',
      'inspection.due_wrong',
    ],
  }),
  listInspections: route('GET /api/inspections', {
    summary: { zh: '第三方核查列表', en: 'inspections by engaged bodies' },
    access: 'inspection.read',
    query: z.object({ objectId: idText.optional(), state: z.enum(['open', 'past']).optional() }),
    answer: z.object({ items: z.array(inspectionRow) }),
  }),
  readInspection: route('GET /api/inspections/:id', {
    summary: { zh: '第三方核查详情', en: 'one inspection' },
    access: 'inspection.read',
    params: idParams,
    answer: inspection,
  }),
  reportInspection: route('POST /api/inspections/:id/report', {
    summary: { zh: '提交核查报告', en: 'report on an inspection' },
    access: 'inspection.report',
    params: idParams,
    body: z.object({
      findings: z.array(finding).min(1).max(80),
      outcome: z.enum(['support', 'support_with_conditions', 'oppose']),
      conclusion: plainText(4000, 2),
      /** the day on which the site was seen; asked for of a check on site */
      visitedOn: dayText.nullable(),
      attachmentId: idText.nullable(),
      /** the body declares that nothing relates it to the firm or its provider */
      unrelated: z.literal(true),
    }),
    answer: inspection,
    refusals: [
      'inspection.over',
      'inspection.body_related',
      'inspection.point_unknown',
      'inspection.visit_missing',
      'attachment.unknown',
    ],
  }),
  standAsideFromInspection: route('POST /api/inspections/:id/stand-aside', {
    summary: { zh: '核查回避', en: 'stand aside from an inspection' },
    access: 'inspection.report',
    params: idParams,
    body: z.object({ reason }),
    answer: done,
    refusals: ['inspection.over'],
  }),
  recallInspection: route('POST /api/inspections/:id/recall', {
    summary: { zh: '收回核查', en: 'take an inspection back' },
    access: 'inspection.assign',
    params: idParams,
    body: z.object({ reason }),
    answer: inspection,
    refusals: ['inspection.over'],
  }),
} as const
