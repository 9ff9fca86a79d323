// What the platform does by itself is a command like any other: one transaction, the trail, the postings last. When
// balances moved it decides anew at once.
import type { Refusal } from '@suanquan/core'
import { dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import type { Transaction } from 'kysely'
import { postPlan, type PostingPlan, type Tables } from '../database/index.ts'
import type { World } from '../http/world-options.ts'
import { writeMessages } from '../modules/message/index.ts'

export interface SystemContext {
  readonly tx: Transaction<Tables>
  readonly newId: () => string
  readonly at: Instant
  readonly today: Day
}

export interface SystemAct {
  readonly action: string
  readonly kind: string
  readonly id: string
  readonly plan?: PostingPlan
}

class MovedError extends Error {}

const TRIES = 5

/**
 * @param decide returns what it did, or null when there was nothing to do any more
 * @returns whether it did something
 */
export async function systemCommand(
  world: World,
  at: Instant,
  decide: (context: SystemContext) => Promise<SystemAct | null>,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      const did = await world.database.transaction(async (open) => {
        const act = await decide({ tx: open.kysely, newId: world.newId, at, today: dayOf(at) })
        if (act === null) return false
        const touched = { kind: act.kind, id: act.id }
        await world.audit.system(open.kysely, { action: act.action, touched, at })
        await writeMessages(open.kysely, at)
        world.crash('tick.decided')
        if (act.plan === undefined) return true
        const refused = await postPlan(open, act.plan, at)
        if (refused === 'again') throw new MovedError()
        if (refused !== null) throw refusedError(refused)
        world.crash('tick.posted')
        return true
      })
      if (did) world.crash('tick.committed')
      return did
    } catch (error) {
      if (!(error instanceof MovedError) || attempt >= TRIES) throw error
    }
  }
}

/**
 * Carries out case after case. One that cannot be carried out holds up no other: it is told once all had their turn. What
 * fails without being the case's own fault (the database is away) ends it at once.
 * @returns how many did something
 * @throws the first failure of a case
 */
export async function eachCase<Case>(
  cases: readonly Case[],
  act: (each: Case) => Promise<boolean>,
): Promise<number> {
  const failures: unknown[] = []
  let done = 0
  for (const each of cases) {
    try {
      if (await act(each)) done += 1
    } catch (error) {
      if (!isOfCase(error)) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return done
}

/** Our own doubt, or data that the database refuses (SQLSTATE 22, 23); whatever else has a code is not the case's. */
function isOfCase(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return error instanceof Error && (code === '' || /^2[23]...$/.test(code))
}

function refusedError(refusal: Refusal): Error {
  return new Error(`the ledger refused what the platform does by itself: ${refusal.code}`)
}
