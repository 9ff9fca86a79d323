// 重放: every stored decision is computed again from the row and the two files it names, and compared to the byte. The
// semantics of policy/v1 are frozen: any difference that is not a listed erratum is a failure. So is a fact that differs
// from the register version it names.
import { canonicalText } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import type { AdoptedProgramme, Balances, Facts } from '@suanquan/core/policy'
import type { SourcedFact } from '@suanquan/core/application'
import { settle, settledFee, type ClaimEvidence } from '@suanquan/core/settlement'
import { sql, type Database } from '../../database/index.ts'
import { decided, settledFacts, takenAsFound } from '../application/index.ts'
import { readInForce, revive, storedText, textHash } from '../policy/index.ts'
import { redemptionOf } from '../settlement/index.ts'
import { differencesBetween, type PathDifference } from './differences.ts'
import { registerValues } from './register-values.ts'

export interface ReplayDifference {
  readonly decisionId: string
  readonly kind: string
  readonly objectId: string
  readonly decidedAt: Instant
  /** where the stored and the recomputed result differ; empty when nothing could be decided any more */
  readonly paths: readonly PathDifference[]
}

export interface Replayed {
  readonly decisions: number
  /** how many of each kind */
  readonly kinds: Readonly<Record<string, number>>
  readonly differences: readonly ReplayDifference[]
  /** what another system decided: it has no determination of this platform, so there is none to compute again */
  readonly takenOver: readonly TakenOver[]
}

export interface TakenOver {
  readonly number: string
  readonly statementNumber: string
  readonly systemName: string
  readonly vouchers: number
  readonly claims: number
}

const PAGE = 500

/** @param progress called now and then with how many decisions were computed again */
export async function replayDecisions(
  database: Database,
  progress: (done: number) => void = () => undefined,
): Promise<Replayed> {
  const programmes = await adoptedProgrammes(database)
  const differences: ReplayDifference[] = []
  const kinds: Record<string, number> = {}
  let decisions = 0
  for (let after = ''; ;) {
    const rows = await database.kysely
      .selectFrom('decision')
      .selectAll()
      .where((eb) => (after === '' ? eb.val(true) : eb('id', '>', after)))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    const versions = await registerValues(
      database.kysely,
      rows.map(({ input }) => (input as unknown as { sources?: readonly SourcedFact[] }).sources ?? []),
    )
    for (const [index, row] of rows.entries()) {
      const programme = programmes.get(`${row.programme_hash}/${row.adoption_hash}`)
      const again =
        programme === undefined
          ? null
          : recompute(row.kind, revive(row.input as unknown as Stored), programme)
      const text = canonicalText(row.result)
      const strayed = versions[index]!
      if (again !== text || textHash(text) !== row.result_hash || strayed.length > 0) {
        const paths = again === null ? [] : differencesBetween(row.result, JSON.parse(again))
        const { id: decisionId, kind, object_id: objectId, decided_at: decidedAt } = row
        differences.push({ decisionId, kind, objectId, decidedAt, paths: [...paths, ...strayed] })
      }
      kinds[row.kind] = (kinds[row.kind] ?? 0) + 1
      decisions += 1
    }
    progress(decisions)
    if (rows.length < PAGE) return { decisions, kinds, differences, takenOver: await takenOverIn(database) }
    after = rows.at(-1)!.id
  }
}

async function takenOverIn({ kysely }: Database): Promise<readonly TakenOver[]> {
  const { rows } = await sql<TakenOver>`
    select number, statement_number as "statementNumber", system_name as "systemName",
      (select count(*)::int from voucher where take_over_id = take_over.id) as vouchers,
      (select count(*)::int from opening_claim where take_over_id = take_over.id) as claims
    from take_over where state = 'posted' order by number`.execute(kysely)
  return rows
}

interface Stored {
  readonly facts: Facts
  readonly balances: Balances
  readonly on: string
  readonly evidence?: ClaimEvidence
}

/** What is decided on the stored input today; null when nothing can be decided on it any more. */
function recompute(kind: string, stored: Stored, programme: AdoptedProgramme): string | null {
  try {
    return storedText(decideAgain(kind, stored, programme))
  } catch {
    return null
  }
}

function decideAgain(kind: string, stored: Stored, programme: AdoptedProgramme): unknown {
  const { facts: given, balances, on } = stored
  if (kind === 'claim' || kind === 'claim_review' || kind === 'deduction') {
    const settled = settle(stored.evidence!)
    if (!settled.ok) return settled.refusal
    return {
      settlement: settled.value,
      determination: redemptionOf({ programme }, { facts: given, balances, on }),
    }
  }
  // Support after use: what the proofs settle is a fact of the determination, and is matched again.
  const proof = stored.evidence === undefined ? null : settle(stored.evidence)
  if (proof !== null && !proof.ok) return proof.refusal
  const facts = proof === null ? given : { ...given, ...settledFacts(settledFee(proof.value)) }
  const determination = decided({ programme }, { facts, balances, on })
  const assumed = takenAsFound({ programme }, determination)
  const expected = decided({ programme }, { facts: { ...assumed, ...facts }, balances, on })
  return { determination, expected, ...(proof === null ? {} : { settlement: proof.value }) }
}

async function adoptedProgrammes(database: Database): Promise<Map<string, AdoptedProgramme>> {
  const rows = await database.kysely
    .selectFrom('adoption')
    .innerJoin('programme_file', 'programme_file.hash', 'adoption.programme_hash')
    .select([
      'adoption.programme_hash',
      'adoption.adoption_hash',
      'adoption.text',
      'programme_file.text as programmeText',
    ])
    .execute()
  return new Map(
    rows.map((row) => [
      `${row.programme_hash}/${row.adoption_hash}`,
      readInForce(row.programmeText, row.text),
    ]),
  )
}
