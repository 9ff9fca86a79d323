export { testFund, type TestFund } from './ledger-fund.ts'
export { brokenInvariants } from './histories/invariants.ts'
export { Difference, liveHistory, tellAgain, type Step, type Told } from './histories/history.ts'
export { inWords, shrink } from './histories/shrink.ts'
export { ledgerWorld, randomUuid, type LedgerWorld } from './ledger-world.ts'
export { testDatabase, testPostgresVersion, type TestDatabase } from './test-database.ts'
export {
  clientOf,
  JURISDICTION,
  must,
  PASSWORD,
  signIn,
  testCity,
  enrolled,
  type TestCity,
  type TestOrganisation,
} from './test-city.ts'
export { otherVersion } from './other-version.ts'
export { applied, draftOf, granted, upload, usedSacct } from './test-case.ts'
export { FINDINGS, pdf } from './test-case.ts'
export { plainTerms, testOffer } from './test-offer.ts'
export { digestOf, faultsIn, holdersOf } from './proof.ts'
export { readPdf, type ReadPdf } from './read-pdf.ts'
export { rawCall, rawSession, sessionCookie, type RawAnswer, type RawCall } from './raw-client.ts'
export { wrongRefusals, type RefusalCase } from './refusals.ts'
export { advancedImprest } from './test-imprest.ts'
export { testDeduction, type Deduction } from './test-deduction.ts'
export {
  brokenFeed,
  FEED_CLUSTER,
  fedRun,
  testFeed,
  toldText,
  type BrokenFeed,
  type FedRun,
  type TestFeed,
} from './test-feed.ts'
export { testAfterUse, type AfterUse, type AfterUseCase } from './test-after-use.ts'
export { engagedBody, testBody, type EngagedBody } from './test-body.ts'
export { testSweeps, type Sweeps } from './test-sweep.ts'
export { testProjects, type Planned, type Projects } from './test-projects.ts'
export { testSeller, type Sale, type Seller } from './test-seller.ts'
export { eInvoiceXml, type EInvoiceToWrite } from './test-e-invoice.ts'
export { payUnverified, testFirm, type ClaimToMake, type TestFirm } from './test-claim.ts'
export {
  killPostgres,
  mortalServer,
  persistence,
  serverProgram,
  type MortalServer,
  type Persistence,
  type PlantedBug,
  type ServerProgram,
} from './faults.ts'
export { faultLoad, type FaultLoad, type LoadCounts } from './fault-load.ts'
export {
  embeddedStore,
  patroniStore,
  type Broken,
  type EmbeddedStore,
  type FaultyStore,
} from './faulty-store.ts'
export { injectErrors, missingForIoErrors } from './io-errors.ts'
export { loopDisk, missingForLoopDisks, type LoopDisk } from './loop-disk.ts'
export { signal } from './processes.ts'
export { faultyCity, type FaultyCity } from './faulty-city.ts'
export { plantedBugs, type Variant } from './planted-bugs.ts'
export { replicaPair, type ReplicaPair } from './replica-pair.ts'
export {
  patroniPrograms,
  systemPostgres,
  systemProgram,
  type Missing,
  type PatroniPrograms,
} from './system-programs.ts'
export { tornNetwork, type TornNetwork } from './proxy.ts'
export { slurmrestd, type SlurmJob, type Slurmrestd } from './slurmrestd.ts'
export { APPEALS } from './furnished-review.ts'
export { furnishedCity, type FurnishedCity } from './furnished-city.ts'
export { fuzz, type FuzzReport } from './fuzz/run.ts'
export { enrolActors, type Actor } from './actors.ts'
export { operationsOf, wholeRequest, type FuzzRequest, type Operation } from './fuzz/requests.ts'
export type { Schema } from './fuzz/schema-values.ts'
export { thingsNamed } from './fuzz/things.ts'
export {
  mailReceiver,
  smsReceiver,
  wecomReceiver,
  type MailReceiver,
  type SmsReceiver,
  type WecomReceiver,
} from './message-receivers.ts'
export { png } from './png.ts'
export {
  beginTakeOver,
  checkedTakeOver,
  closingOf,
  CUT_OVER,
  fenOf,
  OLD_VOUCHERS,
  oldLists,
  putFile,
  putFiles,
  sheetCsv,
  yuanText,
  type OldLists,
  type OldRow,
} from './test-take-over.ts'
