// 重新抽签: who has seen a draw must not be able to draw until it pleases. After a draw was entered and cancelled the pool is
// drawn again once, by somebody else than who cancelled it, for a reason that is public beside the first draw.
import { refuse, type Decision } from '@suanquan/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { RoundRow } from './view.ts'

/** The draw of a pool that was entered last, when it was cancelled: what a next round would draw again. */
export async function cancelledDraw(
  db: Kysely<Tables>,
  adoptionId: string,
  allotmentId: string | null,
): Promise<RoundRow | null> {
  const last = await db
    .selectFrom('funding_round')
    .selectAll()
    .where('adoption_id', '=', adoptionId)
    .where('allotment_id', allotmentId === null ? 'is' : '=', allotmentId)
    .where('rule', '=', 'lottery')
    .where('shown', 'is not', null)
    .orderBy('proposed_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return last?.state === 'cancelled' ? last : null
}

type Fault = 'round.redraw_reason_missing' | 'round.redraw_own_cancellation' | 'round.redrawn_already'

/** Why a pool cannot be drawn again by this person for this reason, or null. */
export function redrawFault(
  cancelled: RoundRow,
  { reason, personId }: { readonly reason: string; readonly personId: string },
): Extract<Decision<never, Fault>, { ok: false }> | null {
  const { number } = cancelled
  if (cancelled.redraw_of !== null) return refuse('round.redrawn_already', { number })
  if (cancelled.decided_by === personId) return refuse('round.redraw_own_cancellation', { number })
  return reason.trim() === '' ? refuse('round.redraw_reason_missing', { number }) : null
}
