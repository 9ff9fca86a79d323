// The server killed, the database killed, replaced, cut off and frozen, networks torn, requests delivered three times and
// the server dead at every named point, under load: whatever was acknowledged is there once, nothing else is, the books and
// seals are proved and every decision replays. Clients ask again under the same key. Quick: a few faults on one PostgreSQL;
// SUANQUAN_FULL=1: more than two hundred, on three machines under Patroni where the system has it. Says how long it took
// until an act that was begun after the fault was acknowledged.
import { seededRandom, type Random } from '@suanquan/core'
import {
  faultyCity,
  patroniPrograms,
  patroniStore,
  serverProgram,
  type Broken,
  type FaultyCity,
  type ServerProgram,
} from '@suanquan/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashPoints, type CrashPoint } from './crash-points.ts'

const FULL = process.env['SUANQUAN_FULL'] === '1'
const SEED = process.env['SUANQUAN_SEED'] ?? 'faults'
/** Dying between these two is what random kills do not find. */
const QUICK: readonly string[] = [
  ...['kill -9 of the server', 'kill -9 of PostgreSQL', 'an act delivered three times'],
  ...['connections to the server reset', 'connections to the database reset'],
  ...['command.posted', 'command.committed', 'tick.posted', 'outbox.sent', 'seal.signed'],
]
/** Each round has every fault once, but of what befalls whole machines only some. */
const ROUNDS = FULL ? 12 : 1
const OF_MACHINES = /machine|standby|etcd|switchover/
const OF_MACHINES_A_ROUND = 2
const GRANT_ROUNDS = FULL ? 6 : 1
const CLIENTS = 6

const programs = FULL ? patroniPrograms() : { missing: 'SUANQUAN_FULL=1 asks for it' }
const on = 'missing' in programs ? `one PostgreSQL: ${programs.missing}` : 'three machines under Patroni'

let program: ServerProgram
beforeAll(async () => void (program = await serverProgram()))
afterAll(() => program.remove())

type Times = Map<string, number[]>

const points = (...of: readonly string[]): CrashPoint[] =>
  (Object.keys(crashPoints) as CrashPoint[]).filter(
    (point) => of.includes(point.split('.')[0]!) && (FULL || QUICK.includes(point)),
  )

test(`whatever breaks, nothing acknowledged is lost or doubled (${on})`, async () => {
  const random = seededRandom(SEED)
  const store = 'missing' in programs ? undefined : await patroniStore(programs)
  const world = await faultyCity(program.path, store === undefined ? {} : { store })
  const times: Times = new Map()
  try {
    world.load.start(CLIENTS)
    for (let round = 0; round < ROUNDS; round++) {
      const late = FULL && round % 3 === 2 ? 20 : 0
      for (const network of [world.front, world.back]) network.delay(late)
      for (const [name, fault] of faultsOf(world, random, round)) await suffer(world, times, name, fault)
    }
    for (const network of [world.front, world.back]) network.delay(0)
    await world.load.stop()
    expect(await world.load.differences()).toEqual([])
    await dieInTicks(world, random, times)
    await world.settled()
    expect(await world.differences()).toEqual([])
  } finally {
    await world.load.stop().catch(() => undefined)
    await world.stop()
  }
  report(times, world)
}, 1_800_000)

type Fault = readonly [name: string, fault: () => Promise<Broken>]

function faultsOf({ faults, server }: FaultyCity, random: Random, round: number): Fault[] {
  const named = Object.entries(faults).filter(([name]) => FULL || QUICK.includes(name))
  const ofMachines = named.filter(([name]) => OF_MACHINES.test(name))
  const first = (round * OF_MACHINES_A_ROUND) % Math.max(1, ofMachines.length)
  const deaths = points('command').map((point): Fault => {
    const die = async (): Promise<Broken> => ({ downMs: await server.crashAt(point, 1 + random.int(4)) })
    return [`death at ${point}`, die]
  })
  return [
    ...named.filter(([name]) => !OF_MACHINES.test(name)),
    ...ofMachines.slice(first, first + OF_MACHINES_A_ROUND),
    ...deaths,
  ]
}

async function suffer({ load }: FaultyCity, times: Times, name: string, fault: Fault[1]): Promise<void> {
  await load.progress(FULL ? 2 : 1)
  const { downMs, mend } = await fault()
  const first = await load.progress(1)
  times.set(name, [...(times.get(name) ?? []), downMs + first])
  await mend?.()
}

/** Time acts while the server dies: vouchers, messages and seals. */
async function dieInTicks({ announceAll, server }: FaultyCity, random: Random, times: Times): Promise<void> {
  const die = async (point: CrashPoint, passes: number): Promise<void> => {
    const died = await server.tick(point, passes)
    if (died) times.set(`death at ${point}`, [...(times.get(`death at ${point}`) ?? []), 0])
  }
  for (const point of points('seal')) await die(point, 1)
  await announceAll()
  // a tick that does not die in them grants all there is to grant
  for (const groups of [['tick'], ['outbox', 'job', 'seal']])
    for (let round = 0; round < GRANT_ROUNDS; round++)
      for (const point of points(...groups))
        await die(point, point.startsWith('seal.') ? 1 : 1 + random.int(2))
  for (const point of points('tick', 'seal')) expect([...times.keys()]).toContain(`death at ${point}`)
}

function report(times: Times, { load }: FaultyCity): void {
  const summary = (taken: readonly number[]): string => {
    const sorted = taken.toSorted((left, right) => left - right)
    return sorted.at(-1) === 0 ? '' : `: ${sorted[sorted.length >> 1]} ms, at most ${sorted.at(-1)} ms`
  }
  const lines = [...times].map(([name, taken]) => `  ${taken.length} × ${name}${summary(taken)}`)
  const all = [...times.values()].flat()
  const { cases, acts, retries, repeated } = load.counts()
  process.stdout.write(
    `${all.length} faults on ${on} (seed ${SEED}), until an act begun after it was acknowledged` +
      `${summary(all.filter((each) => each > 0))}\n${lines.join('\n')}\n` +
      `${cases} cases, ${acts} acts acknowledged once, ${retries} asked again, ${repeated} delivered three times\n`,
  )
}
