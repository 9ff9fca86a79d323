// A fuzz run: requests from the OpenAPI document in several lanes, the clock of the city moving on, every answer judged,
// every changed row accounted for.
import { writeOpenApi } from '@suanquan/api'
import { seededRandom } from '@suanquan/core'
import { addDays } from '@suanquan/core/calendar'
import { faultsIn } from '../proof.ts'
import type { TestCity } from '../test-city.ts'
import { fuzzSenders, type Senders } from './senders.ts'
import { brokenHttp } from './broken-http.ts'
import { wrongWith, wrongWithBroken } from './judge.ts'
import { nextRequest, operationsOf, type FuzzRequest } from './requests.ts'
import { noteRowChanges, type RowChanges } from './row-changes.ts'
import type { Schema } from './schema-values.ts'
import { sender, type FuzzAnswer, type Sender } from './send.ts'
import { thingsOf } from './things.ts'

export interface FuzzOptions {
  readonly seed: string
  readonly requests: number
}

export interface FuzzReport {
  readonly sent: number
  readonly seconds: number
  /** what was wrong with an answer, or changed without being done; with the request */
  readonly wrong: readonly string[]
  readonly byStatus: Readonly<Record<string, number>>
  /** routes that no request got past the door and the form of */
  readonly unreached: readonly string[]
}

/** What requests change although they are refused, or beside their act, each for a reason. */
const ALLOWED = [
  // A session was seen.
  'UPDATE session (seen_at)',
  'UPDATE session ()',
  // A wrong password is counted, the fifth locks.
  'UPDATE person (failed_attempts)',
  'UPDATE person (locked_until)',
  'UPDATE person (failed_attempts,locked_until)',
  // The answer of a done act, kept for its retry after the commit.
  'UPDATE request_key (answer)',
  // A bulk act writes down what each case came to, case by case; the cases themselves are acts.
  'INSERT bulk_act',
  'INSERT bulk_item',
  // A proof runs on beside the act that started it.
  ...['done_steps,seen_at', 'clean,done_steps,ended_at,result,seen_at,state'].map(
    (each) => `UPDATE proof_run (${each})`,
  ),
]

const LANES = 6
const ROUND = 500
const BEGINS_ON = '2024-06-11'
const DAYS_A_ROUND = 2

export async function fuzz(city: TestCity, { seed, requests }: FuzzOptions): Promise<FuzzReport> {
  const changes = await noteRowChanges(city.store)
  const senders = await fuzzSenders(city, changes)
  const door = sender(city.server.url, LANES)
  const tally: Tally = { wrong: [], reached: new Set(), byStatus: {} }
  const begun = Date.now()
  const round = roundOf({ city, senders, door, tally, seed })
  for (let first = 0; first < requests; first += ROUND) {
    await changes.begin()
    const refused = await round(first, Math.min(first + ROUND, requests))
    tally.wrong.push(...(await leftBehind(changes, refused)))
    await senders.reopen()
    city.setDay(addDays(BEGINS_ON, (first / ROUND) * DAYS_A_ROUND))
    await city.tick()
  }
  const seconds = (Date.now() - begun) / 1000
  tally.wrong.push(...(await faultsIn(city.store.database)))
  door.close()
  await changes.close()
  const unreached = operations.map(({ name }) => name).filter((name) => !tally.reached.has(name))
  return { sent: requests, seconds, wrong: tally.wrong, byStatus: tally.byStatus, unreached }
}

const document = writeOpenApi('0')
const operations = operationsOf(document)
const { schemas } = document['components'] as { schemas: Readonly<Record<string, Schema>> }

interface Tally {
  readonly wrong: string[]
  readonly reached: Set<string>
  readonly byStatus: Record<string, number>
}

interface Refused {
  readonly from: number
  readonly to: number
  readonly requestId: string
  readonly shown: string
}

interface Round {
  readonly city: TestCity
  readonly senders: Senders
  readonly door: Sender
  readonly tally: Tally
  readonly seed: string
}

/** Sends the requests from one number up to another, several at once; answers those that were refused. */
function roundOf({
  city,
  senders,
  door,
  tally,
  seed,
}: Round): (first: number, end: number) => Promise<Refused[]> {
  const keys: string[] = []
  return async (first, end) => {
    const refused: Refused[] = []
    const things = await thingsOf(city.store, senders.left)
    let next = first
    const lane = async (): Promise<void> => {
      while (next < end) {
        const number = next++
        const random = seededRandom(`${seed}/${number}`)
        const operation = operations[number % operations.length]!
        const request = nextRequest(operation, { random, schemas, things }, keys)
        const who = senders.pick(operation.name, random)
        const from = Date.now()
        const answer = await door.send(request, who.cookie)
        const shown = `${seed}/${number} ${who.login} ${showing(request)} → ${answer.status}`
        note(tally, request, answer, shown)
        const requestId = requestIdOf(answer)
        if (requestId !== null) refused.push({ from, to: Date.now(), requestId, shown })
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    const able = senders.pick('proposeAppropriation', seededRandom(`${seed}/${first}`)).cookie
    for (const bytes of brokenHttp(able)) {
      const answer = await door.sendBytes(bytes)
      const fault = wrongWithBroken(answer)
      if (fault !== undefined) tally.wrong.push(`${fault}: ${bytes.slice(0, 300)}`)
    }
    return refused
  }
}

function note(tally: Tally, request: FuzzRequest, answer: FuzzAnswer, shown: string): void {
  tally.byStatus[answer.status] = (tally.byStatus[answer.status] ?? 0) + 1
  const fault = wrongWith(request, answer)
  if (fault !== undefined) tally.wrong.push(`${fault}: ${shown}`)
  if (request.operation !== undefined && isReached(answer)) tally.reached.add(request.operation.name)
}

/** Rows that changed without an act, and acts whose request was refused. */
async function leftBehind(changes: RowChanges, refused: readonly Refused[]): Promise<string[]> {
  const rows = (await changes.unaccounted(ALLOWED)).map(({ at, what }) => {
    const among = refused.filter(({ from, to }) => from <= at && at <= to).map(({ shown }) => shown)
    return `${what}, left by one of ${among.slice(0, LANES).join(' | ')}`
  })
  const done = new Set(await changes.done(refused.map(({ requestId }) => requestId)))
  return [
    ...rows,
    ...refused.flatMap((each) => (done.has(each.requestId) ? [`refused and done: ${each.shown}`] : [])),
  ]
}

function showing({ method, path, headers, body }: FuzzRequest): string {
  const content = body === undefined ? '' : Buffer.from(body).toString('utf8').slice(0, 400)
  return `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 200)} ${content}`
}

/** Past the door and the form of the request, to something that is there. */
function isReached({ status, text }: FuzzAnswer): boolean {
  if (status < 400) return status > 0
  return ![400, 401, 403].includes(status) && !text.includes('"request.not_found"')
}

function requestIdOf({ status, text }: FuzzAnswer): string | null {
  return status < 400 ? null : (/"requestId":"([^"]+)"/.exec(text)?.[1] ?? null)
}
