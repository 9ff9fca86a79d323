export { bandParts, timeCharge, type BandPart, type CardSeconds } from './bands.ts'
export { comparablePrice, HOURS_OF_A_MONTH, type ComparablePrice } from './comparable.ts'
export { leaseMonths, leaseOffs, leaseTopUp, wholeMonths, type Lease, type LeaseMonth } from './lease.ts'
export {
  afterOffs,
  checkTerms,
  committedOff,
  invoiced,
  ITEM_KINDS,
  nextVersion,
  OFFER_MODES,
  tokenCharge,
  unitOf,
  versionOn,
  type BasisPoints,
  type ItemKind,
  type Offer,
  type OfferMode,
  type OfferRefusal,
  type PriceTerms,
  type PriceUnit,
  type PriceVersion,
  type SideItem,
} from './offer.ts'
