// Time acts only here. A deadline is a date in a row; `tick` finds what is due at a moment and carries it out, each case
// in its own transaction, in a fixed order. Calling it twice, late or after a crash changes nothing but the delay. A job
// that fails leaves the others to do their work; what each did last is kept for the administrators.
import { dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import type { World } from '../http/world-options.ts'
import { lapseHearings, remindDebtors } from './clawbacks.ts'
import { endNotices } from './end-notices.ts'
import { endOffers } from './end-offers.ts'
import { expireVouchers } from './expire-vouchers.ts'
import { fundWaiting } from './fund-waiting.ts'
import { lapseProjects, remindProjects } from './projects.ts'
import { recordFailure, recordRun } from './job-state.ts'
import { ARCHIVE_JOB, keepArchive } from './keep-archive.ts'
import { lapseCorrections } from './lapse-corrections.ts'
import { releaseHolds } from './release-holds.ts'
import { returnRests } from './return-rests.ts'
import { closePeriods, tellSilence } from './usage.ts'
import { deliver, remind } from '../modules/message/index.ts'
import { sealJournal } from '../modules/seal/index.ts'

export interface Ticked {
  readonly issued: number
  /** made payable without a voucher */
  readonly awarded: number
  /** projects whose agreement is to be signed */
  readonly started: number
  /** projects that were not signed for, or not filed for, in time */
  readonly projectsLapsed: number
  readonly lapsed: number
  /** offers whose time to answer is over */
  readonly unanswered: number
  readonly funded: number
  /** rounds that gave back what remained in their pools */
  readonly restsReturned: number
  /** claims whose hold ended undecided */
  readonly fellBack: number
  readonly expired: number
  /** hearings that nobody answered in time */
  readonly heard: number
  /** months of use that were closed because nothing of them was open */
  readonly periodsClosed: number
  /** feeds that have been silent for a day */
  readonly silent: number
  /** people reminded of a deadline */
  readonly reminded: number
  /** messages that left by mail, SMS or 企业微信 */
  readonly sent: number
  /** seals of the journal that were made */
  readonly sealed: number
  /** closed cases that were archived */
  readonly archived: number
}

interface Job {
  readonly name: string
  readonly run: (world: World, at: Instant, today: Day) => Promise<Partial<Ticked>>
}

/** In this order. */
const jobs: readonly Job[] = [
  { name: 'lapse_corrections', run: async (...now) => ({ lapsed: await lapseCorrections(...now) }) },
  { name: 'end_offers', run: async (...now) => ({ unanswered: await endOffers(...now) }) },
  { name: 'lapse_hearings', run: async (...now) => ({ heard: await lapseHearings(...now) }) },
  { name: 'end_notices', run: endNotices },
  { name: 'release_holds', run: async (...now) => ({ fellBack: await releaseHolds(...now) }) },
  { name: 'lapse_projects', run: async (...now) => ({ projectsLapsed: await lapseProjects(...now) }) },
  { name: 'expire_vouchers', run: async (...now) => ({ expired: await expireVouchers(...now) }) },
  {
    name: 'fund_waiting',
    run: async (world, at) => {
      const funded = await fundWaiting(world, at)
      return { funded, restsReturned: await returnRests(world, at) }
    },
  },
  {
    name: 'close_usage_periods',
    run: async (world, at) => ({ periodsClosed: await closePeriods(world, at) }),
  },
  { name: 'tell_silence', run: async (world, at) => ({ silent: await tellSilence(world, at) }) },
  {
    name: 'remind',
    run: async (...now) => ({
      reminded: (await remind(...now)) + (await remindDebtors(...now)) + (await remindProjects(...now)),
    }),
  },
  { name: 'deliver', run: async (world, at) => ({ sent: await deliver(world, at) }) },
  { name: 'seal_journal', run: async (world, at) => ({ sealed: await sealJournal(world, at) }) },
  { name: ARCHIVE_JOB, run: async (...now) => ({ archived: await keepArchive(...now) }) },
]

const NOTHING: Ticked = {
  issued: 0,
  awarded: 0,
  started: 0,
  projectsLapsed: 0,
  lapsed: 0,
  unanswered: 0,
  funded: 0,
  restsReturned: 0,
  fellBack: 0,
  expired: 0,
  heard: 0,
  periodsClosed: 0,
  silent: 0,
  reminded: 0,
  sent: 0,
  sealed: 0,
  archived: 0,
}

/** @throws the first failure, once every job had its turn */
export async function tick(world: World, at: Instant): Promise<Ticked> {
  let ticked: Ticked = { ...NOTHING }
  const failures: unknown[] = []
  for (const { name, run } of jobs) {
    try {
      const done = await run(world, at, dayOf(at))
      ticked = { ...ticked, ...done }
      world.crash('job.ran')
      await recordRun(world, { name, at, count: Object.values(done).reduce((sum, each) => sum + each, 0) })
    } catch (error) {
      failures.push(error)
      await recordFailure(world, { name, at, error })
    }
  }
  if (failures.length > 0) throw failures[0]
  world.lastTick.at = at
  return ticked
}
