// The determination of an application as its shell makes it: facts from register, draft and findings, balances from
// the ledger, the decision from core. A preview takes what only a reviewer can find as found, and says so.
import { canonicalText } from '@suanquan/core'
import { applicationFacts, type SourcedFact } from '@suanquan/core/application'
import type { Day } from '@suanquan/core/calendar'
import {
  capAccounts,
  determine,
  type Balances,
  type CapAccount,
  type Determination,
  type Facts,
} from '@suanquan/core/policy'
import type { CapLine } from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { booksOf, capsUsed, poolLeft } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import type { Draft } from './draft.ts'

export interface AssessInput {
  readonly inForce: InForce
  readonly organisation: Selectable<Tables['organisation']>
  readonly provider: Selectable<Tables['organisation']> | null
  readonly draft: Draft
  readonly findings: Readonly<Record<string, boolean>>
  readonly on: Day
  /** the day of the submission that is decided on; a draft is read as if it were handed in today */
  readonly submittedOn: Day
  readonly at: number
}

export interface Assessment {
  readonly facts: readonly SourcedFact[]
  readonly determination: Determination
  /** the reckoning with what a reviewer still has to find taken as found; equal to `determination` when nothing is open */
  readonly expected: Determination
  readonly caps: readonly CapAccount[]
  readonly balances: Balances
  /** a finding that is not a reviewer's to make, when there is one: then no finding counts */
  readonly oddFinding: string | null
  readonly poolLeftFen: bigint
}

export async function assess(db: Kysely<Tables>, input: AssessInput): Promise<Assessment> {
  const { inForce, on } = input
  const stated = factsOf(applicationFacts(factsInput({ ...input, findings: {} })))
  const books = booksOf(inForce)
  const caps = capsFor(inForce, stated, on)
  const used = await capsUsed(db, books, caps.map(capLine))
  const balances = balancesByCap(caps, used)
  const findable = reviewerFacts(decided(inForce, { facts: stated, balances, on }))
  const oddFinding = Object.keys(input.findings).find((fact) => !findable.includes(fact)) ?? null
  const findings = oddFinding === null ? input.findings : {}
  const facts = applicationFacts(factsInput({ ...input, findings }))
  const given = factsOf(facts)
  const determination = decided(inForce, { facts: given, balances, on })
  const assumed = {
    ...Object.fromEntries(reviewerFacts(determination).map((fact) => [fact, true])),
    ...given,
  }
  const expected = decided(inForce, { facts: assumed, balances, on })
  const poolLeftFen = await poolLeft(db, books, input.at)
  return { facts, determination, expected, caps, balances, oddFinding, poolLeftFen }
}

export function decided(
  inForce: Pick<InForce, 'programme'>,
  input: { readonly facts: Facts; readonly balances: Balances; readonly on: Day },
): Determination {
  const made = determine(inForce.programme, input)
  if (!made.ok) throw new Error(`facts made by the platform are valid: ${canonicalText(made.refusal)}`)
  return made.value
}

/** The caps an approval draws on, but for the pool, which is an account of its own. */
export function capLine(account: CapAccount): CapLine {
  const { key, cap, counter, measure, subjectKey, periodKey, limit } = account
  return { key, cap, counter, measure, subjectKey, periodKey, limit }
}

export function factsOf(facts: readonly SourcedFact[]): Facts {
  return Object.fromEntries(facts.map(({ id, value }) => [id, value]))
}

/** Facts that a reviewer finds: those that the conditions which a reviewer decides read. No other can be found. */
export function reviewerFacts({ conditions }: Determination): readonly string[] {
  const decidedByPeople = conditions.filter(({ decidedBy }) => decidedBy === 'reviewer')
  return [...new Set(decidedByPeople.flatMap(({ facts }) => Object.keys(facts)))]
}

function capsFor(inForce: InForce, facts: Facts, on: Day): readonly CapAccount[] {
  const found = capAccounts(inForce.programme, { facts, act: 'grant', on })
  return found.ok ? found.value : []
}

export function balancesByCap(caps: readonly CapAccount[], used: readonly bigint[]): Balances {
  const balances: Record<string, Record<string, bigint>> = {}
  caps.forEach((account, index) => {
    balances[account.cap] = { ...balances[account.cap], [account.counter]: used[index]! }
  })
  return balances
}

function factsInput({
  organisation,
  provider,
  draft,
  findings,
  submittedOn,
}: AssessInput): Parameters<typeof applicationFacts>[0] {
  const { contract, statements } = draft
  const fen = (text: string | undefined): bigint | undefined =>
    text === undefined ? undefined : BigInt(text)
  return {
    register: {
      creditCode: organisation.credit_code,
      kind: organisation.kind,
      independentLegalPerson: organisation.independent_legal_person,
      region: organisation.region,
      status: organisation.status,
      industry: organisation.industry,
      sizeClass: organisation.size_class,
      establishedOn: organisation.established_on,
      dishonestWithinThreeYears: organisation.dishonest,
      source: organisation.source,
      asOf: organisation.as_of,
    },
    contract: { ...contract, amountFen: fen(contract.amountFen), excludedFen: fen(contract.excludedFen) },
    statements,
    provider:
      provider === null ? null : { region: provider.region, source: provider.source, asOf: provider.as_of },
    findings,
    submittedOn,
  }
}
