// The same small city is set up once a run and cloned for each file that asks for it: its database as a template, its data
// folder (keys, files) as a copy. A run is one vitest; what a run left behind is swept away by a later one.
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { testCache, testDatabase, testPostgresVersion, type TestDatabase } from './test-database.ts'

export interface CityPlace {
  readonly store: TestDatabase
  readonly folder: string
}

/** Sources may change while a watching run lives, so only a run that ends keeps a city. */
export const citiesAreKept = process.env['VITEST'] !== undefined && process.env['VITEST_MODE'] !== 'WATCH'

const run = process.ppid
const cities = join(testCache, `cities-${testPostgresVersion()}`)

/**
 * A clone of the city that `grow` makes, which is called once a run for each description.
 * @param description whatever makes one city unlike another
 * @param grow sets up a city at an empty place, lets go of it, and says what to remember (as JSON)
 */
export async function clonedCity<Memory>(
  description: string,
  grow: (place: CityPlace) => Promise<Memory>,
  below: string,
): Promise<CityPlace & { readonly memory: Memory }> {
  const name = `city_${run}_${createHash('sha256').update(description).digest('hex').slice(0, 12)}`
  const kept = join(cities, name)
  await once(name, kept, async (unfinished) => {
    const store = await testDatabase()
    const memory = await grow({ store, folder: join(unfinished, 'data') })
    await store.keep(name)
    await writeFile(join(unfinished, 'memory.json'), JSON.stringify(memory))
  })
  const folder = await mkdtemp(join(below, 'suanquan-city-'))
  await cp(join(kept, 'data'), folder, { recursive: true })
  const store = await testDatabase(testPostgresVersion(), name)
  return { store, folder, memory: JSON.parse(await readFile(join(kept, 'memory.json'), 'utf8')) as Memory }
}

/** One process makes, the others wait for the finished folder to appear. */
async function once(name: string, kept: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${kept}.unfinished`
  await mkdir(cities, { recursive: true })
  const patience = Date.now() + 110_000
  while (!(await exists(kept))) {
    const mine = await mkdir(unfinished).then(
      () => true,
      () => false,
    )
    if (!mine) {
      if (Date.now() > patience)
        throw new Error(`${unfinished} is never finished: did the test that made it die?`)
      await wait(50)
      continue
    }
    try {
      await sweep(name)
      await mkdir(join(unfinished, 'data'))
      await make(unfinished)
      await rename(unfinished, kept)
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true })
      throw error
    }
  }
}

/** Folders of runs that have ended. Their databases go with the next test database. */
async function sweep(name: string): Promise<void> {
  for (const each of await readdir(cities)) {
    const pid = Number(/^city_(\d+)_/.exec(each)?.[1])
    if (each.startsWith(name) || isAlive(pid)) continue
    await rm(join(cities, each), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
