// Ids from the seed: UUIDv7 (RFC 9562) whose moment is the demo's and whose 74 bits are drawn, so that the same year
// posts the same bytes. They are for the demo's loading only: an id that can be guessed protects nothing.
import { seededRandom } from '@suanquan/core'

export function seededIds(seed: number | string, now: () => number): () => string {
  const random = seededRandom(seed).fork('ids')
  const bits = (count: number): string =>
    Array.from({ length: count / 4 }, () => random.int(16).toString(16)).join('')
  return () => {
    const moment = now().toString(16).padStart(12, '0')
    const variant = '89ab'[random.int(4)]!
    return `${moment.slice(0, 8)}-${moment.slice(8)}-7${bits(12)}-${variant}${bits(12)}-${bits(48)}`
  }
}
