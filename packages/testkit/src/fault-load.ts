// A city under load while it is broken: clerks and a reviewer bring cases to their end, each act under a key of its own and
// asked again until it is answered; then the list of what was acknowledged is compared with what the database holds.
import { must, type TestCity } from './test-city.ts'
import { faultsIn } from './proof.ts'
import type { Outcome } from '@suanquan/api'
import { persistence, type Persistence } from './faults.ts'
import { testFirm } from './test-claim.ts'
import { FINDINGS } from './test-case.ts'
import { whenThere } from './when-there.ts'

export interface FaultLoad {
  readonly start: (clients: number) => void
  /**
   * Waits until so many more cases are at their end.
   * @returns milliseconds to the acknowledgement of an act that was not yet asked before
   */
  readonly progress: (cases: number) => Promise<number>
  /** lets the network deliver the next so many acts three times, twice at once and then late; waits for it */
  readonly repeat: (acts: number) => Promise<void>
  readonly stop: () => Promise<void>
  /** rejects when somebody gets no final answer, or one that cannot be */
  readonly failed: Promise<never>
  /** what was acknowledged and is not there once, and what is there and was not asked for; then all proofs */
  readonly differences: () => Promise<string[]>
  /** approved and not withdrawn */
  readonly approved: () => readonly string[]
  readonly counts: () => LoadCounts
}

export interface LoadCounts {
  readonly cases: number
  readonly acts: number
  /** asked again for want of an answer */
  readonly retries: number
  /** delivered three times and answered the same */
  readonly repeated: number
  /** of the answers after which it was asked again */
  readonly codes: readonly string[]
}

interface Done {
  readonly id: string
  readonly events: readonly string[]
}

interface Load {
  over: boolean
  acts: number
  number: number
  /** when the act was first asked that was begun last of those that are acknowledged */
  begunAt: number
  /** acts that are still to be delivered three times, and those that were */
  toRepeat: number
  repeated: number
  failure?: Error
}

/**
 * @param amountFen what each application is approved with
 * @param patienceMs how long an act is asked again before the load gives up
 */
export async function faultLoad(city: TestCity, amountFen: bigint, patienceMs: number): Promise<FaultLoad> {
  const firm = await testFirm(city)
  const clerk = city.as('clerk')
  const reviewer = city.as('reviewer')
  const patternId = await firm.drafted('HT-PATTERN')
  const pattern = must(await clerk.readApplication({ params: { id: patternId } })).draft
  const { until, retries, codes } = persistence(patienceMs)
  const done: Done[] = []
  const load: Load = { over: false, acts: 0, number: 0, begunAt: 0, toRepeat: 0, repeated: 0 }
  let running: Promise<unknown> = Promise.resolve()

  const act = actsOf(load, until)

  async function oneCase(): Promise<void> {
    const number = load.number++
    const contract = { ...pattern.contract, number: `HT-${number}`, account: `ht-${number}` }
    const body = { adoptionId: city.adoptionId, organisationId: city.firm.id }
    const { id } = await act((key) => () => clerk.openDraft({ key, body }))
    const params = { id }
    await act((key) => () => clerk.saveDraft({ key, params, body: { ...pattern, contract } }))
    await act((key) => () => clerk.submitApplication({ key, params }))
    const approval = { amountFen: amountFen.toString(), findings: FINDINGS, reason: '符合条件' }
    const decision = { decision: 'approve' as const, ...approval }
    await act((key) => () => reviewer.decideApplication({ key, params, body: decision }))
    const withdraws = number % 3 === 0
    if (withdraws)
      await act((key) => () => clerk.withdrawApplication({ key, params, body: { reason: '不再需要' } }))
    done.push({ id, events: ['submit', 'approve', ...(withdraws ? ['withdraw'] : [])] })
  }

  let fail: (error: Error) => void = () => undefined
  const failed = new Promise<never>((_, reject) => (fail = reject))
  failed.catch(() => undefined)
  return {
    failed,
    start: (clients) => {
      load.over = false
      const client = async (): Promise<void> => {
        while (!load.over) await oneCase()
      }
      const failed = (error: Error): void => {
        load.failure ??= error
        fail(error)
      }
      running = Promise.all(Array.from({ length: clients }, () => client().catch(failed)))
    },
    progress: (cases) => progressOf(load, done, { cases, patienceMs }),
    repeat: async (acts) => {
      const wanted = load.repeated + acts
      load.toRepeat += acts
      while (load.repeated < wanted) await progressOf(load, done, { cases: 0, patienceMs })
    },
    stop: async () => {
      load.over = true
      await running
      if (load.failure !== undefined) throw load.failure
    },
    approved: () => done.filter(({ events }) => events.length === 2).map(({ id }) => id),
    counts: () => {
      const { acts, repeated } = load
      return { cases: done.length, acts, retries: retries(), repeated, codes: [...codes].sort() }
    },
    differences: () =>
      whenThere(async () => [
        ...(await unlikeStored(city, done, patternId)),
        ...(await faultsIn(city.store.database)),
      ]),
  }
}

type Act = <Value>(ask: (key: string) => () => Promise<Outcome<Value>>) => Promise<Value>

/** An act under a key of its own, asked until it is answered; or, where the network is to repeat it, three times. */
function actsOf(load: Load, until: Persistence['until']): Act {
  return async (ask) => {
    const begunAt = Date.now()
    const once = ask(`act-${load.acts++}-of-the-load`)
    const repeats = load.toRepeat > 0
    if (repeats) load.toRepeat -= 1
    const [first, second] = await Promise.all([until(once), repeats ? until(once) : null])
    const value = must(first)
    if (second !== null) {
      for (const other of [must(second), must(await until(once))])
        if (inShort(other) !== inShort(value)) throw new Error('an act that came twice has two answers')
      load.repeated += 1
    }
    load.begunAt = Math.max(load.begunAt, begunAt)
    return value
  }
}

/** What one act makes of one thing. What else is shown of it is as of when it is shown: balances move. */
function inShort(answer: unknown): string {
  const { id, state } = answer as { readonly id: string; readonly state: string }
  return `${id} ${state}`
}

async function progressOf(
  load: Readonly<Load>,
  done: readonly Done[],
  { cases, patienceMs }: { readonly cases: number; readonly patienceMs: number },
): Promise<number> {
  const from = done.length
  const started = Date.now()
  let first = 0
  while (done.length < from + cases || first === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (first === 0 && load.begunAt >= started) first = Date.now() - started + 1
    if (load.failure !== undefined) throw load.failure
    if (Date.now() - started > patienceMs) throw new Error('the load does not get on')
  }
  return first
}

async function unlikeStored(
  { store: { database } }: TestCity,
  done: readonly Done[],
  besides: string,
): Promise<string[]> {
  const rows = await database.kysely
    .selectFrom('application')
    .leftJoin('workflow_event', 'workflow_event.object_id', 'application.id')
    .select(['application.id', 'workflow_event.event'])
    .where('application.id', '<>', besides)
    .orderBy('workflow_event.position')
    .execute()
  const stored = new Map<string, string[]>()
  for (const { id, event } of rows) stored.set(id, [...(stored.get(id) ?? []), ...(event ? [event] : [])])
  const wanted = new Map(done.map(({ id, events }) => [id, events]))
  const ids = new Set([...stored.keys(), ...wanted.keys()])
  return [...ids].flatMap((id) => {
    const [is, should] = [stored.get(id)?.join() ?? 'nothing', wanted.get(id)?.join() ?? 'nothing']
    return is === should ? [] : [`${id}: acknowledged ${should}, stored ${is}`]
  })
}
