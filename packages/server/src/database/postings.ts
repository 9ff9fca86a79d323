// The only way into the journal: one call of `ledger.post`, the last statement of a command.
import { createHash } from 'node:crypto'
import { assert, type Hash } from '@suanquan/core'
import { dayOf } from '@suanquan/core/calendar'
import {
  accountKinds,
  assertWellFormed,
  expiryOf,
  isUuid,
  postingKinds,
  postingRules,
  reservationOf,
  resultOf,
  type Answer,
  type Batch,
  type PostingSet,
} from '@suanquan/core/ledger'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Database } from './connect.ts'
import type { Tables } from './tables.ts'
import type { Transaction } from './transaction.ts'

/** The hash of account ids, fingerprints and the chain: the one that PostgreSQL computes too. */
export const ledgerHash: Hash = (bytes) => createHash('sha256').update(bytes).digest()

/**
 * Opens and closes accounts, then posts the sets in order; alone the last statement of its transaction.
 * @param followedBy what is too much for one call is posted in parts
 * @returns the answers, one a link in the order of the sets: a retry gets its first ones
 * @throws when the batch is malformed (an id twice, another jurisdiction): nothing of it is kept
 */
export async function post(
  tx: Transaction,
  batch: Batch,
  followedBy: 'nothing' | 'another part' = 'nothing',
): Promise<readonly (readonly Answer[])[]> {
  assertWellFormed(batch, batch)
  const sent = sql<{ results: number[]; sequences: bigint[] }>`
    select results, sequences from ${callOf(batch)}`.execute(tx.kysely)
  tx.last.sent = followedBy === 'nothing'
  const { results, sequences } = (await sent).rows[0]!
  let next = 0
  return batch.sets.map((set) =>
    set.map(({ id }) => {
      const sequence = sequences[next]!
      const result = resultOf(results[next++]!)
      return { id, result, sequence: sequence === 0n ? null : sequence }
    }),
  )
}

/**
 * Takes the one lock of a fund until the transaction ends, for a command whose postings must leave nothing behind: what it
 * reads from now on stands until it posts.
 */
export async function lockLedger(
  db: Kysely<Tables>,
  fund: Pick<Batch, 'ledger' | 'jurisdiction' | 'moment'>,
): Promise<void> {
  await sql`select from ${callOf({ ...fund, sets: [] })}`.execute(db)
}

/** The call of `ledger.post` for a batch: a table function of one row. */
export function callOf(batch: Batch): RawBuilder<unknown> {
  const postings = batch.sets.flat()
  const accounts = new Map<string, number>()
  const place = (id: string): number => {
    if (!accounts.has(id)) accounts.set(id, accounts.size + 1)
    return accounts.get(id)!
  }
  const debits = postings.map(({ debit }) => place(debit))
  const credits = postings.map(({ credit }) => place(credit))
  const open = batch.open?.map((terms) => ({
    ...terms,
    code: accountKinds[terms.code].number,
    usable_until: terms.usableUntil,
  }))
  return sql`ledger.post(${batch.ledger}::int, ${batch.jurisdiction}::text, ${batch.moment}::bigint,
    ${open === undefined ? null : JSON.stringify(open)}::jsonb, ${batch.close ?? []}::uuid[], ${listOf([...accounts.keys()])}::uuid[],
    ${listOf(postings.map(({ id }) => id))}::uuid[], ${listOf(postings.map(({ kind }) => postingKinds[kind]))}::smallint[],
    ${listOf(debits)}::int[], ${listOf(credits)}::int[], ${listOf(postings.map(({ amount }) => amount))}::bigint[],
    ${listOf(postings.map(reservationOf))}::uuid[],
    ${listOf(postings.map(({ code }) => postingRules[code].number))}::smallint[],
    ${listOf(postings.map(expiryOf))}::bigint[], ${listOf(postings.map(({ document }) => document))}::uuid[],
    ${postings.map(({ district }) => district)}::text[],
    ${listOf(batch.sets.flatMap((set) => set.map((_, link) => link)))}::smallint[],
    ${listOf(batch.sets.flatMap((set) => set.map(() => set.length)))}::smallint[])`
}

/** An array of numbers and UUIDs as PostgreSQL reads it: the driver's way, which quotes each item, costs five times as much. */
function listOf(items: readonly (string | number | bigint | null)[]): string {
  for (const item of items) assert(typeof item !== 'string' || isUuid(item), 'an id is a UUID in lower case')
  return `{${items.map((item) => item ?? 'NULL').join(',')}}`
}

/** What one caller of a batcher brings: documents to store and sets to post, together or not at all. */
export interface Entry extends Pick<Batch, 'moment' | 'open' | 'close'> {
  readonly sets: readonly PostingSet[]
  /** stores the documents in the batch's own transaction; the state of a document is read from its postings */
  readonly store?: (tx: Transaction) => Promise<void>
}

export interface BatcherOptions {
  readonly database: Database
  readonly ledger: number
  readonly jurisdiction: string
  /** most postings a call, 1000 when left out */
  readonly most?: number
}

interface Waiting {
  readonly entry: Entry
  readonly postings: number
  readonly keys: readonly string[]
  readonly resolve: (answers: readonly (readonly Answer[])[]) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Many callers, few transactions: while one batch is under way the next one gathers. For imports and instant
 * deduction, where a hot pool would otherwise cost one commit a posting. One batcher a fund and process.
 * @returns a function that answers when the caller's own entry is committed
 */
export function postingBatcher(
  options: BatcherOptions,
): (entry: Entry) => Promise<readonly (readonly Answer[])[]> {
  const queue: Waiting[] = []
  let pumping: Promise<void> | null = null
  const pump = async (): Promise<void> => {
    while (queue.length > 0) {
      const taken = take(queue, options.most ?? 1000)
      try {
        settle(taken, await run(options, taken))
      } catch (error) {
        if (taken.length === 1) taken[0]!.reject(error)
        else await runAlone(options, taken)
      }
    }
    pumping = null
  }
  return (entry) =>
    new Promise((resolve, reject) => {
      const postings = entry.sets.flat()
      const keys = postings.flatMap((posting) => [posting.id, reservationOf(posting) ?? []].flat())
      queue.push({ entry, postings: postings.length, keys, resolve, reject })
      pumping ??= Promise.resolve().then(pump)
    })
}

/** The longest beginning of the queue that fits one call: no id twice, one civil day, at most so many postings. */
function take(queue: Waiting[], most: number): readonly Waiting[] {
  const seen = new Set<string>()
  let postings = 0
  let end = 0
  const day = dayOf(queue[0]!.entry.moment)
  for (const waiting of queue) {
    postings += waiting.postings
    const fits = postings <= most && !waiting.keys.some((key) => seen.has(key))
    if (end > 0 && (!fits || dayOf(waiting.entry.moment) !== day)) break
    for (const key of waiting.keys) seen.add(key)
    end++
  }
  return queue.splice(0, end)
}

async function run(
  { database, ledger, jurisdiction }: BatcherOptions,
  taken: readonly Waiting[],
): Promise<readonly (readonly Answer[])[]> {
  const entries = taken.map(({ entry }) => entry)
  return database.transaction(async (tx) => {
    for (const { store } of entries) await store?.(tx)
    return post(tx, {
      ledger,
      jurisdiction,
      moment: Math.max(...entries.map(({ moment }) => moment)),
      open: entries.flatMap(({ open }) => open ?? []),
      close: entries.flatMap(({ close }) => close ?? []),
      sets: entries.flatMap(({ sets }) => sets),
    })
  })
}

/** A batch that failed whole is tried caller by caller, so that one bad entry harms nobody else. */
async function runAlone(options: BatcherOptions, taken: readonly Waiting[]): Promise<void> {
  for (const waiting of taken) {
    try {
      settle([waiting], await run(options, [waiting]))
    } catch (error) {
      waiting.reject(error)
    }
  }
}

function settle(taken: readonly Waiting[], answers: readonly (readonly Answer[])[]): void {
  let from = 0
  for (const { entry, resolve } of taken) {
    resolve(answers.slice(from, from + entry.sets.length))
    from += entry.sets.length
  }
}
