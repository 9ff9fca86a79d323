// A programme year on a server of its own, headless, then its proofs.
import { buildCity, type CityOptions } from '@suanquan/city'
import { startOf, type Day } from '@suanquan/core/calendar'
import type { Address } from '@suanquan/server'
import { demoClock } from './clock.ts'
import type { Demo } from './demo.ts'
import { tranchesFor, type Tranche } from './finance.ts'
import { demoIds } from './ids.ts'
import { proveBooks, type Books } from './proofs.ts'
import { startDemoServer } from './server.ts'
import { beginYear, FIRST_DAY, LAST_DAY, liveThrough } from './year.ts'

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

export interface ProvedYear {
  readonly demo: Demo
  readonly books: Books
}

export async function liveAndProve(options: YearOptions): Promise<ProvedYear> {
  const { seed, address, dataFolder, onDay } = options
  const city = buildCity(seed, options.city)
  const clock = demoClock(startOf(FIRST_DAY))
  const server = await startDemoServer({ address, dataFolder, clock, newId: demoIds(seed, clock.now).next })
  try {
    const tranches = options.tranches ?? tranchesFor(city.firms.length)
    const demo = await beginYear({ city, clock, server, tranches })
    await liveThrough(demo, { to: options.to ?? LAST_DAY, ...(onDay === undefined ? {} : { onDay }) })
    return { demo, books: await proveBooks(demo) }
  } finally {
    await server.stop()
  }
}
