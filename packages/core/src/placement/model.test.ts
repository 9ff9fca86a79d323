// Random operations against a naive model that knows only the list of what was granted: after each one, what is free must
// be exactly the capacity less the sum of the grants, no device above 100 %, no slice with two tenants, no lease over
// another, no quota beyond the stock or the lending limits. 4,000 operations here, 100,000 with SUANQUAN_FULL=1.
import { env } from 'node:process'
import { expect, test } from 'vitest'
import { seededRandom, type Random } from '../random.ts'
import {
  admit,
  createLeaseBook,
  createPlacer,
  giveBack,
  placeGang,
  placeWithMove,
  releaseGang,
  usedBy,
  type LeaseBook,
  type NodeSpec,
  type Placed,
  type Placer,
  type QuotaState,
  type Strategy,
  type TaskSpec,
} from './index.ts'

const operations = env['SUANQUAN_FULL'] === '1' ? 100_000 : 4000
const HOUR = 3_600_000

const nodes = [...Array(24).keys()].map((index): NodeSpec => ({
  id: `n${index}`,
  chip: index % 3 === 0 ? 'A100-80G' : index % 3 === 1 ? 'H800' : '910B',
  devices: [1, 2, 4, 8][index % 4]!,
  cpuMilli: 32_000 * (1 + (index % 3)),
  memoryMib: 256_000,
  deviceMemoryMib: 80_000,
  centre: index < 12 ? 'east' : 'west',
  provider: `p${index % 5}`,
  securityClass: index % 2,
  ...(index % 6 === 0 ? { migLayout: 'A100-80GB' } : {}),
}))
const profiles = ['1g.10gb', '1g.20gb', '2g.20gb', '3g.40gb', '4g.40gb', '7g.80gb']

function randomTask(id: string, random: Random): TaskSpec {
  const devices = random.pick([0, 1, 1, 1, 1, 2, 4])
  const deviceMilli =
    devices === 0 ? 0 : devices === 1 ? random.pick([1000, 1 + random.int(999), 500, 250]) : 1000
  const efficiencyMilli = random.pick([400, 700, 1000])
  return {
    id,
    cpuMilli: 500 * random.int(20),
    memoryMib: 1000 * random.int(40),
    devices,
    deviceMilli,
    securityClass: random.int(2),
    ...(random.next() < 0.3 ? { deviceMemoryMib: 1000 * random.int(60) } : {}),
    ...(random.next() < 0.5 ? { migProfiles: [random.pick(profiles)] } : {}),
    ...(random.next() < 0.3
      ? {
          chips: [
            { chip: 'H800', efficiencyMilli: 1000 },
            { chip: '910B', efficiencyMilli },
          ],
        }
      : {}),
    ...(random.next() < 0.2 ? { excludedProviders: ['p1'] } : {}),
  }
}

/** What is free must follow from the grants alone. */
function checkFleet({ fleet, placed }: Placer): void {
  const cpu = fleet.nodes.map((node) => node.cpuMilli)
  const memory = fleet.nodes.map((node) => node.memoryMib)
  const used = new Map<string, { milli: number; memory: number; mask: number }>()
  for (const { claim, task } of placed.values()) {
    const spec = fleet.nodes[claim.node]!
    cpu[claim.node]! -= claim.cpuMilli
    memory[claim.node]! -= claim.memoryMib
    if ((task.securityClass ?? 0) > (spec.securityClass ?? 0)) throw new Error('below its security class')
    if (task.excludedProviders?.includes(spec.provider!) === true) throw new Error('an excluded provider')
    for (const position of claim.devices) {
      const key = `${claim.node}/${position}`
      const entry = used.get(key) ?? { milli: 0, memory: 0, mask: 0 }
      const slices = [...claim.mask.toString(2)].filter((bit) => bit === '1').length
      if (claim.mask !== 0 && claim.deviceMemoryMib > 10_000 * slices)
        throw new Error('more memory than the slice has')
      if ((entry.mask & claim.mask) !== 0) throw new Error('a slice with two tenants')
      used.set(key, {
        milli: entry.milli + claim.milli,
        memory: entry.memory + claim.deviceMemoryMib,
        mask: entry.mask | claim.mask,
      })
    }
  }
  for (let node = 0; node < fleet.nodes.length; node++) {
    if (fleet.cpuFree[node] !== cpu[node] || cpu[node]! < 0) throw new Error('CPU is not conserved')
    if (fleet.memoryFree[node] !== memory[node] || memory[node]! < 0)
      throw new Error('memory is not conserved')
    let free = 0
    for (let position = 0; position < fleet.nodes[node]!.devices; position++) {
      const {
        milli,
        memory: held,
        mask,
      } = used.get(`${node}/${position}`) ?? { milli: 0, memory: 0, mask: 0 }
      const device = fleet.deviceStart[node]! + position
      free += 1000 - milli
      if (milli > 1000 || fleet.deviceFree[device] !== 1000 - milli)
        throw new Error('a device is not conserved')
      if (fleet.deviceMask[device] !== mask) throw new Error('slices are not conserved')
      if (fleet.deviceMemoryFree[device] !== 80_000 - held || held > 80_000)
        throw new Error('device memory is not conserved')
    }
    if (fleet.milliFree[node] !== free) throw new Error('the sum over devices is wrong')
  }
}

function checkLeases(book: LeaseBook): void {
  const taken = new Map<string, [number, number][]>()
  for (const { nodes: leased, startsAt, endsAt } of book.leases())
    for (const { node, devices } of leased)
      for (const device of devices) {
        const spans = taken.get(`${node}/${device}`) ?? []
        if (spans.some(([from, to]) => startsAt < to && from < endsAt))
          throw new Error('two leases of one device')
        spans.push([startsAt, endsAt])
        taken.set(`${node}/${device}`, spans)
      }
}

function placements(strategy: Strategy, count: number): void {
  const random = seededRandom(`model/${strategy}`)
  const history = [...Array(60).keys()].map((index) => randomTask(`h${index}`, random))
  const made = createPlacer(nodes, { strategy, seed: 7, history })
  if (!made.ok) throw new Error(made.refusal.code)
  const placer = made.value
  const gangs: (readonly Placed[])[] = []
  for (let index = 0; index < count; index++) {
    const draw = random.next()
    if (draw < 0.45) placer.place(randomTask(`t${index}`, random))
    else if (draw < 0.55) placeWithMove(placer, randomTask(`m${index}`, random))
    else if (draw < 0.6) {
      const members = [0, 1, 2].map((member) => randomTask(`g${index}-${member}`, random))
      const placed = placeGang(placer, { id: `g${index}`, members, acrossCentres: random.next() < 0.3 })
      if (placed.ok) gangs.push(placed.value)
    } else if (draw < 0.64 && gangs.length > 0)
      releaseGang(placer, gangs.splice(random.int(gangs.length), 1)[0]!)
    else if (placer.placed.size > 0) placer.release(random.pick([...placer.placed.keys()]))
    checkFleet(placer)
  }
  for (const id of placer.placed.keys()) placer.release(id)
  checkFleet(placer)
  expect(placer.fleet.milliFree.reduce((sum, free) => sum + free, 0)).toBe(
    nodes.reduce((sum, node) => sum + 1000 * node.devices, 0),
  )
}

test.each(['priced', 'fgd', 'random', 'packing'] as const)(
  'whatever is placed, moved and released by %s, every device, core and byte is accounted for',
  (strategy) => placements(strategy, Math.round(operations * 0.2)),
  300_000,
)

function leaseBook(seed: number): LeaseBook {
  const book = createLeaseBook(nodes, { seed })
  if (!book.ok) throw new Error(book.refusal.code)
  return book.value
}

test('whatever is leased and ended, no device has two leases at once', () => {
  const random = seededRandom('model/leases')
  let book = leaseBook(3)
  for (let index = 0; index < operations * 0.1; index++) {
    if (index % 200 === 0) book = leaseBook(index)
    const each = { ...randomTask('each', random), devices: 1 + random.int(4), deviceMilli: 1000 }
    const notBefore = random.int(100) * HOUR
    const durationMs = (1 + random.int(30)) * HOUR
    if (random.next() < 0.7)
      book.reserve({ id: `l${index}`, nodes: 1 + random.int(3), each, durationMs, notBefore })
    else book.end(`l${index - random.int(20)}`, random.int(130) * HOUR)
    checkLeases(book)
  }
}, 300_000)

test('whatever is borrowed and reclaimed, no more is out than there is', () => {
  const random = seededRandom('model/quotas')
  const quotas = ['a', 'b', 'c', 'd'].map((name, index) => ({
    name,
    nominal: 20 + 10 * index,
    lendingLimit: 15,
  }))
  let state: QuotaState = { quotas, grants: [] }
  for (let index = 0; index < operations * 0.1; index++) {
    if (random.next() < 0.6) {
      const admission = admit(state, {
        id: `g${index}`,
        quota: random.pick(quotas).name,
        amount: 1 + random.int(25),
      })
      if (admission.ok) {
        const before = new Set([...state.grants.map(({ id }) => id), `g${index}`])
        for (const { id } of admission.value.reclaimed) before.delete(id)
        expect(new Set(admission.value.state.grants.map(({ id }) => id))).toEqual(before)
        state = admission.value.state
      }
    } else if (state.grants.length > 0) state = giveBack(state, random.pick(state.grants).id)!
    expect(state.grants.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(140)
    let lent = 0
    for (const { name, nominal, lendingLimit } of quotas) {
      const excess = usedBy(state, name) - nominal
      lent += excess > 0 ? excess : -Math.min(-excess, lendingLimit)
    }
    expect(lent).toBeLessThanOrEqual(0)
  }
}, 300_000)
