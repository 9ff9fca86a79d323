// People as administrators see them: accounts, the roles they hold and where, who acts for which firm, and the hand-over
// when somebody leaves. Nothing is forgotten: every change is an event of the person.
import { z } from 'zod'
import { roles } from '../permissions.ts'
import { route } from '../route.ts'
import { creditCodeText, done, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

export const askedGrant = z.object({
  role: z.enum(roles),
  district: z
    .string()
    .regex(/^\d{6}$/)
    .nullable(),
  organisationCreditCode: creditCodeText.nullable(),
})

const grant = z
  .object({
    id: idText,
    role: z.enum(roles),
    district: z.string().nullable(),
    organisationId: idText.nullable(),
    organisationName: z.string().nullable(),
    grantedBy: z.string().nullable(),
    grantedAt: instantText,
  })
  .meta({ id: 'HeldGrant' })

const personRow = z
  .object({
    id: idText,
    login: z.string(),
    displayName: z.string(),
    active: z.boolean(),
    /** has set a password */
    enrolled: z.boolean(),
    /** an enrolment code waits to be used */
    codeOpen: z.boolean(),
    lastSeenAt: instantText.nullable(),
    grants: z.array(grant),
  })
  .meta({ id: 'Person' })

const work = z
  .object({ kind: z.enum(['application', 'claim']), id: idText, number: z.string(), state: z.string() })
  .meta({ id: 'OpenWork' })

const reason = plainText(500, 2)
const districtless = [
  'person.role_needs_organisation',
  'person.role_without_district',
  'organisation.unknown',
] as const

export const peopleRoutes = {
  listPeople: route('GET /api/people', {
    summary: { zh: '人员列表', en: 'people' },
    access: 'person.list',
    query: pageQuery.extend({
      q: plainText(80).optional(),
      role: z.enum(roles).optional(),
      show: z.enum(['active', 'disabled', 'waiting']).optional(),
    }),
    answer: pageOf(personRow).extend({ administratorsApart: z.boolean() }),
  }),
  readPerson: route('GET /api/people/:id', {
    summary: { zh: '人员详情', en: 'one person' },
    access: 'person.list',
    params: idParams,
    answer: personRow.extend({
      administratorsApart: z.boolean(),
      createdAt: instantText,
      lockedUntil: instantText.nullable(),
      acting: z.array(
        z.object({
          organisationId: idText,
          organisationName: z.string(),
          role: z.enum(roles),
          /** who else acts for it in this role and could take over */
          others: z.array(z.object({ id: idText, displayName: z.string() })),
          open: z.array(work),
        }),
      ),
      events: z.array(
        z.object({
          position: z.number().int(),
          at: instantText,
          event: z.string(),
          detail: z.record(z.string(), z.string().nullable()),
          reason: z.string().nullable(),
          doneBy: z.string().nullable(),
        }),
      ),
      takenOver: z.array(
        z.object({ at: instantText, organisationName: z.string(), from: z.string(), items: z.array(work) }),
      ),
    }),
  }),
  reissueEnrolment: route('POST /api/people/:id/enrolment', {
    summary: { zh: '重发启用码', en: 'issue a new enrolment code' },
    access: 'person.create',
    params: idParams,
    answer: z.object({ enrolmentCode: z.string() }),
    refusals: ['person.disabled'],
  }),
  changeActivity: route('POST /api/people/:id/activity', {
    summary: { zh: '停用或恢复账号', en: 'disable an account or enable it again' },
    access: 'person.create',
    params: idParams,
    body: z.object({ active: z.boolean(), reason }),
    answer: done,
    refusals: [
      'person.own_account',
      'person.last_administrator',
      'person.leaves_open_work',
      'person.activity_unchanged',
    ],
  }),
  grantRole: route('POST /api/people/:id/grants', {
    summary: { zh: '授予角色', en: 'grant a role' },
    access: 'role.grant',
    params: idParams,
    body: askedGrant.extend({ reason }),
    answer: done,
    refusals: ['person.own_account', 'person.administrators_apart', 'person.role_held', ...districtless],
  }),
  withdrawRole: route('POST /api/grants/:id/withdrawal', {
    summary: { zh: '收回角色', en: 'withdraw a role' },
    access: 'role.grant',
    params: idParams,
    body: z.object({ reason }),
    answer: done,
    refusals: ['person.own_account', 'person.last_administrator', 'person.leaves_open_work'],
  }),
  handOver: route('POST /api/people/:id/hand-over', {
    summary: { zh: '离岗交接', en: 'hand over to a successor' },
    access: 'role.grant',
    params: idParams,
    body: z.object({ organisationId: idText, successorId: idText, reason }),
    answer: z.object({ items: z.array(work) }),
    refusals: ['person.own_account', 'person.does_not_act', 'person.unfit_successor'],
  }),
  listActing: route('GET /api/acting', {
    summary: { zh: '谁代表哪家单位', en: 'who acts for which organisation' },
    access: 'person.list',
    query: pageQuery.extend({ q: plainText(80).optional(), show: z.enum(['unattended']).optional() }),
    answer: pageOf(
      z
        .object({
          organisationId: idText,
          organisationName: z.string(),
          creditCode: z.string(),
          people: z.array(
            z.object({ id: idText, displayName: z.string(), role: z.enum(roles), active: z.boolean() }),
          ),
          open: z.number().int(),
          /** open work, and nobody who can sign in for it */
          unattended: z.boolean(),
        })
        .meta({ id: 'Acting' }),
    ).extend({ unattended: z.number().int() }),
  }),
} as const
