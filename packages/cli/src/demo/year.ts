// The programme year of the demo city, day by day: everything is planned, then time passes.
import type { City } from '@suanquan/city'
import { addDays, type Day } from '@suanquan/core/calendar'
import type { RunningServer } from '@suanquan/server'
import { planAdvances } from './advance.ts'
import { openAgenda } from './agenda.ts'
import { planApplications } from './apply.ts'
import type { DemoClock } from './clock.ts'
import { count, type Demo } from './demo.ts'
import { planDeductions } from './deduct.ts'
import { planBatches, planTranches, type Tranche } from './finance.ts'
import { planImports } from './metering.ts'
import { planDecision, planNotices } from './review.ts'
import { planSweep } from './sweep.ts'
import { openOffice } from './set-up.ts'

export const FIRST_DAY: Day = '2024-01-02'
/** claims end on 31 March 2025; the last of them are paid in May */
export const LAST_DAY: Day = '2025-05-30'

export interface Plot {
  readonly city: City
  readonly clock: DemoClock
  readonly server: RunningServer
  readonly tranches: readonly Tranche[]
}

export async function beginYear(plot: Plot): Promise<Demo> {
  const { city, clock, server } = plot
  let keys = 0
  const newKey = (): string => `demo-${city.seed}-${++keys}`
  const opened = await openOffice({ city, clock, server, newKey })
  const agenda = openAgenda()
  const demo: Demo = {
    ...opened,
    city,
    clock,
    server,
    agenda,
    newKey,
    events: new Map(),
    imported: new Map(),
  }
  planTranches(demo, plot.tranches)
  planApplications(demo, (each) => planDecision(demo, each))
  planNotices(demo, LAST_DAY)
  planImports(demo)
  planDeductions(demo)
  planAdvances(demo)
  planSweep(demo)
  planBatches(demo, LAST_DAY)
  return demo
}

export interface Days {
  readonly to: Day
  readonly onDay?: (day: Day) => void
}

/** Lives every day from the first after the office opened; `to` is included. */
export async function liveThrough(demo: Demo, { to, onDay }: Days): Promise<void> {
  for (let day = addDays(FIRST_DAY, 4); day <= to; day = addDays(day, 1)) {
    await demo.agenda.runDay(day, demo.clock, () => tick(demo))
    onDay?.(day)
  }
}

export async function tick(demo: Demo): Promise<void> {
  const { issued, awarded, lapsed, unanswered, funded, expired } = await demo.server.tick(demo.clock.now())
  count(demo, 'issued', issued)
  count(demo, 'awarded', awarded)
  count(demo, 'lapsed', lapsed)
  count(demo, 'automatic/unanswered', unanswered)
  count(demo, 'funded', funded)
  count(demo, 'expired', expired)
}
