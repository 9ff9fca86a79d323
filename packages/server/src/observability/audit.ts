// The trail: who did and who read what, when, and what came of it. Rows are only ever added.
import type { RouteName } from '@suanquan/api'
import { routes } from '@suanquan/api'
import type { Refusal } from '@suanquan/core'
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Asked, Touched } from '../http/world.ts'
import type { SessionState } from '../identity/sessions.ts'
import { timestamp } from '../database/index.ts'

export interface AuditEntry {
  readonly name: RouteName
  readonly asked: Asked<RouteName>
  readonly touched: Touched
  readonly outcome: string
  readonly requestId: string
  readonly reads: boolean
}

export interface RefusedEntry {
  readonly name: RouteName
  readonly requestId: string
  readonly refusal: Refusal
  readonly session: SessionState
  readonly params: unknown
}

export interface Audit {
  readonly record: (db: Kysely<Tables> | Transaction<Tables>, entry: AuditEntry) => Promise<void>
  /** a request that was stopped before its handler */
  readonly refused: (entry: RefusedEntry) => Promise<void>
  /** what the tick did, without a person */
  readonly system: (
    db: Kysely<Tables> | Transaction<Tables>,
    entry: { readonly action: string; readonly touched: Touched; readonly at: number },
  ) => Promise<void>
}

export function auditTrail(db: Kysely<Tables>, jurisdiction: string, clock: () => number): Audit {
  const place = { jurisdiction, district: jurisdiction }
  return {
    record: async (target, { name, asked, touched, outcome, requestId, reads }) => {
      await target
        .insertInto('audit_event')
        .values({
          ...place,
          at: timestamp(asked.at),
          person_id: asked.person?.id ?? null,
          role: asked.person?.grants[0]?.role ?? null,
          action: name,
          reads,
          object_kind: touched.kind,
          object_id: touched.id,
          organisation_id: touched.organisationId ?? null,
          outcome,
          request_id: requestId,
        })
        .execute()
    },
    refused: async ({ name, requestId, refusal, session, params }) => {
      const id = (params as Record<string, unknown> | null)?.['id']
      await db
        .insertInto('audit_event')
        .values({
          ...place,
          at: timestamp(clock()),
          person_id: session.state === 'open' ? session.person.id : null,
          role: session.state === 'open' ? (session.person.grants[0]?.role ?? null) : null,
          action: name,
          reads: routes[name].method === 'GET',
          object_kind: name,
          object_id: typeof id === 'string' && /^[0-9a-f-]{36}$/i.test(id) ? id : null,
          organisation_id: null,
          outcome: refusal.code,
          request_id: requestId,
        })
        .execute()
    },
    system: async (target, { action, touched, at }) => {
      await target
        .insertInto('audit_event')
        .values({
          ...place,
          at: timestamp(at),
          person_id: null,
          role: 'system',
          action,
          reads: false,
          object_kind: touched.kind,
          object_id: touched.id,
          organisation_id: touched.organisationId ?? null,
          outcome: 'done',
          request_id: 'tick',
        })
        .execute()
    },
  }
}
