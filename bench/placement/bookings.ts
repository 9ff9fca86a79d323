// The time of a booking in a city's lease book: 300 servers of eight devices in one centre or six, 1,000 leases of up to
// eight servers and 500 hours within 1,000 hours, then five early ends, each of which moves up all that wait.
import { seededRandom } from '@suanquan/core'
import { createLeaseBook, type NodeSpec } from '@suanquan/core/placement'

const HOUR = 3_600_000

export interface BookingLine {
  readonly centres: number
  readonly bookings: number
  readonly seconds: number
  readonly longestMillis: number
  readonly millisPerEarlyEnd: number
}

export function bookings(centres: number): BookingLine {
  const random = seededRandom(`bookings/${centres}`)
  const nodes = Array.from({ length: 300 }, (_, index): NodeSpec => ({
    id: `n${index}`,
    chip: 'H800',
    devices: 8,
    cpuMilli: 128_000,
    memoryMib: 1_000_000,
    centre: `centre ${index % centres}`,
  }))
  const book = createLeaseBook(nodes, { seed: 1 })
  if (!book.ok) throw new Error(book.refusal.code)
  let [total, longest] = [0, 0]
  for (let index = 0; index < 1000; index++) {
    const before = performance.now()
    book.value.reserve({
      id: `l${index}`,
      nodes: 1 + random.int(8),
      each: { id: 'each', cpuMilli: 0, memoryMib: 0, devices: 1 + random.int(8), deviceMilli: 1000 },
      durationMs: (1 + random.int(500)) * HOUR,
      notBefore: random.int(1000) * HOUR,
    })
    const taken = performance.now() - before
    total += taken
    longest = Math.max(longest, taken)
  }
  const before = performance.now()
  for (let index = 0; index < 5; index++) book.value.end(`l${index}`, 0)
  const millisPerEarlyEnd = (performance.now() - before) / 5
  return { centres, bookings: 1000, seconds: total / 1000, longestMillis: longest, millisPerEarlyEnd }
}
