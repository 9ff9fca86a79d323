import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { createLeaseBook, type Lease, type LeaseBook, type LeaseRequest, type NodeSpec } from './index.ts'

const HOUR = 3_600_000
const nodes = ['east', 'west'].flatMap((centre) =>
  [0, 1, 2].map((index): NodeSpec => ({
    id: `${centre}${index}`,
    chip: centre === 'east' ? 'H800' : '910B',
    devices: 8,
    cpuMilli: 100_000,
    memoryMib: 1_000_000,
    centre,
  })),
)
const wanted = (
  id: string,
  count: number,
  hours: number,
  more: Partial<LeaseRequest> = {},
): LeaseRequest => ({
  id,
  nodes: count,
  each: { id, cpuMilli: 0, memoryMib: 0, devices: 8, deviceMilli: 1000, centres: ['east'] },
  durationMs: hours * HOUR,
  notBefore: 0,
  ...more,
})
function bookOf(...asked: Parameters<typeof createLeaseBook>): LeaseBook {
  const book = createLeaseBook(...asked)
  if (!book.ok) throw new Error(book.refusal.code)
  return book.value
}
function reserved(book: LeaseBook, request: LeaseRequest): Lease {
  const lease = book.reserve(request)
  if (!lease.ok) throw new Error(lease.refusal.code)
  return lease.value
}

describe('a lease', () => {
  test('starts when enough nodes of one centre are free, and a short one slips in before a long one that waits', () => {
    const book = bookOf(nodes, { seed: 1 })
    expect(reserved(book, wanted('running', 2, 10)).startsAt).toBe(0)
    expect(reserved(book, wanted('waiting', 3, 5)).startsAt).toBe(10 * HOUR)
    expect(reserved(book, wanted('short', 1, 10)).startsAt).toBe(0)
    expect(reserved(book, wanted('long', 1, 11)).startsAt).toBe(15 * HOUR)
    expect(book.busyAt(0)).toBe(24)
  })

  test('may be booked ahead, and what is booked is kept free', () => {
    const book = bookOf(nodes, { seed: 1 })
    expect(reserved(book, wanted('ahead', 3, 2, { notBefore: 4 * HOUR })).startsAt).toBe(4 * HOUR)
    expect(reserved(book, wanted('before', 3, 4)).startsAt).toBe(0)
    expect(reserved(book, wanted('after', 3, 1)).startsAt).toBe(6 * HOUR)
    expect(book.reserve(wanted('late', 3, 1, { notAfter: 5 * HOUR }))).toMatchObject({
      refusal: { code: 'placement.no_lease_possible' },
    })
  })

  test('goes to the same nodes in whatever order they are listed', () => {
    const [straight, turned] = [nodes, nodes.toReversed()].map((list) => {
      const book = bookOf(list, { seed: 1 })
      return ['a', 'b', 'c'].map((id) => reserved(book, wanted(id, 1, 5)))
    })
    expect(turned).toEqual(straight)
  })

  test('takes more of a slower chip and parts of a node when it asks for fewer devices', () => {
    const book = bookOf(nodes, { seed: 1 })
    const chips = [{ chip: '910B', efficiencyMilli: 500 }]
    const each = { id: 'e', cpuMilli: 0, memoryMib: 0, devices: 2, deviceMilli: 1000, chips }
    const lease = reserved(book, { ...wanted('slow', 1, 1), each })
    expect(lease.nodes).toEqual([{ node: expect.stringContaining('west') as string, devices: [0, 1, 2, 3] }])
    const second = reserved(book, { ...wanted('same', 1, 1), each })
    expect(second.nodes[0]!.node).toBe(lease.nodes[0]!.node)
  })

  test('that ends early lets those behind it move up, never later', () => {
    const book = bookOf(nodes, { seed: 1 })
    reserved(book, wanted('a', 3, 10))
    reserved(book, wanted('b', 3, 5))
    reserved(book, wanted('c', 1, 1, { notBefore: 15 * HOUR }))
    const moved = book.end('a', 4 * HOUR)
    expect(moved).toMatchObject({ ok: true, value: [{ request: { id: 'b' }, startsAt: 4 * HOUR }] })
    expect(book.leases().map(({ startsAt }) => startsAt / HOUR)).toEqual([0, 4, 15])
    expect(book.end('a', 5 * HOUR)).toMatchObject({ refusal: { code: 'placement.no_such_lease' } })
  })

  test.each([
    wanted('x', 0, 1),
    wanted('x', 1, 0),
    wanted('x', 1, Number.NaN),
    wanted('x', 1, 1, { notBefore: Number.MAX_SAFE_INTEGER }),
    wanted('x', 1, 1, { notAfter: Number.NaN }),
    wanted('x', 1, 1, { notBefore: 100, notAfter: 5 }),
    ...[
      { deviceMilli: 500 },
      { devices: 1.5 },
      { devices: 0, deviceMilli: 0 },
      { chips: [{ chip: 'H800', efficiencyMilli: 0 }] },
    ].map((odd) => ({ ...wanted('x', 1, 1), each: { ...wanted('x', 1, 1).each, ...odd } })),
  ])('that is absurd is refused (%#)', (request) => {
    expect(bookOf(nodes, { seed: 1 }).reserve(request)).toMatchObject({
      refusal: { code: 'placement.bad_lease' },
    })
    expect(createLeaseBook(nodes, { seed: 1, history: [request] })).toMatchObject({
      refusal: { code: 'placement.bad_lease' },
    })
  })

  test.each([
    [[nodes[0]!, nodes[0]!], 'placement.duplicate_id'],
    [[{ ...nodes[0]!, devices: Number.NaN }], 'placement.bad_node'],
  ])('has no book over absurd nodes (%#)', (odd, code) => {
    expect(createLeaseBook(odd, { seed: 1 })).toMatchObject({ refusal: { code } })
  })

  test.each([Number.NaN, 1.5, Number.POSITIVE_INFINITY])('does not end at %d', (at) => {
    const book = bookOf(nodes, { seed: 1 })
    const lease = reserved(book, wanted('a', 1, 1))
    expect(book.end('a', at)).toMatchObject({ refusal: { code: 'placement.bad_instant' } })
    expect(book.leases()).toEqual([lease])
  })

  test('may start at its latest start and not a millisecond after it', () => {
    const book = bookOf(nodes, { seed: 1 })
    reserved(book, wanted('a', 3, 2))
    const late = (notAfter: number): LeaseRequest => wanted('b', 1, 1, { notAfter })
    expect(book.reserve(late(2 * HOUR - 1)).ok).toBe(false)
    expect(reserved(book, late(2 * HOUR)).startsAt).toBe(2 * HOUR)
  })

  test('starts as early as any start that a trial of every hour finds', () => {
    const random = seededRandom('leases by trial')
    const book = bookOf(nodes, { seed: 3 })
    for (let index = 0; index < 150; index++) {
      const request = wanted(`l${index}`, 1 + random.int(3), 1 + random.int(9), {
        notBefore: random.int(60) * HOUR,
      })
      const devices = 1 + random.int(8)
      const taken = book.leases()
      const roomAt = (at: number): number =>
        nodes.filter(({ id, centre }) => {
          const busy = taken
            .filter(({ startsAt, endsAt }) => startsAt < at + request.durationMs && endsAt > at)
            .flatMap((lease) => lease.nodes.filter(({ node }) => node === id).flatMap((node) => node.devices))
          return centre === 'east' && 8 - new Set(busy).size >= devices
        }).length
      let trial = request.notBefore
      while (roomAt(trial) < request.nodes) trial += HOUR
      expect(reserved(book, { ...request, each: { ...request.each, devices } }).startsAt).toBe(trial)
    }
  })

  test('never overlaps another on a device, whatever is reserved and ended in whatever order', () => {
    const step = fc.record({
      count: fc.integer({ min: 1, max: 3 }),
      devices: fc.integer({ min: 1, max: 8 }),
      hours: fc.integer({ min: 1, max: 9 }),
      from: fc.integer({ min: 0, max: 20 }),
      ends: fc.option(fc.integer({ min: 0, max: 30 })),
    })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 25 }),
        fc.constantFrom('priced' as const, 'bestfit' as const, 'firstfit' as const),
        (steps, choice) => {
          const book = bookOf(nodes, { seed: 3, choice })
          steps.forEach(({ count, devices, hours, from, ends }, index) => {
            const request = wanted(`l${index}`, count, hours, { notBefore: from * HOUR })
            book.reserve({ ...request, each: { ...request.each, devices } })
            if (ends !== null) book.end(`l${ends % (index + 1)}`, ends * HOUR)
          })
          const taken = new Map<string, [number, number][]>()
          for (const lease of book.leases())
            for (const { node, devices } of lease.nodes)
              for (const device of devices) {
                const spans = taken.get(`${node}/${device}`) ?? []
                for (const [from, to] of spans)
                  expect(lease.endsAt <= from || lease.startsAt >= to).toBe(true)
                spans.push([lease.startsAt, lease.endsAt])
                taken.set(`${node}/${device}`, spans)
              }
        },
      ),
      { numRuns: 60 },
    )
  })
})
