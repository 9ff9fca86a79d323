// The determination of an application as its shell makes it: facts from register, draft and findings, balances from
// the ledger, the decision from core. A preview takes what only a reviewer can find as found, and says so.
import { canonicalText } from '@suanquan/core'
import {
  applicationFacts,
  doubtsOf,
  type Findings,
  type RegisterDoubt,
  type SourcedFact,
  valuesToFind,
  wrongStatements,
} from '@suanquan/core/application'
import type { Day, Instant } from '@suanquan/core/calendar'
import {
  capAccounts,
  determine,
  type Balances,
  type CapAccount,
  type Determination,
  type Facts,
} from '@suanquan/core/policy'
import type { RegisterReadings } from '@suanquan/core/party'
import type { Approval, CapLine } from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import type { Tables, UpperAward } from '../../database/index.ts'
import { type KeptEntry, readingsOf } from '../party/index.ts'
import { booksOf, capsUsed } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import type { Draft } from './draft.ts'
import { type ApplicationRow, loadOrganisation, loadParties, type Parties, submissionDay } from './load.ts'
import { type Proof, proofOf } from './proof.ts'

interface AssessInput extends Parties {
  readonly inForce: InForce
  readonly organisation: Selectable<Tables['organisation']>
  /** what the registers say of it, by the site's limits */
  readonly registers: { readonly entries: readonly KeptEntry[]; readonly readings: RegisterReadings }
  readonly draft: Draft
  /** the match of its proofs, where the application brings them */
  readonly proof: Proof | null
  readonly findings: Findings
  readonly upper: UpperAward | null
  readonly submittedOn: Day
  readonly on: Day
  readonly at: Instant
  readonly except: Approval | null
}

export interface Assessment {
  readonly proof: Proof | null
  readonly facts: readonly SourcedFact[]
  /** register values that are too old to count, or that the firm contradicts */
  readonly doubts: readonly RegisterDoubt[]
  readonly determination: Determination
  /** the reckoning with what a reviewer still has to find taken as found; equal to `determination` when nothing is open */
  readonly expected: Determination
  readonly caps: readonly CapAccount[]
  readonly balances: Balances
  /** a finding that is not a reviewer's to make, when there is one: then no finding counts */
  readonly oddFinding: string | null
}

/** A case as it is decided on. */
export interface CaseToAssess {
  readonly row: ApplicationRow
  readonly inForce: InForce
  readonly findings: Findings
  readonly on: Day
  readonly at: Instant
  /** its own reservation, where it is decided anew while that stands: it does not count against it */
  readonly except?: Approval
}

/** The assessment of an application with all that belongs to it; proofs that cannot be matched count as not there. */
export async function assessCase(db: Kysely<Tables>, asked: CaseToAssess): Promise<Assessment> {
  const { row, inForce, findings, on, at } = asked
  const about = await aboutCase(db, asked)
  const proof = await proofOf(db, { inForce, draft: row.draft, application: row, ...about })
  return assess(db, {
    ...about,
    inForce,
    draft: row.draft,
    proof: proof.ok ? proof.value : null,
    findings,
    on,
    at,
    except: asked.except ?? null,
  })
}

/** Who applies, at whom, and since when. */
export async function aboutCase(
  db: Kysely<Tables>,
  { row, inForce, on, at }: Pick<CaseToAssess, 'row' | 'inForce' | 'on' | 'at'>,
): Promise<Pick<AssessInput, 'organisation' | 'registers' | keyof Parties | 'upper' | 'submittedOn'>> {
  const organisation = await loadOrganisation(db, row.organisation_id)
  return {
    organisation,
    registers: await readingsOf(db, organisation, { on, at }),
    ...(await loadParties(db, inForce.way, organisation, row.draft)),
    upper: row.upper_award,
    submittedOn: await submissionDay(db, row, on),
  }
}

/** The facts of a case that was decided elsewhere: what registers and its contract say, and the day of its decision. */
export async function statedFacts(
  db: Kysely<Tables>,
  asked: {
    readonly inForce: InForce
    readonly organisation: Selectable<Tables['organisation']>
    readonly draft: Draft
    readonly on: Day
    readonly at: Instant
  },
): Promise<Facts> {
  const { inForce, organisation, draft, on, at } = asked
  const registers = await readingsOf(db, organisation, { on, at })
  const parties = await loadParties(db, inForce.way, organisation, draft)
  const given = { ...asked, ...parties, registers, proof: null, findings: {}, upper: null, submittedOn: on }
  return factsOf(applicationFacts(factsInput({ ...given, except: null })))
}

async function assess(db: Kysely<Tables>, input: AssessInput): Promise<Assessment> {
  const { inForce, on } = input
  const stated = factsOf(applicationFacts(factsInput({ ...input, findings: {} })))
  const books = booksOf(inForce)
  const caps = capsFor(inForce, stated, on)
  const used = await capsUsed(db, books, caps.map(capLine))
  const balances = balancesByCap(caps, usedByOthers(caps, used, input.except))
  const findable = [
    ...reviewerFacts(decided(inForce, { facts: stated, balances, on })),
    ...valuesToFind(inForce.programme).map(({ path }) => path),
  ]
  const odd = wrongStatements(inForce.programme, input.findings)
  const oddFinding =
    Object.keys(input.findings).find((fact) => !findable.includes(fact) || odd.includes(fact)) ?? null
  const findings = oddFinding === null ? input.findings : {}
  const given = factsInput({ ...input, findings })
  const facts = applicationFacts(given)
  const values = factsOf(facts)
  const determination = decided(inForce, { facts: values, balances, on })
  const assumed = { ...takenAsFound(inForce, determination), ...values }
  const expected = decided(inForce, { facts: assumed, balances, on })
  const doubts = doubtsOf(given)
  return {
    proof: input.proof,
    facts,
    doubts,
    determination,
    expected,
    caps,
    balances,
    oddFinding,
  }
}

/** What each cap has used but for an own reservation. */
function usedByOthers(
  caps: readonly CapAccount[],
  used: readonly bigint[],
  own: Approval | null,
): readonly bigint[] {
  return caps.map(({ key, measure }, index) => {
    const reserved = own?.caps.some((line) => line.key === key) ?? false
    return used[index]! - (reserved ? (measure === 'fen' ? own!.amountFen : 1n) : 0n)
  })
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

/** What only a reviewer can find, taken as found. */
export function takenAsFound({ programme }: Pick<InForce, 'programme'>, determination: Determination): Facts {
  const { facts } = programme.facts
  const yesOrNo = reviewerFacts(determination).filter((fact) => facts[fact]?.type.kind === 'bool')
  return Object.fromEntries(yesOrNo.map((fact) => [fact, true]))
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
  inForce: { way, programme },
  organisation,
  registers: { entries, readings },
  provider,
  buyer,
  draft,
  proof,
  findings,
  upper,
  submittedOn,
}: AssessInput): Parameters<typeof applicationFacts>[0] {
  const { contract, statements } = draft
  const fen = (text: string | undefined): bigint | undefined =>
    text === undefined ? undefined : BigInt(text)
  return {
    programme,
    applicant: {
      creditCode: organisation.credit_code,
      codeSource: entries.find(({ register }) => register === 'business') ?? null,
    },
    readings,
    contract: { ...contract, amountFen: fen(contract.amountFen), excludedFen: fen(contract.excludedFen) },
    statements,
    projectItems: draft.project?.items,
    provider:
      provider === null ? null : { region: provider.region, source: provider.source, asOf: provider.as_of },
    buyer:
      buyer === null || way.applicant !== 'provider'
        ? null
        : {
            region: buyer.region,
            kind: buyer.kind,
            creditCode: buyer.credit_code,
            source: buyer.source,
            asOf: buyer.as_of,
          },
    findings,
    upper,
    settled: proof?.fee ?? null,
    submittedOn,
  }
}
