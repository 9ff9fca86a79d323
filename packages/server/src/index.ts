// The server as others see it: the database and its launcher.
export * from './database/index.ts'
