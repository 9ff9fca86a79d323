// The schemes of the first author by their kind; those of the second stand in independent/.
import type { OwnKind } from '../truth.ts'
import { inflatedPrice, returnFlow, returnThroughPersons, voucherResale } from './money.ts'
import {
  coverQuotes,
  editedContract,
  groupOverCap,
  invoiceInTwoCities,
  picturesTwice,
  splitContract,
  twoProgrammes,
} from './papers.ts'
import { applicantFactory, corruptReviewer } from './people.ts'
import { affiliate, hiddenOperator, nomineeShells, phoenix, undeclaredSister } from './relations.ts'
import type { LayOut } from './scheme.ts'
import { burnIn, miner, oversoldDevice, relabelledChip, replayedLog, undelivered } from './usage.ts'

export const schemes: Readonly<Record<OwnKind, LayOut>> = {
  S01: nomineeShells,
  S02: affiliate,
  S03: returnFlow,
  S04: returnThroughPersons,
  S05: inflatedPrice,
  S06: splitContract,
  S07: groupOverCap,
  S08: invoiceInTwoCities,
  S09: editedContract,
  S10: burnIn,
  S11: miner,
  S12: replayedLog,
  S13: oversoldDevice,
  S14: voucherResale,
  S15: applicantFactory,
  S16: phoenix,
  S17: relabelledChip,
  S18: corruptReviewer,
  S19: twoProgrammes,
  S20: undelivered,
  S21: coverQuotes,
  S22: undeclaredSister,
  S23: hiddenOperator,
  S24: picturesTwice,
}
export type { Stage } from './scheme.ts'
