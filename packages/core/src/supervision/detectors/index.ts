// All detectors in the order of their numbers. To add one: a file beside these and a line here.
import type { Detector } from '../detector.ts'
import { relatedParty } from './d01-related-party.ts'
import { softLink } from './d02-soft-link.ts'
import { sameEntity } from './d03-same-entity.ts'
import { shell } from './d04-shell.ts'
import { circularMoney } from './d05-circular-money.ts'
import { passThrough } from './d06-pass-through.ts'
import { kickback } from './d07-kickback.ts'
import { price } from './d08-price.ts'
import { bunching } from './d09-bunching.ts'
import { splitting } from './d10-splitting.ts'
import { duplicateContract, duplicateInvoice, duplicatePicture } from './d11-duplicates.ts'
import { doubleDipping } from './d12-double-dipping.ts'
import { fourWayMatch } from './d13-four-way-match.ts'
import { idleBurn } from './d14-idle-burn.ts'
import { syntheticLoad } from './d15-synthetic-load.ts'
import { mining } from './d16-mining.ts'
import { forgedMetering } from './d17-forged-metering.ts'
import { oversell } from './d18-oversell.ts'
import { resale } from './d19-resale.ts'
import { outOfScope } from './d20-out-of-scope.ts'
import { collusion } from './d21-collusion.ts'
import { quoteRigging } from './d22-quote-rigging.ts'
import { phoenix } from './d23-phoenix.ts'
import { digits } from './d24-digits.ts'
import { outlier } from './d25-outlier.ts'
import { reviewer } from './d26-reviewer.ts'
import { hiddenOperator } from './d28-hidden-operator.ts'
import { concentration } from './d29-concentration.ts'

export const detectors: readonly Detector[] = [
  relatedParty,
  softLink,
  sameEntity,
  shell,
  circularMoney,
  passThrough,
  kickback,
  price,
  bunching,
  splitting,
  duplicateInvoice,
  duplicateContract,
  duplicatePicture,
  doubleDipping,
  fourWayMatch,
  idleBurn,
  syntheticLoad,
  mining,
  forgedMetering,
  oversell,
  resale,
  outOfScope,
  collusion,
  quoteRigging,
  phoenix,
  digits,
  outlier,
  reviewer,
  hiddenOperator,
  concentration,
]
