// From a register entry, a draft and a reviewer's findings to the facts a programme decides on, each with its source
// and day. What nobody has said is left out: unknown is not false.
import type { Day } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import type { RegisterEntry, RegisterReadings } from '../party/index.ts'
import type { Programme } from '../policy/index.ts'
import { factsToDeclare, statedValue } from './fact-origins.ts'
import { factsFromRegisters, type RegisterDoubt, registerDoubts } from './register-facts.ts'

/** A fact's value as the policy engine takes it: money as fen, a day as text. */
export type ApplicationFactValue = string | bigint | boolean

export interface SourcedFact {
  readonly id: string
  readonly value: ApplicationFactValue
  /** `register:<name>`, `declared`, `document`, `matched` (of proofs), `platform` or `reviewer` */
  readonly source: string
  readonly asOf: Day | null
  /** the register versions it was read from */
  readonly versions?: readonly RegisterVersion[]
}

/** A version of a register, and what was read from it. */
export interface RegisterVersion {
  readonly id: string
  readonly fields: readonly string[]
}

export interface ContractFacts {
  readonly number?: string | undefined
  readonly signedOn?: Day | undefined
  readonly startsOn?: Day | undefined
  readonly endsOn?: Day | undefined
  readonly amountFen?: Fen | undefined
  readonly excludedFen?: Fen | undefined
  readonly use?: string | undefined
}

export interface StatementFacts {
  readonly relatedParties?: boolean | undefined
  readonly otherCitySubsidy?: boolean | undefined
  /** what a programme reads and no register of the platform holds: the applicant's own word, fact by fact */
  readonly declared?: Readonly<Record<string, boolean | string>> | undefined
}

/** What a reviewer found, fact by fact: yes or no, or an amount in fen as digits. */
export type Findings = Readonly<Record<string, boolean | string>>

export interface FactsInput {
  /** whose facts are asked for */
  readonly programme: Programme
  readonly applicant: { readonly creditCode: string; readonly codeSource: RegisterEntry | null }
  /** what the registers say of the applicant on the day of the decision */
  readonly readings: RegisterReadings
  readonly contract: ContractFacts
  readonly statements: StatementFacts
  /** where the application rests on a project: how many items it delivers */
  readonly projectItems?: number | undefined
  /** null while no provider is chosen */
  readonly provider: { readonly region: string; readonly source: string; readonly asOf: Day } | null
  /** null unless the applicant is the seller and has named whom it sold to */
  readonly buyer: {
    readonly region: string
    readonly kind: string
    readonly creditCode: string
    readonly source: string
    readonly asOf: Day
  } | null
  /** what a higher tier has approved for the contract, as the bureau holds it */
  readonly upper?: { readonly percent: number; readonly approvedOn: Day; readonly source: string } | null
  readonly findings: Findings
  /** what the match of contract, invoices, payments and metered use came to; null where a claim shows that later */
  readonly settled: { readonly settledFen: Fen; readonly excludedFen: Fen } | null
  readonly submittedOn: Day
}

export function applicationFacts(input: FactsInput): readonly SourcedFact[] {
  const { programme, applicant, readings, contract, statements, provider, buyer, settled } = input
  const declared = { source: 'declared', asOf: input.submittedOn }
  const document = { source: 'document', asOf: contract.signedOn ?? null }
  const registered = factsFromRegisters(applicant, readings, input.submittedOn)
  const spoken = new Set([...registered, ...registerDoubts(readings, {})].map(({ id }) => id))
  const asked = factsToDeclare(programme).filter((fact) => !spoken.has(fact))
  return [
    ...registered,
    ...facts(declared, {
      'contract.other_city_subsidy': statements.otherCitySubsidy,
      'parties.related': statements.relatedParties,
      'project.items': input.projectItems === undefined ? undefined : BigInt(input.projectItems),
      ...typed(programme, asked, statements.declared ?? {}),
    }),
    ...facts(document, {
      'contract.number': contract.number === '' ? undefined : contract.number,
      'contract.signed_on': contract.signedOn,
      'contract.starts_on': contract.startsOn,
      'contract.ends_on': contract.endsOn,
      'contract.amount': contract.amountFen,
      'contract.excluded_amount': contract.excludedFen,
      'contract.use': contract.use,
    }),
    ...facts(
      { source: 'matched', asOf: input.submittedOn },
      {
        'contract.settled': settled?.settledFen,
        'contract.excluded_settled': settled?.excludedFen,
      },
    ),
    ...(provider === null
      ? []
      : facts(
          { source: `register:${provider.source}`, asOf: provider.asOf },
          { 'provider.region': provider.region, 'provider.listed': true },
        )),
    ...(buyer === null
      ? []
      : facts(
          { source: `register:${buyer.source}`, asOf: buyer.asOf },
          { 'buyer.region': buyer.region, 'buyer.kind': buyer.kind, 'buyer.uscc': buyer.creditCode },
        )),
    ...(input.upper
      ? facts(
          { source: `register:${input.upper.source}`, asOf: input.upper.approvedOn },
          { 'upper.percent': BigInt(input.upper.percent), 'upper.approved_on': input.upper.approvedOn },
        )
      : []),
    ...facts(
      { source: 'platform', asOf: input.submittedOn },
      { 'application.submitted_on': input.submittedOn },
    ),
    ...facts(
      { source: 'reviewer', asOf: input.submittedOn },
      typed(programme, Object.keys(input.findings), input.findings),
    ),
  ]
}

/** Where a register no longer counts, or the firm's own word differs from it: for people to look at. */
export function doubtsOf({ readings, statements }: FactsInput): readonly RegisterDoubt[] {
  return registerDoubts(readings, statements.declared ?? {})
}

/** What was stated or found, in the types of the programme's facts; what is no such value is left out. */
function typed(
  { facts: schema }: Programme,
  asked: readonly string[],
  given: Findings,
): Record<string, ApplicationFactValue | undefined> {
  const values = asked.map((fact) => [fact, given[fact]] as const)
  return Object.fromEntries(
    values.map(([fact, value]) => [fact, value === undefined ? undefined : statedValue(schema, fact, value)]),
  )
}

function facts(
  from: { readonly source: string; readonly asOf: Day | null },
  values: Readonly<Record<string, ApplicationFactValue | undefined>>,
): SourcedFact[] {
  return Object.entries(values).flatMap(([id, value]) =>
    value === undefined ? [] : [{ id, value, ...from }],
  )
}
