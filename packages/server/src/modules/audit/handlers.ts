import { accept, hex } from '@suanquan/core'
import { sql } from 'kysely'
import { verifyLedger } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { hasAdministrator } from '../identity/index.ts'

type Names = 'listAuditEvents' | 'verifyLedger' | 'readSite' | 'readHealth'

export function auditHandlers(world: World): Handlers<Names> {
  return {
    listAuditEvents: listAuditEvents(),
    verifyLedger: {
      kind: 'query',
      run: async (_, { touch }) => {
        touch({ kind: 'ledger', id: null })
        const proofs = await verifyLedger(world.database)
        const findings = proofs.flatMap((proof) =>
          proof.findings.map((finding) => ({
            id: `${proof.fund.ledger}.${finding.check}`,
            ok: false,
            detail: finding.detail,
          })),
        )
        const clean = proofs
          .filter((proof) => proof.findings.length === 0)
          .map((proof) => ({
            id: `fund.${proof.fund.ledger}`,
            ok: true,
            detail: `${proof.postings} postings, ${proof.accounts} accounts`,
          }))
        const postings = proofs.reduce((sum, proof) => sum + Number(proof.postings), 0)
        const headHash = proofs.map((proof) => hex(proof.fund.chain)).join('+')
        return accept({ ok: findings.length === 0, postings, headHash, checks: [...clean, ...findings] })
      },
    },
    readSite: {
      kind: 'query',
      run: async ({ at, today }, { db }) =>
        accept({
          name: world.site.name,
          demo: world.demoAccounts.length > 0,
          settingUp: !(await hasAdministrator(db)),
          today,
          now: new Date(at).toISOString(),
          version: world.version,
          contact: world.site.contact,
          demoAccounts: world.demoAccounts.map((account) => ({ ...account })),
        }),
    },
    readHealth: {
      kind: 'query',
      run: async (_, { db }) => {
        const { rows } = await sql<{ version: string }>`select version()`.execute(db)
        const lastTickAt = world.lastTick.at === null ? null : new Date(world.lastTick.at).toISOString()
        return accept({
          ok: true,
          version: world.version,
          database: rows[0]!.version.split(' ').slice(0, 2).join(' '),
          lastTickAt,
        })
      },
    },
  }
}

function listAuditEvents(): Handlers<Names>['listAuditEvents'] {
  return {
    kind: 'query',
    run: async ({ query }, { db, touch }) => {
      touch({ kind: 'audit', id: null })
      let found = db.selectFrom('audit_event').leftJoin('person', 'person.id', 'audit_event.person_id')
      if (query.objectId) found = found.where('audit_event.object_id', '=', query.objectId)
      if (query.personId) found = found.where('audit_event.person_id', '=', query.personId)
      if (query.q)
        found = found.where('audit_event.action', 'ilike', `%${query.q.replace(/[\\%_]/g, '\\$&')}%`)
      const { total } = await found.select(sql<bigint>`count(*)`.as('total')).executeTakeFirstOrThrow()
      const rows = await found
        .selectAll('audit_event')
        .select('person.display_name')
        .orderBy('sequence', 'desc')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      const items = rows.map((row) => ({
        sequence: Number(row.sequence),
        at: new Date(row.at).toISOString(),
        personName: row.display_name,
        role: row.role,
        action: row.action,
        reads: row.reads,
        objectKind: row.object_kind,
        objectId: row.object_id,
        outcome: row.outcome,
        requestId: row.request_id,
      }))
      return accept({ total: Number(total), items })
    },
  }
}
