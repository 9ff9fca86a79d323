// One history of a fund: steps of random acts put to the database and to the reference model, with what goes wrong in
// real life in between. Steps hold acts, not postings, so that a failed history can be told again in another fund.
import { assert, seededRandom, type Random } from '@suanquan/core'
import { startOf, type Instant } from '@suanquan/core/calendar'
import {
  accountId,
  reservationOf,
  type Answer,
  type Batch,
  type PostingSet,
  type Uuid,
} from '@suanquan/core/ledger'
import type { Books } from '@suanquan/core/voucher'
import { ledgerHash, post, sql, type Database } from '@suanquan/server'
import { appropriated, nextAct, type Act, type Life } from './acts.ts'
import { yearEnd } from './year-end.ts'
import { referenceLedger, type ReferenceLedger } from './reference-ledger.ts'

/**
 * What becomes of a call: it commits; it is taken back when anything is refused, as a command is; its connection ends
 * before the commit; its connection is torn while the commit is under way, and whoever asked asks again.
 */
type Fate = 'commits' | 'all or nothing' | 'dies' | 'torn'

export interface Call {
  readonly moment: Instant
  readonly acts: readonly Act[]
  readonly fate: Fate
}

/** Calls of one step are made at once, on connections of their own. */
export type Step = readonly Call[]

export interface Stage {
  readonly database: Database
  /** ends other sessions of the database */
  readonly superuser: Database
}

export interface Told {
  readonly books: Books
  readonly model: ReferenceLedger
  readonly life: Life
  readonly commands: number
  readonly posted: number
  readonly results: ReadonlyMap<string, number>
}

/** A difference between the database and the model, and the steps that led to it. */
export class Difference extends Error {
  readonly steps: readonly Step[]
  constructor(message: string, steps: readonly Step[]) {
    super(message)
    this.steps = steps
  }
}

const DAY_MS = 86_400_000
const JURISDICTION = '110000'

export function booksOf(ledger: number): Books {
  return { fund: { ledger, jurisdiction: JURISDICTION, programme: 'city-2024' }, hash: ledgerHash }
}

function modelOf({ fund, hash }: Books): ReferenceLedger {
  return referenceLedger((terms) =>
    accountId({ ...terms, ledger: fund.ledger, jurisdiction: JURISDICTION }, hash),
  )
}

/**
 * Lives one history of so many commands.
 * @throws {Difference} when the database answered otherwise than the model
 */
export async function liveHistory(stage: Stage, seed: number, commands: number): Promise<Told> {
  const books = booksOf(seed)
  const model = modelOf(books)
  const random = seededRandom(`history ${seed}`)
  const life: Life = {
    random,
    books,
    moment: startOf('2024-03-01'),
    left: model.left,
    promised: model.promised,
    year: null,
    grants: [],
    vouchers: [],
    draws: [],
    drawn: new Map(),
  }
  const past: Act[] = []
  const told = tellerOf(stage, books, model)
  const steps: Step[] = []
  while (told.commands() < commands) {
    const step = nextStep(life, past)
    steps.push(step)
    try {
      await told.take(step)
    } catch (error) {
      throw new Difference(error instanceof Error ? error.message : String(error), steps)
    }
    for (const call of step) past.push(...call.acts)
    past.splice(0, past.length - 400)
  }
  return { books, model, life, ...told.tally() }
}

/** Tells steps again in an empty fund. @returns what differed, or null */
export async function tellAgain(
  stage: Stage,
  ledger: number,
  steps: readonly Step[],
): Promise<string | null> {
  const books = booksOf(ledger)
  const told = tellerOf(stage, books, modelOf(books))
  try {
    for (const step of steps) await told.take(step)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function nextStep(life: Life, past: readonly Act[]): Step {
  const { random } = life
  if (past.length > 0 && random.int(15) === 0) return [closingOf(life)]
  const calls = random.int(6) === 0 ? 2 + random.int(2) : 1
  return Array.from({ length: calls }, (): Call => {
    life.moment = nextMoment(life.moment, random)
    const fate: Fate =
      calls > 1 ? 'commits' : ((['all or nothing', 'dies', 'torn'] as const)[random.int(24)] ?? 'commits')
    const wanted = fate === 'all or nothing' ? 2 : 1 + random.int(random.int(4) === 0 ? 8 : 240)
    // the first act of a call always posts: its place in the journal tells in which order the calls were served
    const acts: Act[] = [appropriated(life)]
    while (acts.length < wanted) {
      const act = past.length > 0 && random.int(8) === 0 ? random.pick(past) : nextAct(life)
      if (act !== null) acts.push(act)
    }
    return { moment: life.moment, acts, fate }
  })
}

/** A year is closed whole or not at all by a call of its own: accounts are closed before anything is posted. */
function closingOf(life: Life): Call {
  life.moment = nextMoment(life.moment, life.random)
  const closing = yearEnd(life)
  return { moment: life.moment, acts: [appropriated(life), closing], fate: 'all or nothing' }
}

/** Minutes go by; now and then weeks, or the clock of a server is late. */
function nextMoment(moment: Instant, random: Random): Instant {
  if (random.int(25) === 0) return moment + random.int(20) * DAY_MS
  if (random.int(15) === 0) return moment - random.int(3 * DAY_MS)
  return moment + random.int(DAY_MS / 8)
}

interface Teller {
  readonly take: (step: Step) => Promise<void>
  readonly commands: () => number
  readonly tally: () => Pick<Told, 'commands' | 'posted' | 'results'>
}

function tellerOf(stage: Stage, books: Books, model: ReferenceLedger): Teller {
  let commands = 0
  let posted = 0
  const results = new Map<string, number>()
  const take = async (step: Step): Promise<void> => {
    const asked = step.map((call) => ({ call, batch: batchOf(books, call) }))
    const answered = await Promise.all(
      asked.map(async ({ call, batch }) => ({ call, batch, answers: await ask(stage, call.fate, batch) })),
    )
    answered.sort((left, right) => Number(placeOf(left.answers) - placeOf(right.answers)))
    for (const { call, batch, answers } of answered) {
      const expected = model.post(batch)
      if (answers === null) model.undo()
      else compare(answers, expected)
      if (call.fate === 'all or nothing' && expected.flat().some(({ result }) => result !== 'posted'))
        model.undo()
      commands += call.acts.length
      posted += answers === null ? 0 : expected.flat().filter(({ sequence }) => sequence !== null).length
      for (const { result } of expected.flat()) results.set(result, (results.get(result) ?? 0) + 1)
    }
  }
  return { take, commands: () => commands, tally: () => ({ commands, posted, results }) }
}

/** All acts of a call as one batch; what two of them ask alike is asked once, what does not fit is left to a retry. */
function batchOf(books: Books, { moment, acts }: Call): Batch {
  const { ledger, jurisdiction } = books.fund
  const used = new Map<string, string>()
  const open: NonNullable<Batch['open']>[number][] = []
  const sets: PostingSet[] = []
  const close: Uuid[] = []
  for (const act of acts) {
    const plan = act.plan(books)
    open.push(...plan.open)
    close.push(...(plan.close ?? []))
    // a plan about nothing has a set without postings
    for (const set of plan.sets.filter(({ length }) => length > 0)) {
      const keys = set.flatMap((posting) => [posting.id, reservationOf(posting) ?? []].flat())
      if (keys.some((key) => used.has(key))) continue
      for (const key of keys) used.set(key, act.name)
      sets.push(set)
    }
  }
  return { ledger, jurisdiction, moment, open, close, sets }
}

type Answers = readonly (readonly Answer[])[]

/** @returns null when the call is known to have left nothing */
async function ask({ database, superuser }: Stage, fate: Fate, batch: Batch): Promise<Answers | null> {
  if (fate === 'commits') return database.transaction((tx) => post(tx, batch))
  let answers: Answers = []
  let kill: Promise<unknown> = Promise.resolve()
  const asked = database.transaction(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.kysely)
    answers = await post(tx, batch)
    if (fate !== 'all or nothing')
      kill = sql`select pg_terminate_backend(${rows[0]!.pid}::int)`.execute(superuser.kysely)
    if (fate === 'dies') await kill
    return { ok: fate !== 'all or nothing' || answers.flat().every(({ result }) => result === 'posted') }
  })
  if (fate === 'all or nothing') {
    await asked
    return answers
  }
  const committed = await asked.then(
    () => true,
    () => false,
  )
  if (fate === 'dies') {
    assert(!committed, 'a killed connection commits nothing')
    return null
  }
  await kill
  const again = await askUntilAnswered(database, batch)
  if (committed) compare(again, answers)
  return again
}

/** The pool may still hand out the connection that was torn: a client asks again, with the same ids. */
async function askUntilAnswered(database: Database, batch: Batch): Promise<Answers> {
  for (let tries = 1; ; tries++) {
    try {
      return await database.transaction((tx) => post(tx, batch))
    } catch (error) {
      if (tries === 5) throw error
    }
  }
}

function placeOf(answers: Answers | null): bigint {
  return answers?.[0]?.[0]?.sequence ?? 0n
}

function compare(found: Answers, expected: Answers): void {
  for (const [set, links] of expected.entries())
    for (const [link, { id, result, sequence }] of links.entries()) {
      const answer = found[set]![link]!
      if (answer.result !== result || answer.sequence !== sequence)
        throw new Error(
          `posting ${id}: the database says ${answer.result} ${answer.sequence}, the model ${result} ${sequence}`,
        )
    }
}
