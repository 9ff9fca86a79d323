// A claim that rests on use which is told otherwise afterwards: finance and the reviewers are told, with the amount and the
// lines, and decide. Nothing is netted against another month by itself.
import type { Instant } from '@suanquan/core/calendar'
import { noLongerProven, type BookedLine } from '@suanquan/core/metering'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { tell } from '../message/index.ts'
import { claimsOn, type LivingClaim } from './booked-lines.ts'
import type { ContractRow } from './contracts.ts'

const MOST_LINES = 50

interface Rated {
  readonly contract: ContractRow
  readonly lines: readonly BookedLine[]
  readonly at: Instant
}

export async function raiseUnproven(
  tx: Transaction<Tables>,
  newId: () => string,
  { contract, lines, at }: Rated,
): Promise<void> {
  for (const claim of await claimsOn(tx, contract.id)) {
    const missing = noLongerProven(lines, claim)
    const last = await tx
      .selectFrom('usage_alert')
      .select(['id', 'amount_fen', 'settled_at'])
      .where('claim_id', '=', claim.id)
      .orderBy('raised_at', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    // what people have settled comes back only when more is missing
    if (missing <= (last?.settled_at == null ? 0n : last.amount_fen!)) continue
    const evidence = JSON.stringify(evidenceOf(claim, contract, lines))
    if (last !== undefined && last.settled_at === null) {
      if (last.amount_fen !== missing)
        await tx
          .updateTable('usage_alert')
          .set({ amount_fen: missing, evidence })
          .where('id', '=', last.id)
          .execute()
      continue
    }
    const id = newId()
    const { jurisdiction, district, provider_id } = contract
    await tx
      .insertInto('usage_alert')
      .values({
        id,
        jurisdiction,
        district,
        provider_id,
        kind: 'claimed_use_corrected',
        claim_id: claim.id,
        organisation_id: claim.organisationId,
        amount_fen: missing,
        evidence,
        raised_at: timestamp(at),
      })
      .execute()
    const told = { cause: `usage_alert ${id}`, about: 'claim' as const, aboutId: claim.id }
    const params = { amountFen: missing.toString() }
    tell(tx, { ...told, params, kind: 'claimed_use_corrected' })
    tell(tx, { ...told, params, kind: 'claimed_use_corrected_finance' })
  }
}

function evidenceOf(claim: LivingClaim, contract: ContractRow, lines: readonly BookedLine[]): object {
  const within = (moment: Instant | null): boolean =>
    moment !== null && moment >= claim.fromAt && moment < claim.untilAt
  const corrections = lines.filter(({ correctsAt }) => within(correctsAt))
  return {
    claimNumber: claim.number,
    claimState: claim.state,
    contractNumber: contract.number,
    baseFen: claim.baseFen.toString(),
    corrections: corrections.slice(0, MOST_LINES).map((line) => ({
      record: line.recordKey,
      month: line.month,
      booking: line.booking,
      seconds: line.seconds,
      amountFen: line.amountFen.toString(),
    })),
  }
}
