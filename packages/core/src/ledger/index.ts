export {
  accountId,
  emptyBalance,
  hasExpired,
  keepsFloor,
  usable,
  type Account,
  type AccountTerms,
  type Balance,
} from './account.ts'
export { balancesAsOf, isWithin, type AsOf } from './balances.ts'
export {
  accountCodeOf,
  accountKinds,
  isAllowed,
  isReturn,
  postingCodeOf,
  postingRules,
  triples,
  type AccountCode,
  type AccountKind,
  type Floor,
  type PostingCode,
  type PostingRule,
  type Triple,
} from './chart.ts'
export { columnBooks, type ColumnBooks, type ColumnPosting } from './columns.ts'
export {
  assertWellFormed,
  emptyJournal,
  MOST_PER_BATCH,
  post,
  type Answer,
  type Batch,
  type Journal,
} from './journal.ts'
export {
  consistencyRanges,
  emptyFrontier,
  growingTree,
  inclusionRanges,
  leafHash,
  leavesOf,
  nodeHash,
  perfectNodes,
  rootOfPeaks,
  verifyConsistency,
  verifyInclusion,
  type Consistency,
  type Frontier,
  type GrowingTree,
  type Inclusion,
  type LeafRange,
  type NodePlace,
} from './merkle.ts'
export {
  contentBytes,
  expiryOf,
  genesis,
  hashOfSet,
  MOST_PER_POSTING,
  nextChain,
  postingKinds,
  reservationOf,
  rowBytes,
  sameBytes,
  type JournalRow,
  type Posting,
  type PostingKind,
  type PostingSet,
} from './posting.ts'
export { provenRow, readRow, type PostingProof, type ReadRow } from './proofs.ts'
export {
  followKeys,
  sealBytes,
  sealFaults,
  sealGenesis,
  sealHash,
  type Seal,
  type SealContent,
  type SealFault,
  type SealFinding,
  type SealKey,
  type SealRules,
} from './seal.ts'
export { refusalOf, type LedgerRefusalCode } from './refusal.ts'
export { resultNumbers, resultOf, type RefusingResult, type Result } from './result.ts'
export { derivedUuid, isUuid, uuidBytes, type Uuid } from './uuid.ts'
export {
  checks,
  verifier,
  type Check,
  type Finding,
  type StoredAccount,
  type StoredHead,
  type Verifier,
} from './verify.ts'
