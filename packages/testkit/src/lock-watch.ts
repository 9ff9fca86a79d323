// Races lose their chance in tests: two requests seldom meet where they could hurt. So every transaction of every test is
// watched instead: what changes a row has locked it first, or made it itself; what depends on others has locked those.
// A lock that is taken away fails whatever test walks that way.
import pg from 'pg'

/** Written without a lock, and why that is right. */
const UNLOCKED: ReadonlySet<string> = new Set([
  // compared and set by one statement
  'allotment',
  'appraisal',
  'enrolment',
  'inquiry',
  'message',
  'setup_token',
  // said once what it names is gone
  'archive_disposed_attachment',
  // a person's own, or the last word counts
  'contact',
  'session',
  'site_setting',
])

/** Rows that are changed under the lock of what they belong to, one of those named. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  archive_hold: ['archive_file'],
  clawback_recovery: ['clawback'],
  disbursement_line: ['disbursement'],
  expert_opinion: ['expert_review'],
  funding_lot: ['funding_round', 'application'],
  inspection: ['engagement'],
  // imports exclude each other
  organisation: ['imports'],
  service_contract: ['organisation'],
  usage_record: ['organisation'],
}

/** Statements that lean on a row of another table, one of those named, by what they begin with and hold. */
const LEANING: readonly { readonly statement: RegExp; readonly on: readonly string[] }[] = [
  { statement: /^update "application" set .*"approved_fen" = .*"ceiling_fen" = /s, on: ['adoption'] },
  { statement: /^insert into "voucher" /, on: ['application'] },
  { statement: /^insert into "claim" /, on: ['voucher', 'application'] },
  { statement: /^insert into "disbursement_line" /, on: ['claim'] },
  { statement: /^insert into "notice_line" /, on: ['application'] },
  { statement: /^insert into "rectification" /, on: ['application'] },
  { statement: /^insert into "dispute" /, on: ['organisation'] },
  { statement: /^insert into "clawback" /, on: ['application'] },
  // a programme that is taken over is locked as a whole
  { statement: /^insert into "service_contract" /, on: ['organisation', 'adoption'] },
  { statement: /^insert into "usage_record" /, on: ['organisation'] },
]

type Query = (this: object, ...args: unknown[]) => unknown
const prototype = pg.Client.prototype as unknown as { query: Query }

let watching = false

/** From now on a transaction of this process that changes what it has not locked fails with the reason. */
export function watchLocks(): void {
  if (watching) return
  watching = true
  const query = prototype.query
  const transactions = new WeakMap<object, Set<string>>()
  prototype.query = function (...args) {
    const text = textOf(args[0])
    if (/^begin/i.test(text)) transactions.set(this, new Set())
    else if (/^(commit|rollback)/i.test(text)) transactions.delete(this)
    else {
      const held = transactions.get(this)
      if (held !== undefined) hold(held, text)
    }
    return query.apply(this, args)
  }
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement.trim()
  return String((statement as { readonly text?: string } | undefined)?.text ?? '').trim()
}

function hold(held: Set<string>, statement: string): void {
  const missing = LEANING.find(
    (rule) => rule.statement.test(statement) && !rule.on.some((table) => held.has(table)),
  )?.on[0]
  const changed = /^update "(\w+)"/.exec(statement)?.[1]
  const locked =
    changed === undefined ||
    UNLOCKED.has(changed) ||
    [changed, ...(PARENTS[changed] ?? [])].some((table) => held.has(table))
  const needed = missing ?? (locked ? null : changed!)
  if (needed !== null)
    throw new Error(
      `a transaction leans on a row of ${needed} that it has not locked: ${statement.slice(0, 200)}`,
    )
  if (statement.includes('pg_advisory_xact_lock')) held.add('imports')
  const made = /^insert into "(\w+)"/.exec(statement)?.[1]
  if (made !== undefined) held.add(made)
  if (/\bfor (no key )?update\b/i.test(statement))
    for (const [, table] of statement.matchAll(/\b(?:from|join) "?(\w+)"?/gi)) held.add(table!)
}
