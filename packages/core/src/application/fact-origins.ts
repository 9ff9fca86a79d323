// Where each fact that a programme reads comes from in an application: what the platform holds or works out by itself,
// what a reviewer finds, and all the rest the applicant's own word, with the documents that the programme asks for. So
// there is no fact that a programme may read and nobody can supply.
import { grantFacts, readFacts, type Fact, type FactsSchema, type Programme } from '../policy/index.ts'
import type { ApplicationFactValue } from './facts.ts'
import { registerFactIds } from './register-facts.ts'

/**
 * register: the register of the applicant, of the other party or of the higher tier · contract: the form of the contract
 * or of the project · statement: a question that every application asks · matched: contract, invoices, payments and
 * metered use · platform: its own calendar and books · reviewer: a finding · declared: the applicant states it
 */
export type FactOrigin =
  | 'register'
  | 'contract'
  | 'statement'
  | 'matched'
  | 'platform'
  | 'reviewer'
  | 'declared'

const SUPPLIED: Readonly<Record<string, FactOrigin>> = {
  ...Object.fromEntries(registerFactIds.map((fact) => [fact, 'register' as const])),
  'provider.region': 'register',
  'provider.listed': 'register',
  'buyer.region': 'register',
  'buyer.kind': 'register',
  'buyer.uscc': 'register',
  'upper.percent': 'register',
  'upper.approved_on': 'register',
  'contract.number': 'contract',
  'contract.signed_on': 'contract',
  'contract.starts_on': 'contract',
  'contract.ends_on': 'contract',
  'contract.amount': 'contract',
  'contract.excluded_amount': 'contract',
  'contract.use': 'contract',
  'project.items': 'contract',
  'parties.related': 'statement',
  'contract.other_city_subsidy': 'statement',
  'contract.settled': 'matched',
  'contract.excluded_settled': 'matched',
  'application.submitted_on': 'platform',
}

/** Facts that a register holds where it was imported, and the applicant states where it was not. */
const ASKED_BESIDE_REGISTER: readonly string[] = [
  'applicant.major_penalty_3y',
  'applicant.on_dishonesty_list',
]

/** @returns the origin of every fact that a grant of the programme depends on, in the order of the schema */
export function factOrigins(programme: Programme): readonly {
  readonly fact: Fact
  readonly origin: FactOrigin
}[] {
  const found = foundByReviewers(programme)
  return grantFacts(programme).map((fact) => ({ fact, origin: originOf(fact, found) }))
}

function originOf({ path, source }: Fact, found: ReadonlySet<string>): FactOrigin {
  if (found.has(path) || source === 'reviewer') return 'reviewer'
  if (ASKED_BESIDE_REGISTER.includes(path)) return 'declared'
  return SUPPLIED[path] ?? (source === 'ledger' ? 'platform' : 'declared')
}

/** What nobody supplies and only conditions that a reviewer decides read. */
function foundByReviewers(programme: Programme): ReadonlySet<string> {
  const conditions = [...programme.eligibility, ...programme.awards.flatMap((award) => award.eligibility)]
  const machine = conditions.filter(({ decidedBy }) => decidedBy === 'machine')
  const without = (kept: typeof conditions): ReadonlySet<string> => {
    const keeps = (item: (typeof conditions)[number]): boolean => kept.includes(item)
    const awards = programme.awards.map((award) => ({
      ...award,
      eligibility: award.eligibility.filter(keeps),
    }))
    const cut = { ...programme, eligibility: programme.eligibility.filter(keeps), awards }
    return new Set(grantFacts(cut).map(({ path }) => path))
  }
  const read = without(machine)
  return new Set(
    grantFacts(programme)
      .filter(({ path, type }) => !read.has(path) && type.kind === 'bool' && SUPPLIED[path] === undefined)
      .map(({ path }) => path),
  )
}

/** What an applicant must state for the programme, in the order of the schema. */
export function factsToDeclare(programme: Programme): readonly string[] {
  return declared(programme).map(({ path }) => path)
}

function declared(programme: Programme): readonly Fact[] {
  return factOrigins(programme).flatMap(({ fact, origin }) => (origin === 'declared' ? [fact] : []))
}

/** What a reviewer may decide beside yes and no: amounts and other values that the programme leaves to people. */
export function valuesToFind(programme: Programme): readonly Fact[] {
  return factOrigins(programme).flatMap(({ fact, origin }) =>
    origin === 'reviewer' && fact.type.kind !== 'bool' ? [fact] : [],
  )
}

/** Whether applicants are ever asked to state the fact themselves. */
export function isDeclarable(fact: string): boolean {
  return ASKED_BESIDE_REGISTER.includes(fact) || (fact.includes('.') && SUPPLIED[fact] === undefined)
}

/**
 * A value as a form sends it, in the type of its fact: money as fen, a whole number as digits.
 * @returns undefined when it is no such value
 */
export function statedValue(
  schema: FactsSchema,
  id: string,
  stated: boolean | string,
): ApplicationFactValue | undefined {
  const fact = Object.hasOwn(schema.facts, id) ? schema.facts[id] : undefined
  if (!fact) return undefined
  const isFen = fact.type.kind === 'money' && typeof stated === 'string' && /^\d{1,15}$/.test(stated)
  const { facts } = readFacts(schema, { [id]: isFen ? BigInt(stated) : stated })
  return facts.has(id) ? (facts.get(id) as ApplicationFactValue) : undefined
}

/** The facts stated that the programme does not ask for, or that are no value of their type. */
export function wrongStatements(
  programme: Programme,
  stated: Readonly<Record<string, boolean | string>>,
): readonly string[] {
  return Object.entries(stated)
    .filter(([fact, value]) => value !== '' && statedValue(programme.facts, fact, value) === undefined)
    .map(([fact]) => fact)
}
