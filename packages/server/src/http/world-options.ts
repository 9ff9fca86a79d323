// The world as the shell hands it to every part: where the data is, what time it is, where ids come from. Two clocks:
// `clock` is the programme's time (the demo's year runs on its own), `wallClock` is for security, which is always now.
import { dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import type { Crash } from '../crash-points.ts'
import type { Database } from '../database/index.ts'
import type { Tables } from '../database/tables.ts'
import type { FileStore } from '../files/store.ts'
import type { Signer } from '../signing/index.ts'
import type { Audit } from '../observability/audit.ts'
import type { Logger } from 'pino'
import type { Press } from '../modules/documents/index.ts'
import type { Channels } from '../modules/message/index.ts'
import type { Programmes } from '../modules/policy/index.ts'

export interface Site {
  readonly name: { readonly zh: string; readonly en: string }
  /** six digits; the city, district or province that runs this installation */
  readonly jurisdiction: string
  readonly contact: string
}

export interface DemoAccount {
  readonly login: string
  readonly password: string
  /** what the person does in the demo city, in words */
  readonly duty: { readonly zh: string; readonly en: string }
  readonly name: string
}

export interface World {
  readonly database: Database
  readonly db: Kysely<Tables>
  readonly clock: () => Instant
  readonly wallClock: () => Instant
  readonly newId: () => string
  readonly site: Site
  /** empty unless this is a demo: a served installation has none */
  readonly demoAccounts: readonly DemoAccount[]
  readonly version: string
  readonly files: FileStore
  /** uploads are kept below it */
  readonly dataFolder: string
  readonly programmes: Programmes
  /** prints documents */
  readonly press: Press
  readonly secureCookies: boolean
  readonly audit: Audit
  readonly log: Logger
  readonly lastTick: { at: Instant | null }
  /** true from the moment the server is told to end */
  readonly stopping: { now: boolean }
  /** when something could last not be kept because the disk was full, by the wall clock */
  readonly trouble: { diskFullAt: Instant | null }
  /** where a test of faults lets the server die; does nothing anywhere else */
  readonly crash: Crash
  /** how messages leave, as far as the site has set it up */
  readonly channels: Channels
  /** who signs for the site; a key that has never signed is published as of this moment */
  readonly signer: (at: Instant) => Promise<Signer>
}

export function todayOf(at: Instant): Day {
  return dayOf(at)
}
