// Backup and restore: one file with everything, checked without a database, loaded into an empty one.
export { checkBackup, type Checked, type CheckOptions } from './check-backup.ts'
export { LEAST_PASSPHRASE, makeBackup, type Backup, type BackupOptions } from './make-backup.ts'
export type { Manifest } from './manifest.ts'
export { BackupRefusal } from './refusals.ts'
export { restoreBackup, type Restored, type RestoreOptions } from './restore-backup.ts'
