// A city exports its registers in whatever order its systems have: what supervision finds, its evidence and the ids of
// findings do not depend on it.
import { createHash } from 'node:crypto'

import { seededRandom } from '@suanquan/core'
import {
  detectors,
  fileOf,
  readWorld,
  supervise,
  tableNames,
  writeTable,
  type SupervisionReport,
  type World,
} from '@suanquan/core/supervision'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { generateWorld } from './index.ts'

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const { world } = generateWorld({ level: 'tiny', difficulty: 'medium', seed: 'row order' })

function reordered(order: <Row>(rows: readonly Row[]) => readonly Row[]): World {
  return Object.fromEntries(
    tableNames.flatMap((table) => (world[table] ? [[table, order(world[table] as readonly object[])]] : [])),
  )
}

function shuffledBy(seed: number): World {
  const random = seededRandom(`row order/${seed}`)
  return reordered((rows) => {
    const left = [...rows]
    for (let at = left.length - 1; at > 0; at--) {
      const other = random.int(at + 1)
      ;[left[at], left[other]] = [left[other]!, left[at]!]
    }
    return left
  })
}

/** From its files, so that texts are numbered in another order too. */
function readBack(of: World): SupervisionReport {
  const read = readWorld((file) => {
    const table = tableNames.find((name) => fileOf(name) === file)!
    return of[table] === undefined ? undefined : writeTable(table, of[table] as never)
  })
  expect(read.ok).toBe(true)
  return supervise(read.ok ? read.value : {}, { hash })
}

test('reversed or shuffled rows give the same findings with the same ids, the same standings and scores', () => {
  const whole = supervise(world, { hash })
  expect(new Set(whole.findings.map(({ detector }) => detector)).size).toBeGreaterThan(20)
  expect(
    supervise(
      reordered((rows) => rows.toReversed()),
      { hash },
    ),
  ).toEqual(whole)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expect(readBack(shuffledBy(seed))).toEqual(whole)
    }),
    { numRuns: 3 },
  )
  expect(whole.standings).toHaveLength(detectors.length)
})
