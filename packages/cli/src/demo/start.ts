// `npm start`: the demo city in a browser. The portal opens at once; on the first start the year passes behind it until
// a day in autumn on which everybody has something to do, and from then on time runs as outside.
import { buildCity } from '@suanquan/city'
import { startOf, type Day } from '@suanquan/core/calendar'
import { startPostgres, type DemoAccount, type RunningServer } from '@suanquan/server'
import { join } from 'node:path'
import { demoClock, type DemoClock } from './clock.ts'
import { isEmptyFolder, prepareFolder, notADemo, readMarker, writeMarker, type Marker } from './folder.ts'
import { tranchesFor } from './finance.ts'
import { demoIds, type DemoIds } from './ids.ts'
import { withQuickCommits } from './quick-commits.ts'
import { startDemoServer } from './server.ts'
import { prepareShowcase } from './showcase.ts'
import { beginYear, FIRST_DAY, liveThrough, tick } from './year.ts'

/** Lived whole; the portal opens on the morning after. */
const LAST_LOADED: Day = '2024-11-12'
const OPENING: Day = '2024-11-13'

const MINUTE = 60_000

export interface StartOptions {
  readonly folder: string
  readonly seed: number | string
  readonly port: number
  readonly firms?: number
  /** the portal answers; `loaded` is false when the year is still to pass */
  readonly onOpen: (url: string, loaded: boolean) => void
  readonly onDay: (day: Day, last: Day) => void
  readonly onReady: (url: string, accounts: readonly DemoAccount[]) => void
}

/** @returns how to end it */
export async function startDemo(options: StartOptions): Promise<() => Promise<void>> {
  const { folder, seed } = options
  const before = readMarker(folder)
  if (before === null && !isEmptyFolder(folder)) throw notADemo(folder)
  const loaded = before?.state === 'loaded' ? before : null
  if (loaded === null) {
    await prepareFolder(folder)
    writeMarker(folder, { state: 'loading', seed, at: startOf(FIRST_DAY), accounts: [] })
  }
  const postgres = await startPostgres({ folder: join(folder, 'postgres') })
  const { socketFolder: host, port, user } = postgres
  const clock = demoClock(loaded?.at ?? startOf(FIRST_DAY))
  const ids = demoIds(seed, clock.now)
  const accounts: DemoAccount[] = [...(loaded?.accounts ?? [])]
  const address = { host, port, user, database: 'postgres' }
  let server: RunningServer
  try {
    server = await startDemoServer({
      address,
      dataFolder: folder,
      clock,
      newId: ids.next,
      port: options.port,
      accounts,
    })
  } catch (error) {
    await postgres.stop()
    throw error
  }
  const end = async (): Promise<void> => {
    await server.stop()
    await postgres.stop()
  }
  try {
    options.onOpen(server.url, loaded !== null)
    if (loaded === null)
      accounts.push(...(await withQuickCommits(address, () => load(options, { server, clock }))))
    const stopTicking = letTimeRun({ server, clock, ids }, (at) =>
      writeMarker(folder, { state: 'loaded', seed: loaded?.seed ?? seed, at, accounts } satisfies Marker),
    )
    options.onReady(server.url, accounts)
    return async () => {
      stopTicking()
      await end()
    }
  } catch (error) {
    await end()
    throw error
  }
}

interface Running {
  readonly server: RunningServer
  readonly clock: DemoClock
}

async function load({ seed, firms, onDay }: StartOptions, running: Running): Promise<DemoAccount[]> {
  const city = buildCity(seed, firms === undefined ? {} : { firms })
  const demo = await beginYear({ ...running, city, tranches: tranchesFor(city.firms.length) })
  await liveThrough(demo, { to: LAST_LOADED, onDay: (day) => onDay(day, LAST_LOADED) })
  running.clock.moveTo(OPENING, 0, 5)
  await tick(demo)
  running.clock.moveTo(OPENING, 8, 40)
  return prepareShowcase(demo)
}

/** Each minute what is due is done and the time is noted, so that the next start goes on from there. */
function letTimeRun(running: Running & { readonly ids: DemoIds }, note: (at: number) => void): () => void {
  const { server, clock, ids } = running
  ids.becomeRandom()
  clock.run()
  note(clock.now())
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    server
      .tick(clock.now())
      .then(() => note(clock.now()))
      .catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
      .finally(() => (busy = false))
  }, MINUTE)
  return () => {
    clearInterval(timer)
    note(clock.now())
  }
}
