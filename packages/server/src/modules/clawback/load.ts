// A clawback with its lines and what became of the debt, and the asker's right to it.
import type { Action } from '@suanquan/api'
import { accept, type Decision } from '@suanquan/core'
import type { ClawbackTerms, Source } from '@suanquan/core/voucher'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Asked, CommandContext, Person } from '../../http/world.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { type AdoptionBooks, booksOf, sourcesOfVoucher, voucherTerms } from '../ledger/index.ts'
import { loadVoucher } from '../settlement/index.ts'

export type ClawbackRow = Selectable<Tables['clawback']>
export type RecoveryRow = Selectable<Tables['clawback_recovery']>

/** States in which what was demanded still stands. */
export const STANDING = ['hearing', 'heard', 'owed', 'settled'] as const

export async function loadClawback(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<ClawbackRow | undefined> {
  let query = db.selectFrom('clawback').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return query.executeTakeFirst()
}

export type LockCode = 'request.not_found' | 'request.forbidden'

/** The clawback, locked, when the person may do this to it. */
export async function lockClawback(
  { params, person }: Pick<Asked<'answerClawback'>, 'params' | 'person'>,
  { tx, touch }: CommandContext,
  action: Action,
): Promise<Decision<ClawbackRow, LockCode>> {
  const row = await loadClawback(tx, params.id, 'lock')
  if (row === undefined) return notFound('clawback')
  touch({ kind: 'clawback', id: row.id, organisationId: row.organisation_id })
  if (!mayTouch(person, action, placeOf(row))) return outOfScope(action, 'clawback')
  return accept(row)
}

export function placeOf(row: ClawbackRow): {
  jurisdiction: string
  district: string
  organisationIds: string[]
} {
  const { jurisdiction, district } = row
  return { jurisdiction, district, organisationIds: [row.organisation_id, row.debtor_id] }
}

/** 回避: whoever acts for one of the parties, or declared a conflict, decides nothing about it. */
export async function mustAvoid(
  db: Kysely<Tables>,
  person: Person | null,
  row: ClawbackRow,
): Promise<boolean> {
  for (const party of new Set([row.organisation_id, row.debtor_id]))
    if (await mustStandAside(db, person, party, [row.application_id])) return true
  return false
}

export async function recoveriesOf(db: Kysely<Tables>, id: string): Promise<RecoveryRow[]> {
  return db
    .selectFrom('clawback_recovery')
    .selectAll()
    .where('clawback_id', '=', id)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
}

export interface Debt {
  /** by bank and set off */
  readonly recoveredFen: bigint
  readonly writtenOffFen: bigint
  readonly leftFen: bigint
}

export function debtOf(
  row: Pick<ClawbackRow, 'owed_fen' | 'state'>,
  recoveries: readonly RecoveryRow[],
): Debt {
  const sumOf = (...kinds: readonly RecoveryRow['kind'][]): bigint =>
    recoveries
      .filter(({ kind, state }) => state === 'recorded' && kinds.includes(kind))
      .reduce((sum, { amount_fen: fen }) => sum + fen, 0n)
  const [recoveredFen, writtenOffFen] = [sumOf('bank', 'set_off'), sumOf('write_off')]
  const leftFen = row.state === 'owed' ? (row.owed_fen ?? 0n) - recoveredFen - writtenOffFen : 0n
  return { recoveredFen, writtenOffFen, leftFen }
}

/** The pools that paid for the grant. */
export async function sourcesOf(
  db: Kysely<Tables>,
  adoption: AdoptionBooks,
  { application_id: id }: Pick<ClawbackRow, 'application_id'>,
): Promise<readonly Source[]> {
  const { approved_fen: amountFen } = await db
    .selectFrom('application')
    .select('approved_fen')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return sourcesOfVoucher(db, booksOf(adoption), { application_id: id, amount_fen: amountFen! })
}

/** As the books know it. */
export async function termsOf(
  db: Kysely<Tables>,
  adoption: AdoptionBooks,
  row: ClawbackRow,
  amounts: Pick<ClawbackTerms, 'revokedFen' | 'owedFen'>,
): Promise<ClawbackTerms> {
  const voucher = row.voucher_id === null ? undefined : await loadVoucher(db, row.voucher_id)
  return {
    sources: await sourcesOf(db, adoption, row),
    id: row.id,
    debt: { number: row.number, payee: row.debtor_credit_code, district: row.district },
    voucher: voucher === undefined ? null : voucherTerms(voucher),
    ...amounts,
  }
}

export interface PaidClaim {
  readonly claimId: string
  readonly number: string
  readonly payeeId: string
  readonly payeeName: string
  readonly payeeCreditCode: string
  /** paid or set off, and not demanded back yet */
  readonly leftFen: bigint
}

/** @param except a clawback whose own lines do not count */
export async function paidClaims(
  db: Kysely<Tables>,
  applicationId: string,
  except: string | null = null,
): Promise<PaidClaim[]> {
  const { rows } = await sql<PaidClaim>`
    select claim.id as "claimId", claim.number, payee_id as "payeeId", payee.name as "payeeName",
      payee_credit_code as "payeeCreditCode", (settled_fen - coalesce((select sum(line.amount_fen)
        from clawback_line line join clawback on clawback.id = line.clawback_id
        where line.claim_id = claim.id and clawback.state = any(${[...STANDING]}::text[])
          and clawback.id is distinct from ${except}::uuid), 0))::bigint as "leftFen"
    from claim join organisation payee on payee.id = claim.payee_id
    where claim.application_id = ${applicationId}::uuid and settled_fen > 0 order by claim.number`.execute(db)
  return rows
}

/** Claims that are decided, reversed, paid or corrected before anything is taken back. */
export async function openClaims(db: Kysely<Tables>, applicationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('claim')
    .select('number')
    .where('application_id', '=', applicationId)
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['deducted', 'submitted', 'appealed', 'approved', 'batched']),
        eb.exists(
          eb
            .selectFrom('rectification')
            .select('id')
            .whereRef('claim_id', '=', 'claim.id')
            .where('state', 'in', ['proposed', 'returning']),
        ),
      ]),
    )
    .orderBy('number')
    .execute()
  return rows.map(({ number }) => number)
}
