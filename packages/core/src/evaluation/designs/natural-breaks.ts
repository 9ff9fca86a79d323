// Breaks that nobody designed: the day the pool ran out separates applicants by chance of timing (de Blasio, Fantino
// and Pellegrini 2015), and the cap of a contract ends the marginal support. Both become data for the estimators.
import type { Instant } from '../../calendar/index.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import type { DiscontinuityData } from '../estimators/discontinuity.ts'

const DAY_MS = 86_400_000

/**
 * Applicants around the stop: running variable in days before it, so that those in time lie on the right.
 * @param applications moments of application and outcomes, of firms on both sides
 */
export function aroundTheStop(
  applications: readonly { readonly appliedAt: Instant; readonly outcome: number }[],
  stoppedAt: Instant,
): DiscontinuityData {
  return {
    outcome: Float64Array.from(applications, ({ outcome }) => outcome),
    running: Float64Array.from(applications, ({ appliedAt }) => (stoppedAt - appliedAt) / DAY_MS),
    cutoff: 0,
  }
}

/**
 * The contract amount at which a cap starts to bind, S* = K / r, and how the support's slope changes there (−r).
 * @param cap largest support of one contract, in yuan
 * @param rate support per yuan below the cap
 */
export function kinkOfCap(
  cap: number,
  rate: number,
): Decision<{ readonly contract: number; readonly slopeChange: number }, 'evaluation.bad_option'> {
  if (!(rate > 0 && rate <= 1)) return refuse('evaluation.bad_option', { option: 'rate', value: rate })
  if (!(cap > 0 && cap < Infinity)) return refuse('evaluation.bad_option', { option: 'cap', value: cap })
  return accept({ contract: cap / rate, slopeChange: -rate })
}
