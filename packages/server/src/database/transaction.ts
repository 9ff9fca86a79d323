// A command is one transaction, and `post` is its last statement: the lock of a fund is held for one round trip only.
// The rule is enforced: a query after `post` throws.
import { assert } from '@suanquan/core'
import type { Kysely, KyselyPlugin, Transaction as KyselyTransaction } from 'kysely'
import type { Tables } from './tables.ts'

export interface Transaction {
  /** typed queries inside the transaction; none after `post` */
  readonly kysely: KyselyTransaction<Tables>
  /** set by `post` once the last statement has gone out */
  readonly last: { sent: boolean }
}

/** PostgreSQL asks for a fresh try: serialization failure, deadlock. */
const TRY_AGAIN = new Set(['40001', '40P01'])
const TRIES = 5

class Refused extends Error {
  readonly decision: unknown
  constructor(decision: unknown) {
    super('the command was refused')
    this.decision = decision
  }
}

export function transactionOf(
  kysely: Kysely<Tables>,
): <Value>(command: (tx: Transaction) => Promise<Value>) => Promise<Value> {
  return async (command) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await kysely.transaction().execute(async (raw) => {
          const last = { sent: false }
          const tx = { kysely: raw.withPlugin(nothingAfter(last)), last }
          const value = await command(tx)
          if (isRefused(value)) throw new Refused(value)
          return value
        })
      } catch (error) {
        if (error instanceof Refused) return error.decision as never
        if (attempt >= TRIES || !TRY_AGAIN.has(codeOf(error))) throw error
      }
    }
  }
}

function nothingAfter(last: { readonly sent: boolean }): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      assert(!last.sent, 'post is the last statement of a command')
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
}

function isRefused(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
