// `suanquan demo --once`: a whole programme year on a fresh database, then its proofs.
import { buildCity, CITY, type CityOptions } from '@suanquan/city'
import { addDays, startOf, type Day } from '@suanquan/core/calendar'
import {
  startServer,
  type Address,
  type DemoAccount,
  type RunningServer,
  type ServerOptions,
  type Site,
} from '@suanquan/server'
import { demoClock, type DemoClock } from './clock.ts'
import type { Demo } from './demo.ts'
import { tranchesFor, type Tranche } from './finance.ts'
import { seededIds } from './ids.ts'
import { proveBooks, type Books } from './proofs.ts'
import { beginYear, FIRST_DAY, LAST_DAY, liveThrough } from './year.ts'

export const demoSite: Site = {
  name: { zh: '示例市算力券', en: 'Demo City compute vouchers' },
  jurisdiction: CITY,
  contact: '示例市经济和信息化局（演示） 0990-5550100',
}

export interface YearOptions {
  readonly seed: number | string
  readonly address: Address
  readonly dataFolder: string
  readonly city?: CityOptions
  readonly tranches?: readonly Tranche[]
  /** the last day that is lived */
  readonly to?: Day
  readonly onDay?: (day: Day) => void
}

export interface Lived {
  readonly demo: Demo
  readonly server: RunningServer
}

/** Lives the year on a server of its own; who calls it stops the server. */
export async function liveYear(options: YearOptions): Promise<Lived> {
  const city = buildCity(options.seed, options.city)
  const clock = demoClock(FIRST_DAY)
  const server = await startDemoServer(options, clock, {
    newId: seededIds(options.seed, clock.now),
    tickEveryMs: 0,
  })
  try {
    const tranches = options.tranches ?? tranchesFor(city.firms.length)
    const demo = await beginYear({ city, clock, server, tranches })
    const days = { from: addDays(FIRST_DAY, 4), to: options.to ?? LAST_DAY }
    await liveThrough(demo, days, options.onDay)
    return { demo, server }
  } catch (error) {
    await server.stop()
    throw error
  }
}

export interface Place {
  readonly address: Address
  readonly dataFolder: string
}

export function startDemoServer(
  { address, dataFolder }: Place,
  clock: Pick<DemoClock, 'now'>,
  options: Partial<ServerOptions> & { readonly demoAccounts?: readonly DemoAccount[] },
): Promise<RunningServer> {
  return startServer({
    address,
    dataFolder,
    site: demoSite,
    clock: clock.now,
    requestsPerMinute: 0,
    ...options,
  })
}

/** The year with its proofs; the server is stopped. */
export async function liveAndProve(
  options: YearOptions,
): Promise<{ readonly demo: Demo; readonly books: Books }> {
  const { demo, server } = await liveYear(options)
  try {
    return { demo, books: await proveBooks(demo) }
  } finally {
    await server.stop()
  }
}

export function yearDays(): number {
  return Math.round((startOf(LAST_DAY) - startOf(FIRST_DAY)) / 86_400_000)
}
