import { accept, hex } from '@suanquan/core'
import { sql } from 'kysely'
import { verifyLedger } from '../../database/index.ts'
import type { Handler, Handlers } from '../../http/world.ts'
import { diskTrouble } from '../../observability/disk.ts'
import type { World } from '../../http/world-options.ts'
import { verifySeals } from '../seal/index.ts'
import { hasAdministrator } from '../identity/index.ts'
import { particularsOf } from '../site/index.ts'
import { listAccounts, readAccount } from './accounts.ts'
import { listPostings, readPosting } from './postings.ts'
import { proofHandlers } from './proofs.ts'
import { readFlow } from './read-flow.ts'
import { readLedgerStatement } from './read-statement.ts'
import { readOversight } from './oversight.ts'
import { listAuditEvents } from './trail.ts'

type Names =
  | 'listAuditEvents'
  | 'readOversight'
  | 'readFlow'
  | 'readLedgerStatement'
  | 'listPostings'
  | 'readPosting'
  | 'listAccounts'
  | 'readAccount'
  | 'startProof'
  | 'listProofs'
  | 'readProof'
  | 'verifyLedger'
  | 'readSite'
  | 'readHealth'

export function auditHandlers(world: World): Handlers<Names> {
  return {
    listAuditEvents: listAuditEvents(),
    readOversight: readOversight(),
    readFlow: readFlow(world),
    readLedgerStatement: readLedgerStatement(world),
    listPostings: listPostings(world),
    readPosting: readPosting(world),
    listAccounts: listAccounts(world),
    readAccount: readAccount(world),
    ...proofHandlers(world),
    verifyLedger: verifyNow(world),
    readSite: {
      kind: 'query',
      run: async ({ at, today }, { db }) => {
        const particulars = await particularsOf(db, world)
        return accept({
          name: particulars.name,
          particulars,
          demo: world.demoAccounts.length > 0,
          settingUp: !(await hasAdministrator(db)),
          today,
          now: new Date(at).toISOString(),
          version: world.version,
          contact: particulars.contact,
          demoAccounts: world.demoAccounts.map((account) => ({ ...account })),
        })
      },
    },
    readHealth: {
      kind: 'query',
      run: async (_, { db }) => {
        const { rows } = await sql<{ version: string }>`select version()`.execute(db)
        const lastTickAt = world.lastTick.at === null ? null : new Date(world.lastTick.at).toISOString()
        const trouble = await diskTrouble(world)
        return accept({
          ok: trouble === null,
          trouble,
          version: world.version,
          database: rows[0]!.version.split(' ').slice(0, 2).join(' '),
          lastTickAt,
        })
      },
    },
  }
}

/** Ledger and seals put to the proof at once, while the caller waits. */
function verifyNow(world: World): Handler<'verifyLedger'> {
  return {
    kind: 'query',
    run: async (_, { touch }) => {
      touch({ kind: 'ledger', id: null })
      const proofs = await verifyLedger(world.database)
      const seals = await verifySeals(world.database)
      const findings = proofs.flatMap((proof) =>
        proof.findings.map((finding) => ({
          id: `${proof.fund.ledger}.${finding.check}`,
          ok: false,
          detail: finding.detail,
        })),
      )
      const broken = seals.flatMap((proof) =>
        proof.findings.map(({ number, detail }) => ({
          id: `${proof.fund.ledger}.seal.${number}`,
          ok: false,
          detail,
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
      return accept({
        ok: findings.length === 0 && broken.length === 0,
        postings,
        headHash,
        checks: [...clean, ...findings, ...broken],
      })
    },
  }
}
