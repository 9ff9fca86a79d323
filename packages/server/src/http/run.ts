// Runs one handler. A command is one transaction: its idempotency key first, then the handler (lock, load, decide,
// store), the trail, and the ledger's postings last. When a posting is refused nothing of the command remains. When
// balances have moved since the command read them it decides anew, a few times.
import type { RouteName } from '@suanquan/api'
import type { Refusal } from '@suanquan/core'
import { createHash } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import { postPlan, timestamp, type Tables, type Transaction as OpenTransaction } from '../database/index.ts'
import { writeMessages } from '../modules/message/index.ts'
import {
  RefusedError,
  type Asked,
  type Command,
  type Each,
  type Handler,
  type Outcome,
  type Query,
  type ReadContext,
  type Touched,
} from './world.ts'
import { answered } from '../identity/scope.ts'
import type { World } from './world-options.ts'

export type Served =
  | { readonly ok: true; readonly answer: unknown; readonly cookie?: string | null }
  | { readonly ok: false; readonly refusal: Refusal }

const NOBODY = '00000000-0000-0000-0000-000000000000'
const DECIDE_AGAIN_TIMES = 5

/** Acts that leave no stored answer: their answers carry secrets or set the cookie, or each part has a key of its own. */
const UNREPLAYED: ReadonlySet<RouteName> = new Set([
  ...(['signIn', 'signOut', 'enrol', 'openSetup'] as const),
  'takeUsageEvents',
])

/** Reads that show nothing of anybody: how many messages wait, asked every minute by every open page. */
const UNTRAILED: ReadonlySet<RouteName> = new Set(['countUnread'])

/** One request for a handler: who asked what, and under which key. */
export interface Call<Kind extends Handler<RouteName>> {
  readonly name: RouteName
  readonly handler: Kind
  readonly asked: Asked<RouteName>
  /** the Idempotency-Key, where one came and fits */
  readonly key: string | null
  readonly requestId: string
}

export async function runQuery(world: World, call: Call<Query<RouteName>>): Promise<Served> {
  const { name, handler, asked, requestId } = call
  let touched = firstTouched(name, asked)
  const decided = await handler.run(asked, { db: world.db, touch: (it) => (touched = it) })
  const outcome = decided.ok ? 'done' : decided.refusal.code
  // of strangers' reads those of one firm's thing are kept: the firm sees that somebody looked
  const kept = asked.person !== null || (touched.organisationId ?? null) !== null
  if (kept && !UNTRAILED.has(name)) {
    await world.audit.record(world.db, { name, asked, touched, outcome, requestId, reads: true })
  }
  return decided.ok ? { ok: true, answer: decided.value } : { ok: false, refusal: answered(decided.refusal) }
}

/** An act on several cases: it writes its own line in the trail, and each case, a command of its own, its own. */
export async function runEach(world: World, call: Call<Each<RouteName>>): Promise<Served> {
  const { name, handler, asked, requestId } = call
  if (call.key === null) return { ok: false, refusal: { code: 'request.key_missing', params: {} } }
  let touched = firstTouched(name, asked)
  const decided = await handler.run(asked, {
    db: world.db,
    touch: (it) => (touched = it),
    act: (command, { name: each, params, body, key }) =>
      runCommand(world, {
        name: each,
        handler: command as unknown as Command<RouteName>,
        asked: { ...asked, params, body } as Asked<RouteName>,
        key,
        requestId,
      }),
  })
  const outcome = decided.ok ? 'done' : decided.refusal.code
  await world.audit.record(world.db, { name, asked, touched, outcome, requestId, reads: false })
  return decided.ok ? { ok: true, answer: decided.value } : { ok: false, refusal: decided.refusal }
}

export async function runCommand(world: World, call: Call<Command<RouteName>>): Promise<Served> {
  const { name, asked, requestId } = call
  if (isReplayed(name) && call.key === null) {
    return { ok: false, refusal: { code: 'request.key_missing', params: {} } }
  }
  for (let attempt = 1; ; attempt++) {
    let touched = firstTouched(name, asked)
    const touch = (it: Touched): void => void (touched = it)
    try {
      const checked = attempt === 1 ? await call.handler.check?.(asked, { db: world.db, touch }) : undefined
      if (checked?.ok === false) throw new RefusedError(checked.refusal)
      return await attemptCommand(world, call, touch)
    } catch (error) {
      if (error instanceof MovedError && attempt < DECIDE_AGAIN_TIMES) continue
      if (!(error instanceof RefusedError)) throw error
      const outcome = error.refusal.code
      await world.audit.record(world.db, { name, asked, touched, outcome, requestId, reads: false })
      return { ok: false, refusal: answered(error.refusal) }
    }
  }
}

/** Balances moved between reading and posting: decide anew. */
class MovedError extends Error {}

function isReplayed(name: RouteName): boolean {
  return !UNREPLAYED.has(name)
}

/** What a request is about before its handler has said so: the thing in its path. */
function firstTouched(name: RouteName, { params }: Asked<RouteName>): Touched {
  return { kind: name, id: 'id' in params ? params.id : null }
}

async function attemptCommand(
  world: World,
  call: Call<Command<RouteName>>,
  touch: (touched: Touched) => void,
): Promise<Served> {
  const { name, handler, asked, requestId } = call
  const read: ReadContext = { db: world.db, touch: () => undefined }
  const stored = await world.database.transaction(async (open) => {
    const tx = open.kysely
    const earlier = isReplayed(name) ? await claimKey(tx, world, call) : undefined
    if (earlier) return earlier
    world.crash('command.keyed')
    let touched = firstTouched(name, asked)
    const decided = await handler.run(asked, {
      tx,
      newId: world.newId,
      touch: (it) => touch((touched = it)),
    })
    if (!decided.ok) throw new RefusedError(decided.refusal)
    world.crash('command.stored')
    await world.audit.record(tx, { name, asked, touched, outcome: 'done', requestId, reads: false })
    if (isReplayed(name)) await storeSubject(tx, call, decided.value.subject)
    await writeMessages(tx, asked.at)
    world.crash('command.written')
    await postLast(open, asked, decided.value)
    if (decided.value.plan !== undefined) world.crash('command.posted')
    return { outcome: decided.value }
  })
  if ('answer' in stored) {
    const answer = stored.answer ?? (await handler.view(stored.subject, read, asked))
    return { ok: true, answer }
  }
  const { outcome } = stored
  world.crash('command.committed')
  const answer = await handler.view(outcome.subject, read, asked)
  if (isReplayed(name)) await storeAnswer(world, call, answer)
  world.crash('command.answered')
  const shown = outcome.once === undefined ? answer : { ...(answer as object), ...outcome.once }
  return outcome.cookie === undefined
    ? { ok: true, answer: shown }
    : { ok: true, answer: shown, cookie: outcome.cookie }
}

async function postLast(tx: OpenTransaction, asked: Asked<RouteName>, outcome: Outcome): Promise<void> {
  if (outcome.plan === undefined) return
  const refused = await postPlan(tx, outcome.plan, asked.at)
  if (refused === 'again') throw new MovedError()
  if (refused !== null) throw new RefusedError(refused)
}

/**
 * Takes the key inside the command's own transaction. A second request with the key waits for the first; then it gets
 * the first one's answer, or is refused when it asks for something else.
 */
async function claimKey(
  tx: Transaction<Tables>,
  world: World,
  call: Call<Command<RouteName>>,
): Promise<{ answer: object | null; subject: string } | undefined> {
  const { name, asked } = call
  const hash = bodyHash(name, asked)
  const taken = await tx
    .insertInto('request_key')
    .values({
      ...keyOf(call),
      jurisdiction: world.site.jurisdiction,
      district: world.site.jurisdiction,
      route: name,
      body_hash: hash,
      subject: null,
      answer: null,
      at: timestamp(asked.at),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (taken.numInsertedOrUpdatedRows === 1n) return undefined
  const earlier = await tx
    .selectFrom('request_key')
    .select(['body_hash', 'subject', 'answer'])
    .where('person_id', '=', keyOf(call).person_id)
    .where('key', '=', keyOf(call).key)
    .executeTakeFirstOrThrow()
  if (earlier.body_hash !== hash) throw new RefusedError({ code: 'request.key_reused', params: {} })
  return { answer: earlier.answer, subject: earlier.subject ?? '' }
}

function keyOf({ asked, key }: Call<Command<RouteName>>): { person_id: string; key: string } {
  return { person_id: asked.person?.id ?? NOBODY, key: key! }
}

function bodyHash(name: RouteName, asked: Asked<RouteName>): string {
  const { params, query, body } = asked
  const file = asked.file === null ? null : { name: asked.file.name, sha256: asked.file.sha256 }
  const content = { name, params, query, body, file }
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

async function storeSubject(
  tx: Transaction<Tables>,
  call: Call<Command<RouteName>>,
  subject: string,
): Promise<void> {
  const { person_id: person, key } = keyOf(call)
  await tx
    .updateTable('request_key')
    .set({ subject })
    .where('person_id', '=', person)
    .where('key', '=', key)
    .execute()
}

/** Without waiting for the disk, after the commit that did: a retry reads a lost answer from the subject. */
async function storeAnswer(world: World, call: Call<Command<RouteName>>, answer: unknown): Promise<void> {
  const { person_id: person, key } = keyOf(call)
  await world.db
    .updateTable('request_key')
    .set({ answer: JSON.stringify(answer) })
    .where('person_id', '=', person)
    .where('key', '=', key)
    .where(sql<string>`set_config('synchronous_commit', 'off', true)`, '=', 'off')
    .execute()
}
