import { hex } from '@suanquan/core'
import type { Seal } from '@suanquan/core/ledger'
import type { AnswerOf, Routes } from '@suanquan/api'

/** A seal as it travels: counts as numbers, bytes as hexadecimal digits. */
export function viewSeal(seal: Seal): AnswerOf<Routes['listSeals']>['items'][number] {
  const { ledger, jurisdiction, number, first, last, root, previous, at, keyId, signature } = seal
  return {
    ledger,
    jurisdiction,
    number: Number(number),
    first: Number(first),
    last: Number(last),
    root: hex(root),
    previous: hex(previous),
    at: new Date(at).toISOString(),
    keyId,
    signature: hex(signature),
  }
}
