// Sign-in, people and their roles, the first-administrator ceremony.
import { z } from 'zod'
import { roles } from '../permissions.ts'
import { route } from '../route.ts'
import { done, idText, plainText } from '../wire.ts'
import { askedGrant } from './people.ts'

const grant = z
  .object({
    role: z.enum(roles),
    jurisdiction: z.string(),
    district: z.string().nullable(),
    organisationId: idText.nullable(),
    organisationName: z.string().nullable(),
  })
  .meta({ id: 'Grant' })

const session = z
  .object({
    personId: idText,
    displayName: z.string(),
    /** with whose duty it is, where somebody let the person act for a time */
    grants: z.array(grant.extend({ forName: z.string().nullable() }).meta({ id: 'SessionGrant' })),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' })

const login = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/)
const password = z.string().min(1).max(200)

export const identityRoutes = {
  openSetup: route('POST /api/setup', {
    summary: { zh: '首次设置：建立第一个管理员', en: 'first set-up: make the first administrator' },
    access: 'public',
    body: z.object({ token: z.string().max(200), login, displayName: plainText(60, 1), password }),
    answer: done,
    refusals: ['setup.closed', 'setup.wrong_token', 'person.weak_password'],
  }),
  signIn: route('POST /api/sessions', {
    summary: { zh: '登录', en: 'sign in' },
    access: 'public',
    body: z.object({ login: z.string().trim().max(60), password }),
    answer: session,
    refusals: ['session.wrong_credentials', 'session.locked'],
  }),
  readSession: route('GET /api/session', {
    summary: { zh: '当前登录', en: 'the current session' },
    access: 'session.read',
    answer: session,
  }),
  signOut: route('DELETE /api/session', {
    summary: { zh: '退出', en: 'sign out' },
    access: 'session.read',
    answer: done,
  }),
  enrol: route('POST /api/enrolments', {
    summary: { zh: '凭启用码设置密码', en: 'set a password with an enrolment code' },
    access: 'public',
    body: z.object({ code: z.string().max(200), password }),
    answer: done,
    refusals: ['enrolment.unknown_code', 'person.weak_password'],
  }),
  createPerson: route('POST /api/people', {
    summary: { zh: '新建人员并授予角色', en: 'create a person with roles' },
    access: 'person.create',
    body: z.object({
      login,
      displayName: plainText(60, 1),
      grants: z
        .array(askedGrant)
        /** none: somebody else grants the roles */
        .max(20),
    }),
    answer: z.object({ id: idText, enrolmentCode: z.string() }),
    refusals: [
      'person.login_taken',
      'person.role_needs_organisation',
      'person.role_without_district',
      'organisation.unknown',
    ],
  }),
} as const
