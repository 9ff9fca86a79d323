// The server killed, the database killed, the network torn and the server dead at every named point, under load: whatever
// was acknowledged is there once, nothing else is, the books are proved and every decision replays. Clients ask again under
// the same key. Quick: a few faults; SUANQUAN_FULL=1: more than two hundred. Says how long it took until an act was
// acknowledged again.
import { seededRandom } from '@suanquan/core'
import { faultyCity, serverProgram, type ServerProgram } from '@suanquan/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashPoints, type CrashPoint } from './crash-points.ts'

const FULL = process.env['SUANQUAN_FULL'] === '1'
const SEED = process.env['SUANQUAN_SEED'] ?? 'faults'
/** Dying between these two is what random kills do not find. */
const QUICK: readonly CrashPoint[] = ['command.posted', 'command.committed', 'tick.posted', 'outbox.sent']
/** Each round has every fault once. */
const ROUNDS = FULL ? 14 : 1
const GRANT_ROUNDS = FULL ? 6 : 1
const CLIENTS = 6

let program: ServerProgram
beforeAll(async () => void (program = await serverProgram()))
afterAll(() => program.remove())

const points = (of: string): CrashPoint[] =>
  (Object.keys(crashPoints) as CrashPoint[]).filter(
    (point) => point.startsWith(`${of}.`) && (FULL || QUICK.includes(point)),
  )

test('whatever breaks, nothing acknowledged is lost or doubled', async () => {
  const random = seededRandom(SEED)
  const world = await faultyCity(program.path)
  const { server, front, back, load } = world
  const times = new Map<string, number[]>()
  const suffer = async (name: string, fault: () => unknown): Promise<void> => {
    await load.progress(FULL ? 2 : 1)
    const down = await fault()
    const first = await load.progress(1)
    times.set(name, [...(times.get(name) ?? []), (typeof down === 'number' ? down : 0) + first])
  }
  const faults: Record<string, () => unknown> = {
    'kill -9 of the server': server.kill,
    'kill -9 of PostgreSQL': world.killPostgres,
    'connections to the server reset': front.reset,
    'connections to the database reset': back.reset,
    ...Object.fromEntries(
      points('command').map((point) => [`death at ${point}`, () => server.crashAt(point, 1 + random.int(4))]),
    ),
    ...(FULL ? { 'connections to the server fall silent': front.silence } : {}),
  }
  try {
    load.start(CLIENTS)
    for (let round = 0; round < ROUNDS; round++) {
      const late = FULL && round % 3 === 2 ? 20 : 0
      for (const network of [front, back]) network.delay(late)
      for (const [name, fault] of Object.entries(faults)) await suffer(name, fault)
    }
    await load.stop()
    expect(await load.differences()).toEqual([])

    await world.announceAll()
    for (let round = 0; round < GRANT_ROUNDS; round++) {
      for (const point of [...points('tick'), ...points('outbox'), ...points('job')]) {
        const died = await server.tick(point, 1 + random.int(2))
        if (died) times.set(`death at ${point}`, [...(times.get(`death at ${point}`) ?? []), 0])
      }
    }
    for (const point of points('tick')) expect(times.has(`death at ${point}`)).toBe(true)
    await world.settled()
    expect(await world.differences()).toEqual([])
  } finally {
    await load.stop().catch(() => undefined)
    await world.stop()
  }
  report(times, load.counts())
}, 1_200_000)

function report(times: ReadonlyMap<string, readonly number[]>, counts: Record<string, number>): void {
  const lines = [...times].map(([name, taken]) => {
    const sorted = taken.toSorted((left, right) => left - right)
    const range = sorted.at(-1) === 0 ? '' : `: ${sorted[sorted.length >> 1]} ms, at most ${sorted.at(-1)} ms`
    return `  ${taken.length} × ${name}${range}`
  })
  const all = [...times.values()].reduce((sum, taken) => sum + taken.length, 0)
  process.stdout.write(
    `${all} faults (seed ${SEED}), until an act was acknowledged again:\n${lines.join('\n')}\n` +
      `${counts['cases']} cases, ${counts['acts']} acts acknowledged once, ${counts['retries']} asked again\n`,
  )
}
