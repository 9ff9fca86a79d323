<<<<<<< HEAD
// Filled by the modules of this package.
=======
// The server as others see it: the database and its launcher.
>>>>>>> setup
export * from './database/index.ts'
