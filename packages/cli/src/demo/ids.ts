// Ids of the demo: UUIDv7 (RFC 9562) whose moment is the demo's. While the year is loaded the 74 bits come from the seed,
// so that the same year posts the same bytes; once people can sign in they are random, since an id that can be guessed
// protects nothing.
import { seededRandom } from '@suanquan/core'
import { randomBytes } from 'node:crypto'

export interface DemoIds {
  readonly next: () => string
  /** from now on nobody can foresee an id */
  readonly becomeRandom: () => void
}

export function demoIds(seed: number | string, now: () => number): DemoIds {
  const random = seededRandom(seed).fork('ids')
  let drawn = (): Buffer => Buffer.from(Array.from({ length: 16 }, () => random.int(256)))
  return {
    next: () => uuidv7(now(), drawn()),
    becomeRandom: () => (drawn = () => randomBytes(16)),
  }
}

function uuidv7(moment: number, bytes: Buffer): string {
  bytes.writeUIntBE(moment, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
