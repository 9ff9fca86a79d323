// Filled by the modules of this package.
export * from './database/index.ts'
