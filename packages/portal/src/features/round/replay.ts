// The replay of a round, in the browser and from nothing but what is published. Loaded after a press; it asks nobody.
import { publishedRound } from '@suanquan/api'
import type { Hash } from '@suanquan/core'
import { listText, replayRound, type RoundReplay } from '@suanquan/core/voucher'
import { sm3 } from 'sm-crypto-v2'
import type { Answer } from '../../client/call.ts'

const hash: Hash = (bytes) =>
  Uint8Array.from(sm3(bytes).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

export type Replayed =
  | { readonly ok: true; readonly value: RoundReplay }
  | { readonly ok: false; readonly code: string }

/** @param shown another result of the draw than the published one, to try it */
export function replay(round: Answer<'readRound'>, shown: string | null): Replayed {
  const made = replayRound(publishedRound({ ...round, shown }), hash)
  return made.ok ? made : { ok: false, code: made.refusal.code }
}

/** The list as it is hashed. */
export function textOf(round: Answer<'readRound'>): string {
  return listText(publishedRound(round))
}
