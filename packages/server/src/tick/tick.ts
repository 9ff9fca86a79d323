// Time acts only here. A deadline is a date in a row; `tick` finds what is due at a moment and carries it out, each case
// in its own transaction, in a fixed order. Calling it twice, late or after a crash changes nothing but the delay.
import { dayOf, type Instant } from '@suanquan/core/calendar'
import type { World } from '../http/world-options.ts'
import { endNotices } from './end-notices.ts'
import { expireVouchers } from './expire-vouchers.ts'
import { fundWaiting } from './fund-waiting.ts'
import { lapseCorrections } from './lapse-corrections.ts'

export interface Ticked {
  readonly issued: number
  /** made payable without a voucher */
  readonly awarded: number
  readonly lapsed: number
  readonly funded: number
  readonly expired: number
}

export async function tick(world: World, at: Instant): Promise<Ticked> {
  const today = dayOf(at)
  const lapsed = await lapseCorrections(world, at, today)
  const { issued, awarded } = await endNotices(world, at, today)
  const expired = await expireVouchers(world, at, today)
  const funded = await fundWaiting(world, at)
  world.lastTick.at = at
  return { issued, awarded, lapsed, funded, expired }
}
