// The database: connection, migrations, the ledger's only entrance, its proof, and the embedded server's launcher.
export {
  connect,
  openSession,
  roles,
  timestamp,
  type Address,
  type ConnectOptions,
  type Database,
} from './connect.ts'
export { historyOf, idsOfNumber, momentOf, type History, type RefusedPosting } from './history.ts'
export {
  accountHistory,
  accountsOf,
  balancesAt,
  fundsOf,
  rowsOf,
  verifyLedger,
  type AccountState,
  type Fund,
  type Verification,
} from './journal.ts'
export { insertRows } from './insert-rows.ts'
export { LauncherRefusal, startPostgres, type RunningPostgres, type StartOptions } from './launcher/index.ts'
export { ensureRoles, migrate, migrations } from './migrate.ts'
export type { YearCommitment, YearLine, YearRule, YearStatement } from './fund-tables.ts'
export type { PostingPlan } from './plan.ts'
export { postPlan } from './post-plan.ts'
export { ledgerHash, lockLedger, post, postingBatcher, type BatcherOptions, type Entry } from './postings.ts'
export {
  appendSeal,
  growTree,
  lastSeal,
  MissingPosting,
  rootsOf,
  rowBytesAt,
  sealsOf,
  sm3,
  type FreshSeal,
} from './seals.ts'
export type { Filing, SelectedLine } from './project-tables.ts'
export type { AwardCompute, StoredApproval } from './document-tables.ts'
export type { SeenCompute, StockLine } from './money-tables.ts'
export type { SweptLine, UpperAward } from './sweep-tables.ts'
export type { TakeOverComparison, TakeOverLine, TakeOverReport } from './take-over-tables.ts'
export type { InstantColumn, LedgerTables, Tables } from './tables.ts'
export type { Transaction } from './transaction.ts'
export { sql } from 'kysely'
