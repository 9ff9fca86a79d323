// The trail of who did and who read what, the proof of the ledger, and the site's own particulars.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'
import { shownParticulars } from './site.ts'

const check = z.object({ id: z.string(), ok: z.boolean(), detail: z.string() }).meta({ id: 'LedgerCheck' })

export const auditRoutes = {
  listAuditEvents: route('GET /api/audit/events', {
    summary: { zh: '操作与访问记录', en: 'trail of acts and reads' },
    access: 'audit.read',
    query: pageQuery.extend({
      objectId: idText.optional(),
      personId: idText.optional(),
      organisationId: idText.optional(),
      /** what was done, who did it, or the number of what it was done to */
      q: plainText(80).optional(),
      show: z.enum(['acts', 'reads', 'refused']).optional(),
      from: dayText.optional(),
      to: dayText.optional(),
    }),
    answer: pageOf(
      z
        .object({
          sequence: z.number().int(),
          at: instantText,
          personId: idText.nullable(),
          personName: z.string().nullable(),
          role: z.string().nullable(),
          action: z.string(),
          reads: z.boolean(),
          objectKind: z.string(),
          objectId: z.string().nullable(),
          objectLabel: z.string().nullable(),
          organisationName: z.string().nullable(),
          summary: z.object({ zh: z.string(), en: z.string() }),
          outcome: z.string(),
          refusal: z.object({ zh: z.string(), en: z.string() }).nullable(),
          requestId: z.string(),
        })
        .meta({ id: 'AuditEvent' }),
    ),
  }),
  readOversight: route('GET /api/audit/overview', {
    summary: { zh: '审计概览', en: 'what an auditor sees first' },
    access: 'audit.read',
    answer: z.object({
      postings: z.number().int(),
      postingsToday: z.number().int(),
      decisions: z.number().int(),
      /** the last finished run of either kind, and what has come since */
      proofs: z.array(
        z.object({
          kind: z.enum(['verification', 'replay']),
          id: idText.nullable(),
          clean: z.boolean().nullable(),
          endedAt: instantText.nullable(),
          since: z.number().int(),
        }),
      ),
      since: dayText,
      acts: z.number().int(),
      reads: z.number().int(),
      refused: z.array(
        z.object({
          code: z.string(),
          count: z.number().int(),
          sentence: z.object({ zh: z.string(), en: z.string() }),
        }),
      ),
      busiest: z.array(
        z.object({
          personId: idText,
          personName: z.string(),
          role: z.string(),
          reads: z.number().int(),
          organisations: z.number().int(),
        }),
      ),
    }),
  }),
  verifyLedger: route('GET /api/ledger/verification', {
    summary: { zh: '核验账本', en: 'verify the ledger' },
    access: 'ledger.verify',
    answer: z.object({
      ok: z.boolean(),
      postings: z.number().int(),
      headHash: z.string(),
      checks: z.array(check),
    }),
  }),
  readSite: route('GET /api/site', {
    summary: { zh: '站点信息', en: 'the site' },
    access: 'public',
    answer: z.object({
      name: z.object({ zh: z.string(), en: z.string() }),
      demo: z.boolean(),
      /** nobody administers it yet: the first-administrator ceremony is open */
      settingUp: z.boolean(),
      today: dayText,
      now: instantText,
      version: z.string(),
      contact: z.string(),
      particulars: shownParticulars,
      demoAccounts: z.array(
        z.object({
          login: z.string(),
          password: z.string(),
          duty: z.object({ zh: z.string(), en: z.string() }),
          name: z.string(),
        }),
      ),
    }),
  }),
  readHealth: route('GET /api/health', {
    summary: { zh: '运行状况', en: 'health' },
    access: 'public',
    answer: z.object({
      ok: z.boolean(),
      version: z.string(),
      database: z.string(),
      lastTickAt: instantText.nullable(),
      trouble: z.enum(['disk_full', 'disk_low']).nullable(),
    }),
  }),
} as const
