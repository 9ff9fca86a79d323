import { dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { loadContract } from '../metering/index.ts'
import type { InForce } from '../policy/index.ts'
import { type ClaimRow, drawnClaim, loadVoucher } from './load.ts'
import type { ClaimInput } from './match.ts'

/** A stored claim as it is matched again. What a deduction drew stays in its own year, whenever it is decided. */
export async function inputOf(
  tx: Transaction<Tables>,
  row: ClaimRow,
  inForce: InForce,
  now: { readonly at: Instant; readonly today: Day },
): Promise<ClaimInput> {
  const voucher = (await loadVoucher(tx, row.voucher_id!))!
  const submittedOn = dayOf(row.submitted_at)
  const deducted = row.deducted_fen !== null
  return {
    body: row.body,
    voucher,
    contract: await loadContract(tx, row.contract_id!),
    inForce,
    at: now.at,
    today: deducted ? submittedOn : now.today,
    submittedOn,
    claimedOn: row.claimed_at === null ? submittedOn : dayOf(row.claimed_at),
    stage: 'claim',
    deductedFen: row.deducted_fen ?? 0n,
    except: { claimId: row.id, drawn: await drawnClaim(tx, inForce, row) },
  }
}
