// Time acts only here. A deadline is a date in a row; `tick` finds what is due at a moment and carries it out, each case
// in its own transaction, in a fixed order. Calling it twice, late or after a crash changes nothing but the delay. A job
// that fails leaves the others to do their work; what each did last is kept for the administrators.
import { dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import type { World } from '../http/world-options.ts'
import { endNotices } from './end-notices.ts'
import { expireVouchers } from './expire-vouchers.ts'
import { fundWaiting } from './fund-waiting.ts'
import { recordFailure, recordRun } from './job-state.ts'
import { lapseCorrections } from './lapse-corrections.ts'

export interface Ticked {
  readonly issued: number
  readonly lapsed: number
  readonly funded: number
  readonly expired: number
}

interface Job {
  readonly name: string
  readonly counts: keyof Ticked
  readonly run: (world: World, at: Instant, today: Day) => Promise<number>
}

/** In this order. */
const jobs: readonly Job[] = [
  { name: 'lapse_corrections', counts: 'lapsed', run: lapseCorrections },
  { name: 'end_notices', counts: 'issued', run: endNotices },
  { name: 'expire_vouchers', counts: 'expired', run: expireVouchers },
  { name: 'fund_waiting', counts: 'funded', run: fundWaiting },
]

/** @throws the first failure, once every job had its turn */
export async function tick(world: World, at: Instant): Promise<Ticked> {
  const ticked = { issued: 0, lapsed: 0, funded: 0, expired: 0 }
  const failures: unknown[] = []
  for (const { name, counts, run } of jobs) {
    try {
      ticked[counts] = await run(world, at, dayOf(at))
      await recordRun(world, { name, at, count: ticked[counts] })
    } catch (error) {
      failures.push(error)
      await recordFailure(world, { name, at, error })
    }
  }
  if (failures.length > 0) throw failures[0]
  world.lastTick.at = at
  return ticked
}
