// Sending what waits. Each attempt is taken under a lease and recorded before it is made; its result is recorded only while
// the lease is still one's own, so that two servers or a late one never speak over each other. What may have arrived is not
// sent again unless the channel itself keeps a second one from arriving: then it is uncertain, and a person decides.
import type { MessageChannel } from '@suanquan/api'
import type { Instant } from '@suanquan/core/calendar'
import { sql } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import type { Channel, Letter, Sent } from './channels/channel.ts'
import { letterOf, maskAddress } from './letter.ts'

/** Longer than any channel takes. */
const LEASE_MS = 180_000
/** In minutes after the first, second … attempt; the last one repeats. */
const BACKOFF = [1, 5, 15, 60, 180, 360]
const MOST_ATTEMPTS = 10
const A_RUN = 200

interface Taken {
  readonly id: string
  readonly fence: bigint
  readonly attempts: number
  /** the first attempt that may have arrived */
  readonly first_tried_at: Instant
  readonly tried_at: Instant
}

interface Line {
  readonly world: World
  readonly name: MessageChannel
  readonly channel: Channel
  readonly moment: () => Instant
}

/** @returns how many messages left */
export async function deliver(world: World, at: Instant): Promise<number> {
  const moment = (): Instant => Math.max(at, world.clock())
  const lines = Object.entries(world.channels) as [MessageChannel, Channel][]
  const sent = await Promise.all(lines.map(([name, channel]) => sendLine({ world, name, channel, moment })))
  return sent.reduce((sum, each) => sum + each, 0)
}

async function sendLine(line: Line): Promise<number> {
  await settleLost(line)
  let sent = 0
  for (let tried = 0; tried < A_RUN && !line.world.stopping.now; tried++) {
    const taken = await take(line)
    if (taken === undefined) break
    const letter = await letterOf(line.world, taken.id, line.moment())
    line.world.crash('outbox.taken')
    const result = letter === null ? null : await line.channel.send(letter)
    line.world.crash('outbox.sent')
    await record(line, taken, result, letter)
    line.world.crash('outbox.recorded')
    if (result?.state === 'sent') sent += 1
    if (result?.state === 'again' && result.pauseSeconds !== undefined) {
      await pause(line, result.pauseSeconds)
      break
    }
  }
  return sent
}

/** One delivery that is due, under a lease; others pass over it. */
async function take({ world, name, moment }: Line): Promise<Taken | undefined> {
  const tried = moment()
  const at = timestamp(tried)
  const { rows } = await sql<Omit<Taken, 'tried_at'>>`
    update delivery set state = 'sending', attempts = attempts + 1, fence = fence + 1,
      lease_until = ${timestamp(moment() + LEASE_MS)}, first_tried_at = coalesce(first_tried_at, ${at}::timestamptz)
    where id = (select id from delivery where state = 'waiting' and channel = ${name} and next_at <= ${at}
      order by next_at, id limit 1 for update skip locked)
    returning id, fence, attempts, first_tried_at`.execute(world.db)
  return rows[0] === undefined ? undefined : { ...rows[0], tried_at: tried }
}

type Change = Partial<Record<keyof Tables['delivery'], string | null>>

/** Only whoever holds the lease says what came of it. */
async function record(line: Line, taken: Taken, result: Sent | null, letter: Letter | null): Promise<void> {
  await line.world.db
    .updateTable('delivery')
    .set({ ...changeOf(line, taken, result, letter), lease_until: null } as never)
    .where('id', '=', taken.id)
    .where('fence', '=', taken.fence)
    .where('state', '=', 'sending')
    .execute()
}

function changeOf(line: Line, taken: Taken, result: Sent | null, letter: Letter | null): Change {
  const ended = { ended_at: timestamp(line.moment()), code: null }
  if (result === null) return { ...ended, state: 'cancelled', error: null }
  if (result.state === 'sent') return { ...ended, state: 'sent', reference: result.reference, error: null }
  const error = withoutAddress(result.error, line.name, letter!)
  if (result.state === 'failed') return { ...ended, state: 'failed', error }
  if (result.state === 'uncertain' && !mayRepeat(line, taken)) return { ...ended, state: 'uncertain', error }
  // a wait the server asks for is no attempt, however often it asks
  const asked = result.state === 'again' && result.pauseSeconds !== undefined
  if (taken.attempts >= MOST_ATTEMPTS && !asked)
    return { ...ended, state: result.state === 'uncertain' ? 'uncertain' : 'failed', error }
  const next = {
    state: 'waiting',
    next_at: timestamp(line.moment() + waitMs(taken, result)),
    error,
    ...(asked ? { attempts: String(taken.attempts - 1) } : {}),
  }
  // this attempt did not arrive, and no earlier one may have
  const none = result.state === 'again' && taken.first_tried_at === taken.tried_at
  return none ? { ...next, first_tried_at: null } : next
}

/** The channel keeps what is sent again under the same id from arriving twice, for so long after the first time. */
function mayRepeat(
  { channel, moment }: Line,
  { first_tried_at: first }: Pick<Taken, 'first_tried_at'>,
): boolean {
  return moment() - first < channel.sameForMs
}

function waitMs({ attempts }: Taken, result: Sent): number {
  if (result.state === 'again' && result.pauseSeconds !== undefined) return result.pauseSeconds * 1000
  return BACKOFF[Math.min(attempts, BACKOFF.length) - 1]! * 60_000
}

/** The server said to wait: the whole channel does. */
async function pause({ world, name, moment }: Line, seconds: number): Promise<void> {
  const until = timestamp(moment() + seconds * 1000)
  await world.db
    .updateTable('delivery')
    .set({ next_at: until })
    .where('state', '=', 'waiting')
    .where('channel', '=', name)
    .where('next_at', '<', until as never)
    .execute()
}

/**
 * Attempts whose server died between sending and recording: what they did is unknown. What waits to be asked about again is
 * not any more once the channel would let a second one through.
 */
async function settleLost({ world, name, channel, moment }: Line): Promise<void> {
  const repeatable = timestamp(moment() - channel.sameForMs)
  const at = timestamp(moment())
  await sql`
    update delivery set lease_until = null, error = 'the attempt was cut off',
      state = case when first_tried_at > ${repeatable}::timestamptz and attempts < ${MOST_ATTEMPTS} then 'waiting'
        else 'uncertain' end,
      ended_at = case when first_tried_at > ${repeatable}::timestamptz and attempts < ${MOST_ATTEMPTS} then null
        else ${at}::timestamptz end,
      next_at = ${at}::timestamptz
    where state = 'sending' and channel = ${name} and lease_until < ${at}::timestamptz`.execute(world.db)
  await sql`
    update delivery set state = 'uncertain', code = null, ended_at = ${at}::timestamptz
    where state = 'waiting' and channel = ${name} and first_tried_at <= ${repeatable}::timestamptz`.execute(
    world.db,
  )
}

function withoutAddress(error: string, channel: MessageChannel, { to }: Letter): string {
  return error.replaceAll(to, maskAddress(channel, to)).slice(0, 300)
}
