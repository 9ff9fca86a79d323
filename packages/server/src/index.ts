// The server as others see it: starting it, the database and its launcher, the proofs.
export * from './database/index.ts'
export {
  BackupRefusal,
  checkBackup,
  makeBackup,
  restoreBackup,
  type Backup,
  type Checked,
  type Restored,
} from './backup/index.ts'
export { fileStore } from './files/store.ts'
export { crashPoints, neverCrashes, type Crash, type CrashPoint } from './crash-points.ts'
export type { DemoAccount, Site } from './http/world-options.ts'
export { channelSettings, type ChannelSettings } from './modules/message/index.ts'
export { startServer, type RunningServer, type ServerOptions } from './main.ts'
export {
  agreementOf,
  replayDecisions,
  type Agreement,
  type Exported,
  type Replayed,
  type ReplayDifference,
} from './modules/audit/index.ts'
export { checkArchive, type CheckedArchive } from './modules/archive/index.ts'
export {
  statementLines,
  statementsOf,
  type FundStatement,
  type StatementLine,
} from './modules/ledger/index.ts'
export { chargedFen, focusRows, type FocusScope } from './modules/settlement/index.ts'
export { conservedContract, type ConservedContract } from './modules/statement/index.ts'
export { sealJournal, verifySeals, type SealVerification } from './modules/seal/index.ts'
export {
  loadKey,
  makePem,
  openSigning,
  ownSigning,
  publishedKeys,
  readPem,
  replaceKey,
  signingSettings,
  verifySignature,
  type SigningSettings,
} from './signing/index.ts'
export type { Ticked } from './tick/tick.ts'
export {
  addPersonByOperator,
  exportByOperator,
  joinAdministratorsByOperator,
  importUsageByOperator,
  type PersonByOperator,
  type UsageByOperator,
  type UsageImported,
} from './operations.ts'
export { logLevels, type LogLevel } from './observability/log.ts'
