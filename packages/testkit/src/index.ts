export { testFund, type TestFund } from './ledger-fund.ts'
export { ledgerWorld, randomUuid, type LedgerWorld } from './ledger-world.ts'
export { testDatabase, testPostgresVersion, type TestDatabase } from './test-database.ts'
