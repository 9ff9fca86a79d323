// 好差评 and 咨询投诉: what people think of a step that is done for them, and what they ask or complain about. One appraisal
// a step; a bad one says why; everything gets an answer.
import { z } from 'zod'
import { route } from '../route.ts'
import { done, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

/** The steps of the service that can be appraised once they are done. */
export const serviceSteps = ['review', 'claim_review', 'payment'] as const
/** GB/T 39735: very satisfied 5 … very dissatisfied 1 */
export const serviceGrades = [5, 4, 3, 2, 1] as const

const step = z.enum(serviceSteps)
const grade = z.number().int().min(1).max(5)

const appraisalRow = z
  .object({
    id: idText,
    step,
    number: z.string(),
    organisationName: z.string(),
    grade,
    reason: z.string(),
    at: instantText,
    reply: z.string().nullable(),
    repliedAt: instantText.nullable(),
  })
  .meta({ id: 'Appraisal' })

const inquiryKinds = ['question', 'complaint', 'suggestion'] as const

const inquiryRow = z
  .object({
    id: idText,
    number: z.string(),
    kind: z.enum(inquiryKinds),
    text: z.string(),
    contactMasked: z.string(),
    filedAt: instantText,
    answer: z.string().nullable(),
    answeredAt: instantText.nullable(),
  })
  .meta({ id: 'Inquiry' })

const phone = z.string().regex(/^[0-9+ -]{6,20}$/)

export const serviceRoutes = {
  listAppraisable: route('GET /api/appraisable', {
    summary: { zh: '可以评价的环节', en: 'finished steps that may be appraised' },
    access: 'appraisal.make',
    answer: z.object({
      items: z.array(
        z
          .object({
            step,
            objectId: idText,
            number: z.string(),
            finishedAt: instantText,
            appraisal: appraisalRow.nullable(),
          })
          .meta({ id: 'Appraisable' }),
      ),
    }),
  }),
  makeAppraisal: route('POST /api/appraisals', {
    summary: { zh: '评价一个办结的环节', en: 'appraise a finished step' },
    access: 'appraisal.make',
    body: z.object({ step, objectId: idText, grade, reason: plainText(500) }),
    answer: done,
    refusals: ['service.reason_missing', 'service.step_open', 'service.appraised'],
  }),
  listAppraisals: route('GET /api/appraisals', {
    summary: { zh: '评价列表', en: 'appraisals' },
    access: 'appraisal.list',
    query: pageQuery,
    /** `waiting`: poor grades without a reply, on all pages */
    answer: pageOf(appraisalRow).extend({ waiting: z.number().int() }),
  }),
  replyToAppraisal: route('POST /api/appraisals/:id/reply', {
    summary: { zh: '回复评价', en: 'reply to an appraisal' },
    access: 'appraisal.reply',
    params: idParams,
    body: z.object({ text: plainText(1000, 2) }),
    answer: done,
    refusals: ['service.answered'],
  }),
  readAppraisalSummary: route('GET /api/appraisals/summary', {
    summary: { zh: '评价汇总', en: 'appraisals in numbers' },
    access: 'public',
    answer: z.object({
      steps: z.array(
        z
          .object({
            step,
            count: z.number().int(),
            /** by grade from 5 to 1; null where fewer than `smallestGroup` organisations appraised */
            grades: z.array(z.number().int()).nullable(),
            badReplied: z.number().int().nullable(),
            bad: z.number().int().nullable(),
          })
          .meta({ id: 'AppraisalSummary' }),
      ),
      smallestGroup: z.number().int(),
    }),
  }),
  fileInquiry: route('POST /api/inquiries', {
    summary: { zh: '提交咨询、投诉或建议', en: 'ask, complain or suggest' },
    access: 'public',
    body: z.object({
      kind: z.enum(inquiryKinds),
      text: plainText(2000, 5),
      contactName: plainText(60, 1),
      contactPhone: phone,
    }),
    answer: z.object({ id: idText, number: z.string() }),
  }),
  readInquiry: route('POST /api/inquiries/lookup', {
    summary: { zh: '凭编号和电话查看答复', en: 'the answer, by number and telephone' },
    access: 'public',
    body: z.object({ number: z.string().trim().max(40), contactPhone: z.string().trim().max(40) }),
    answer: z.object({
      number: z.string(),
      kind: z.enum(inquiryKinds),
      text: z.string(),
      filedAt: instantText,
      answer: z.string().nullable(),
      answeredAt: instantText.nullable(),
    }),
    refusals: ['service.inquiry_not_found'],
  }),
  listInquiries: route('GET /api/inquiries', {
    summary: { zh: '咨询投诉列表', en: 'questions and complaints' },
    access: 'inquiry.list',
    query: pageQuery,
    /** `waiting`: without an answer, on all pages */
    answer: pageOf(inquiryRow).extend({ waiting: z.number().int() }),
  }),
  answerInquiry: route('POST /api/inquiries/:id/answer', {
    summary: { zh: '答复咨询投诉', en: 'answer a question or complaint' },
    access: 'inquiry.answer',
    params: idParams,
    body: z.object({ text: plainText(2000, 2) }),
    answer: done,
    refusals: ['service.answered'],
  }),
} as const
