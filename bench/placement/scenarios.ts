// What OpenB cannot test, as scenarios of our own: every number here is synthetic and stated. Ours against first-fit,
// best-fit and greedy-by-price on the same seeded arrivals.
import { seededRandom, type Random } from '@suanquan/core'
import {
  boundProgramme,
  createLeaseBook,
  createPlacer,
  placeGang,
  requestedMilliOf,
  type Demand,
  type LeaseRequest,
  type NodeSpec,
  type Placer,
  type Strategy,
  type TaskSpec,
} from '@suanquan/core/placement'
import { optimum } from '../../packages/cli/src/linear-programme.ts'

export const rivals = [
  'firstfit',
  'bestfit',
  'cheapest',
  'fgd',
  'priced',
] as const satisfies readonly Strategy[]
const seeds = [1, 2, 3, 4, 5, 6, 7, 8]

export interface ScenarioLine {
  readonly scenario: string
  readonly measure: string
  readonly results: Readonly<Record<string, number>>
}

/** Four centres: H800; 910B; A800 beside partitioned A100; T4 and L20. */
const centres: readonly (readonly [number, NodeSpec])[] = [
  [24, site('east', 'H800', { devices: 8, cores: 128, price: 900n, securityClass: 3 })],
  [36, site('west', '910B', { devices: 8, cores: 192, price: 500n, securityClass: 1 })],
  [20, site('north', 'A800', { devices: 8, cores: 96, price: 600n, securityClass: 2 })],
  [
    6,
    {
      ...site('north', 'A100-80G', { devices: 8, cores: 128, price: 560n, securityClass: 2 }),
      migLayout: 'A100-80GB',
    },
  ],
  [60, site('edge', 'T4', { devices: 2, cores: 96, price: 80n, securityClass: 0 })],
  [20, site('edge', 'L20', { devices: 4, cores: 48, price: 180n, securityClass: 0 })],
]

interface Server {
  readonly devices: number
  readonly cores: number
  readonly price: bigint
  readonly securityClass: number
}

function site(centre: string, chip: string, { devices, cores, price, securityClass }: Server): NodeSpec {
  return {
    id: '',
    centre,
    provider: `operator of ${centre}`,
    chip,
    devices,
    cpuMilli: cores * 1000,
    memoryMib: cores * 8192,
    deviceMemoryMib: chip === 'T4' ? 16_000 : chip === 'L20' ? 48_000 : 80_000,
    securityClass,
    priceFenPerDeviceHour: price,
  }
}

const allNodes = centres.flatMap(([count, node]) =>
  Array.from({ length: count }, (_, index) => ({ ...node, id: `${node.centre}-${node.chip}-${index}` })),
)

/** A third may use one chip only, the rest two to four; slower chips count by their efficiency. */
function chipsOf(random: Random): TaskSpec['chips'] {
  const all = [
    { chip: 'H800', efficiencyMilli: 1000 },
    { chip: 'A800', efficiencyMilli: 450 },
    { chip: 'A100-80G', efficiencyMilli: 450 },
    { chip: '910B', efficiencyMilli: 400 },
    { chip: 'L20', efficiencyMilli: 200 },
    { chip: 'T4', efficiencyMilli: 100 },
  ]
  const draw = random.next()
  if (draw < 0.2) return all.slice(0, 1)
  if (draw < 0.33) return all.slice(3, 4)
  if (draw < 0.66) return all.slice(0, 3)
  return draw < 0.85 ? all.slice(0, 4) : all
}

function taskOf(id: string, random: Random): TaskSpec {
  const draw = random.next()
  const sharing = draw < 0.45
  const devices = sharing ? 1 : draw < 0.75 ? 1 : draw < 0.88 ? 2 : 4
  const deviceMilli = sharing ? random.pick([50, 100, 100, 150, 200, 250, 300]) : 1000
  const securityClass = random.pick([0, 0, 0, 1, 1, 2])
  return {
    id,
    cpuMilli: 1000 * Math.max(1, Math.round((devices * deviceMilli * random.pick([4, 8, 12, 20])) / 1000)),
    memoryMib: 4096 * (1 + random.int(8)),
    devices,
    deviceMilli,
    securityClass,
    chips: chipsOf(random)!,
    ...(sharing && random.next() < 0.6
      ? { migProfiles: [random.pick(['1g.10gb', '2g.20gb', '3g.40gb'])] }
      : {}),
  }
}

function placerFor(
  nodes: readonly NodeSpec[],
  strategy: Strategy,
  seed: number,
  history: readonly TaskSpec[],
): Placer {
  const made = createPlacer(nodes, { strategy, seed, history })
  if (!made.ok) throw new Error(made.refusal.code)
  return made.value
}

/** Tasks and gangs arrive until they ask for 1.1 times what the four centres can do; nothing leaves. */
export async function fourCentres(): Promise<ScenarioLine[]> {
  const served: Record<string, number> = {}
  const gangsServed: Record<string, number> = {}
  for (const strategy of rivals) {
    let [asked, done, gangs, whole, bound] = [0, 0, 0, 0, 0]
    for (const seed of seeds) {
      const random = seededRandom(`four centres/${seed}`)
      const history = Array.from({ length: 2000 }, (_, index) => taskOf(`h${index}`, random))
      const placer = placerFor(allNodes, strategy, seed, history)
      const target = asked + 480_000
      const arrived = new Map<Demand, number>()
      const arrives = (task: TaskSpec): void => {
        const demand = placer.demandOf(task)
        arrived.set(demand, (arrived.get(demand) ?? 0) + 1)
        asked += requestedMilliOf(task)
      }
      for (let index = 0; ; index++) {
        if (asked >= target) break
        const task = taskOf(`t${index}`, random)
        if (random.next() > 0.03) {
          arrives(task)
          if (placer.place(task).ok) done += requestedMilliOf(task)
          continue
        }
        const size = random.pick([2, 2, 3, 4])
        const member = { ...task, devices: 4, deviceMilli: 1000, migProfiles: [] }
        const members = Array.from({ length: size }, (_, each) => ({ ...member, id: `g${index}-${each}` }))
        const work = size * requestedMilliOf(member)
        for (const each of members) arrives(each)
        gangs++
        if (!placeGang(placer, { id: `g${index}`, members }).ok) continue
        done += work
        whole++
      }
      if (strategy !== 'priced') continue
      const weighted = [...arrived].map(([demand, weight]) => ({ demand, weight }))
      bound += (await optimum(boundProgramme(placer.fleet, weighted))) ?? Number.NaN
    }
    served[strategy] = (100 * done) / asked
    gangsServed[strategy] = (100 * whole) / gangs
    if (bound > 0) served['bound'] = (100 * bound) / asked
  }
  return [
    { scenario: 'four centres, chip sets, classes', measure: 'work served, %', results: served },
    { scenario: 'four centres, chip sets, classes', measure: 'gangs served whole, %', results: gangsServed },
  ]
}

/** 60 partitioned devices; slices come and go at 1.05 times what fits, 12,000 arrivals. */
export function partitions(): ScenarioLine[] {
  const profiles = [
    '1g.10gb',
    '1g.10gb',
    '1g.10gb',
    '2g.20gb',
    '2g.20gb',
    '3g.40gb',
    '3g.40gb',
    '4g.40gb',
    '7g.80gb',
  ]
  const slices: Readonly<Record<string, number>> = {
    '1g.10gb': 1,
    '2g.20gb': 2,
    '3g.40gb': 4,
    '4g.40gb': 4,
    '7g.80gb': 8,
  }
  const meanSlices = profiles.reduce((sum, name) => sum + slices[name]!, 0) / profiles.length
  const nodes = Array.from({ length: 15 }, (_, index): NodeSpec => ({
    ...site('mig', 'A100-80G', { devices: 4, cores: 128, price: 560n, securityClass: 1 }),
    id: `mig${index}`,
    migLayout: 'A100-80GB',
  }))
  const taskFor = (id: string, random: Random): TaskSpec => {
    const profile = random.pick(profiles)
    return {
      id,
      cpuMilli: 2000,
      memoryMib: 8192,
      devices: 1,
      deviceMilli: profile === '7g.80gb' ? 1000 : 125 * slices[profile]!,
      migProfiles: [profile],
    }
  }
  const accepted: Record<string, number> = {}
  const weighted: Record<string, number> = {}
  for (const strategy of rivals) {
    let [offered, taken, work, workTaken] = [0, 0, 0, 0]
    for (const seed of seeds) {
      const random = seededRandom(`partitions/${seed}`)
      const history = Array.from({ length: 500 }, (_, index) => taskFor(`h${index}`, random))
      const placer = placerFor(nodes, strategy, seed, history)
      const life = (1.05 * 60 * 8) / meanSlices
      const ends: [number, string][] = []
      for (let index = 0; index < 4000; index++) {
        while (ends.length > 0 && ends[0]![0] <= index) placer.release(ends.shift()![1])
        const task = taskFor(`t${index}`, random)
        const lasts = -Math.log(1 - random.next()) * life
        if (index < 500 && !placer.place(task).ok) continue
        if (index >= 500) {
          offered++
          work += requestedMilliOf(task)
          if (!placer.place(task).ok) continue
          taken++
          workTaken += requestedMilliOf(task)
        }
        ends.push([index + lasts, task.id])
        ends.sort((left, right) => left[0] - right[0])
      }
    }
    accepted[strategy] = (100 * taken) / offered
    weighted[strategy] = (100 * workTaken) / work
  }
  return [
    { scenario: 'partitioned devices with churn', measure: 'slices accepted, %', results: accepted },
    { scenario: 'partitioned devices with churn', measure: 'work accepted, %', results: weighted },
  ]
}

const DAY = 86_400_000

/** 44 servers in two centres, 600 leases over 180 days, a third booked ahead, a quarter ending early; half can use one chip only. */
export function leases(needed: 'H800' | 'A800'): ScenarioLine[] {
  const nodes = allNodes
    .filter(({ chip }) => chip === 'H800' || chip === 'A800')
    .map((node, index) => ({ ...node, id: `s${index}` }))
  const wait: Record<string, number> = {}
  const served: Record<string, number> = {}
  for (const choice of ['no backfill', 'firstfit', 'bestfit', 'cheapest', 'priced'] as const) {
    let [waited, count, deviceDays] = [0, 0, 0]
    for (const seed of seeds) {
      const history = leaseRequests(needed, seededRandom(`past leases/${seed}`)).map(({ request }) => request)
      const made = createLeaseBook(nodes, {
        seed,
        choice: choice === 'no backfill' ? 'firstfit' : choice,
        history,
      })
      if (!made.ok) throw new Error(made.refusal.code)
      const book = made.value
      let lastStart = 0
      for (const { request, early } of leaseRequests(needed, seededRandom(`leases/${seed}`))) {
        const asked = request.notBefore
        const lease = book.reserve({
          ...request,
          notBefore: choice === 'no backfill' ? Math.max(asked, lastStart) : asked,
        })
        if (!lease.ok) continue
        const { startsAt } = lease.value
        if (choice === 'no backfill') lastStart = Math.max(lastStart, startsAt)
        if (early) book.end(request.id, startsAt + request.durationMs / 2)
        waited += startsAt - asked
        count++
      }
      for (const lease of book.leases()) {
        const days = Math.max(0, Math.min(lease.endsAt, 200 * DAY) - lease.startsAt) / DAY
        deviceDays += days * lease.nodes.reduce((sum, { devices }) => sum + devices.length, 0)
      }
    }
    wait[choice] = waited / count / DAY
    served[choice] = deviceDays / seeds.length
  }
  return [
    { scenario: `leases, half on ${needed} only`, measure: 'mean wait, days', results: wait },
    { scenario: `leases, half on ${needed} only`, measure: 'device-days within 200 days', results: served },
  ]
}

/** Half of them can use one chip only, the other half both. */
function leaseRequests(needed: string, random: Random): { request: LeaseRequest; early: boolean }[] {
  const both = [
    { chip: 'H800', efficiencyMilli: 1000 },
    { chip: 'A800', efficiencyMilli: 1000 },
  ]
  return Array.from({ length: 600 }, (_, index) => {
    const ahead = random.next() < 0.33 ? random.int(20) * DAY : 0
    const chips = random.next() < 0.5 ? both.filter(({ chip }) => chip === needed) : both
    const each = {
      id: 'each',
      cpuMilli: 0,
      memoryMib: 0,
      devices: random.pick([2, 4, 8, 8]),
      deviceMilli: 1000,
      chips,
    }
    const days = random.pick([2, 5, 10, 20])
    const request = {
      id: `l${index}`,
      nodes: random.pick([1, 1, 2, 4]),
      each,
      durationMs: days * DAY,
      notBefore: Math.round(index * 0.3 * DAY) + ahead,
    }
    return { request, early: random.next() < 0.25 }
  })
}
