// What one award sees of the others that the same applicant is granted: other public money for the contract, whether the
// city or the district already supports it, what the caps have left, what was asked for earlier in the year. A
// combination is lawful when in the end every text still allows what it gave.
import type { Fen } from '../../money/index.ts'
import type { Balances, ConditionFinding, Determination, Facts, Headroom } from '../determination.ts'
import { determine } from '../determine.ts'
import { readFacts } from '../fact-values.ts'
import { cnVoucherFacts } from '../facts.ts'
import type { Award, Programme } from '../programme.ts'
import { expressionsOf, referencesOf } from '../references.ts'
import type { Expression } from '../types.ts'

export interface CombinedContract {
  readonly id: string
  readonly facts: Facts
  /** what all public money for it may come to at most: the contract itself */
  readonly limitFen: Fen
  /** other public money for it that is none of these programmes, such as a national voucher */
  readonly otherPublicFen?: Fen
  /** what the applicant already used of the caps, by programme id */
  readonly balances?: Readonly<Record<string, Balances>>
}

/** One award asked for with one contract. */
export interface AwardRequest {
  readonly programme: Programme
  readonly award: Award
  readonly contract: CombinedContract
  /** what it comes to when nothing else is asked for */
  readonly alone: Determination
}

export interface Granted {
  readonly request: AwardRequest
  readonly found: Determination
  readonly fen: Fen
}

type Asked = Omit<AwardRequest, 'alone'>

const MONEY = 'contract.other_public_money'
const CITY = 'contract.other_city_subsidy'
const DISTRICT = 'contract.district_subsidy'
const YEAR_TOTAL = 'applicant.compute_contracts_year'
const GRANTS_BEFORE = 'applicant.grants_before'
/** the facts that change with what else is granted */
const OF_OTHERS = [MONEY, CITY, DISTRICT, YEAR_TOTAL, GRANTS_BEFORE]

/** What the award comes to when nothing else is asked for; undefined when the facts are not valid. */
export function decideAlone(asked: Asked): Determination | undefined {
  return decide(asked, seenBy(asked, [], []), asked.contract.balances?.[asked.programme.id] ?? {})
}

/**
 * A determination that knows what the other awards give.
 * @param others all that is granted besides
 * @param earlier those of them that were asked for before
 */
export function decideAmong(
  request: AwardRequest,
  others: readonly Granted[],
  earlier: readonly Granted[] = others,
): Determination | undefined {
  return decide(request, seenBy(request, others, earlier), usedOf(request, others))
}

/** What an award gives now: its ceiling, nothing while anything of it is open. */
export function grantOf(request: AwardRequest, found: Determination | undefined): Granted | undefined {
  const fen = found?.outcome === 'supported' ? (found.ceilingFen ?? 0n) : 0n
  return found === undefined || fen === 0n ? undefined : { request, found, fen }
}

/** All that a determination among others depends on, as one key: equal keys are equal determinations. */
export function viewKey(request: AwardRequest, others: readonly Granted[]): string {
  const seen = seenBy(request, others, others)
  const money = OF_OTHERS.map((fact) => String(seen[fact]))
  const used = Object.entries(usedOf(request, others)).map(([cap, balance]) => [
    cap,
    ...Object.entries(balance).map(([counter, taken]) => `${counter}=${taken}`),
  ])
  return [...money, ...used.flat()].join(' ')
}

/**
 * The most an award can come to beside whatever else: what others give is left unknown, and three-valued logic leaves
 * every limit away that could depend on it. Holds for any programme, also one that asks for other money.
 * @param contracts all of the applicant
 */
export function roofOf(request: AwardRequest, contracts: readonly CombinedContract[]): Fen {
  const { contract, programme } = request
  const balances = contract.balances?.[programme.id] ?? {}
  const roofs = yearsOf(request, contracts).map((facts) => {
    const found = decide(request, facts, balances)
    if (found === undefined || found.eligible === false) return 0n
    return found.steps.at(-1)?.amount ?? roomOf(contract, [])
  })
  return roofs.reduce((most, roof) => (roof > most ? roof : most), 0n)
}

/** The conditions by which one award is out as soon as the other is granted for the contract, whatever the amounts. */
export function excludedBy(request: AwardRequest, other: AwardRequest): readonly ConditionFinding[] {
  const { contract, programme, alone } = request
  if (other.contract !== contract || other.programme.id === programme.id) return []
  const facts = {
    ...withoutOthers(contract.facts),
    ...trueOnly(CITY, isFrom(programme, other.programme, 'city')),
    ...trueOnly(DISTRICT, isFrom(programme, other.programme, 'district')),
  }
  const { [YEAR_TOTAL]: _year, [GRANTS_BEFORE]: _before, ...unknown } = facts
  const found = decide(request, unknown, {})
  return (found?.conditions ?? []).filter(
    ({ id, verdict }) => verdict === false && !alone.failed.includes(id),
  )
}

/** Whether an award depends on what else is granted, but for caps that it shares. */
export function readsOthers(programme: Programme, award: Award): boolean {
  return readAny(programme, expressionsOf({ ...programme, awards: [award] }))
}

/** The cap accounts of a request whose limits stay the same whatever else is granted. */
export function accountsOf({ programme, award, alone }: AwardRequest): readonly Headroom[] {
  return alone.headrooms.filter(({ account }) => {
    const cap = award.caps.find(({ id }) => id === account.cap)!
    return !readAny(programme, cap.reading ? [cap.limit, cap.reading] : [cap.limit])
  })
}

function readAny(programme: Programme, expressions: readonly Expression[]): boolean {
  const { facts } = referencesOf(programme, expressions)
  return OF_OTHERS.some((fact) => facts.has(fact))
}

/** What all public money leaves of a contract; below zero when more was granted than the contract comes to. */
export function roomOf(contract: CombinedContract, granted: readonly Granted[]): Fen {
  const own = granted.filter(({ request }) => request.contract === contract)
  return contract.limitFen - moneyOf(contract) - sumOf(own)
}

/** Whether every text still allows what it gave, knowing all the others. */
export function isLawful(granted: readonly Granted[]): boolean {
  return granted.every(({ request, fen }, index) => {
    if (roomOf(request.contract, granted) < 0n) return false
    const again = decideAmong(request, granted.toSpliced(index, 1), granted.slice(0, index))
    return again?.outcome === 'supported' && (again.ceilingFen ?? 0n) >= fen
  })
}

export function sumOf(granted: readonly Granted[]): Fen {
  return granted.reduce((sum, { fen }) => sum + fen, 0n)
}

function decide(
  { programme, award }: Pick<Asked, 'programme' | 'award'>,
  facts: Facts,
  balances: Balances,
): Determination | undefined {
  const decision = determine(programme, { facts, balances, award: award.id })
  return decision.ok ? decision.value : undefined
}

function seenBy(asked: Asked, others: readonly Granted[], earlier: readonly Granted[]): Facts {
  const { programme, contract } = asked
  const foreign = others.filter(
    ({ request }) => request.contract === contract && request.programme.id !== programme.id,
  )
  const comes = (level: Level): boolean =>
    foreign.some(({ request }) => isFrom(programme, request.programme, level))
  const before = earlier.map(({ request }) => request).filter((other) => other.programme.id === programme.id)
  return {
    ...contract.facts,
    [MONEY]: moneyOf(contract) + sumOf(foreign),
    [CITY]: contract.facts[CITY] === true || comes('city'),
    [DISTRICT]: contract.facts[DISTRICT] === true || comes('district'),
    ...tallied(
      contract,
      before.map((other) => other.contract),
      before.length,
    ),
  }
}

/** The applicant's own year as it stands when others of its contracts were asked for before. */
function tallied(contract: CombinedContract, before: readonly CombinedContract[], grants: number): Facts {
  const year = amountIn(contract.facts, YEAR_TOTAL)
  const others = new Set(before.filter((other) => other !== contract))
  const amounts = [...others].map(({ facts }) => amountIn(facts, 'contract.amount'))
  const known = amounts.filter((amount) => amount !== undefined)
  const given = contract.facts[GRANTS_BEFORE]
  return {
    ...(year === undefined ? {} : { [YEAR_TOTAL]: known.reduce((sum, amount) => sum + amount, year) }),
    ...(given === undefined ? {} : { [GRANTS_BEFORE]: BigInt(String(given)) + BigInt(grants) }),
  }
}

/** More other contracts than these are not tried in every selection: the applicant's year is unknown then. */
const MOST_SELECTED = 6

/** The facts of the contract, once for every state in which the applicant's own year may be when the award is asked for. */
function yearsOf(
  { programme, award, contract }: AwardRequest,
  contracts: readonly CombinedContract[],
): Facts[] {
  const own = withoutOthers(contract.facts)
  const { facts } = referencesOf(programme, expressionsOf({ ...programme, awards: [award] }))
  if (![YEAR_TOTAL, GRANTS_BEFORE].some((fact) => facts.has(fact) && own[fact] !== undefined)) return [own]
  const others = contracts.filter((other) => other !== contract)
  if (others.length > MOST_SELECTED) {
    const { [YEAR_TOTAL]: _year, [GRANTS_BEFORE]: _grants, ...unknown } = own
    return [unknown]
  }
  const subsets = others.reduce<(readonly CombinedContract[])[]>(
    (found, other) => [...found, ...found.map((subset) => [...subset, other])],
    [[]],
  )
  const most = own[GRANTS_BEFORE] === undefined ? 0 : contracts.length * programme.awards.length
  return subsets.flatMap((subset) =>
    Array.from({ length: most + 1 }, (_, grants) => ({ ...own, ...tallied(contract, subset, grants) })),
  )
}

/** The facts with everything unknown that other awards may still change; what they cannot unsay stays. */
function withoutOthers(facts: Facts): Facts {
  const { [MONEY]: _money, [CITY]: city, [DISTRICT]: district, ...own } = facts
  return { ...own, ...trueOnly(CITY, city === true), ...trueOnly(DISTRICT, district === true) }
}

function trueOnly(fact: string, holds: boolean): Facts {
  return holds ? { [fact]: true } : {}
}

/** The caps as the applicant used them, with what awards of the same programme take from the accounts they share. */
function usedOf({ programme, contract, alone }: AwardRequest, others: readonly Granted[]): Balances {
  const used: Record<string, Partial<Record<string, bigint>>> = { ...contract.balances?.[programme.id] }
  const taken = others.flatMap(({ found }) => found.headrooms)
  for (const { account } of alone.headrooms) {
    const takes = taken.filter((room) => room.account.key === account.key)
    if (takes.length === 0) continue
    const before = used[account.cap]?.[account.counter] ?? 0n
    const sum = takes.reduce((all, { take }) => all + take, before)
    used[account.cap] = { ...used[account.cap], [account.counter]: sum }
  }
  return used
}

function moneyOf({ facts, otherPublicFen }: CombinedContract): Fen {
  return otherPublicFen ?? amountIn(facts, MONEY) ?? 0n
}

function amountIn(facts: Facts, fact: string): Fen | undefined {
  const given = facts[fact]
  if (given === undefined || typeof given === 'bigint') return given
  return readFacts(cnVoucherFacts, { [fact]: given }).facts.get(fact) as Fen | undefined
}

type Level = 'province' | 'city' | 'district'
const MUNICIPALITIES = ['11', '12', '31', '50']

/** Whether the other's money is of that level of the same place. */
function isFrom(programme: Programme, other: Programme, level: Level): boolean {
  if (levelOf(other) !== level) return false
  const [own, its] = [programme, other].map(({ jurisdiction }) => jurisdiction.replace(/(00)+$/, ''))
  return own!.startsWith(its!) || its!.startsWith(own!)
}

/** Whose money it is, by GB/T 2260: 市级 of a municipality is the code of the municipality itself. */
function levelOf({ jurisdiction }: Programme): Level {
  if (!jurisdiction.endsWith('00')) return 'district'
  if (!jurisdiction.endsWith('0000')) return 'city'
  return MUNICIPALITIES.includes(jurisdiction.slice(0, 2)) ? 'city' : 'province'
}
