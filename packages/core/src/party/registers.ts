// What the authorities' registers say of an organisation: 工商 business (with the firm's annual report), 信用 credit,
// 税务 tax, 社保 social insurance. Every import of a register adds a version; none replaces another, so that a decision
// can name the versions it read.
//
// Precedence, said here and nowhere else:
// 1. Of one register the version with the latest reference date stands; of two with the same date the later import.
// 2. For each field the first register of its list that has ever spoken of it decides; those behind it stand in only
//    where it never spoke.
// 3. A version older than the site allows is not read: the field is unknown, not false, and nothing stands in for it.
// 4. A firm's own word never replaces a register that has spoken: it is shown beside it as a contradiction.
import { daysBetween, type Day, type Instant } from '../calendar/index.ts'
import { sizeClassOf, type SizeAnswer, type SizeFact } from './size-class.ts'

export const registers = ['business', 'credit', 'tax', 'social_insurance'] as const
export type Register = (typeof registers)[number]

/** Amounts as digits of fen, days as text; null: the register says nothing. */
export type RegisterValue = string | number | boolean | null

/** The registers that may say a field, the one that decides first. */
const SAID_BY = {
  name: ['business'],
  kind: ['business'],
  independentLegalPerson: ['business'],
  region: ['business'],
  status: ['business'],
  industry: ['business'],
  establishedOn: ['business'],
  dishonestWithinThreeYears: ['credit', 'business'],
  onDishonestyList: ['credit'],
  majorPenaltyWithinThreeYears: ['credit'],
  employees: ['social_insurance', 'business'],
  revenueFen: ['tax', 'business'],
  assetsFen: ['tax', 'business'],
} as const satisfies Readonly<Record<string, readonly Register[]>>

export type RegisterField = keyof typeof SAID_BY
export const registerFields = Object.keys(SAID_BY) as readonly RegisterField[]

/** One version of what a register says of an organisation. */
export interface RegisterEntry {
  readonly id: string
  readonly register: Register
  /** the source as the import named it */
  readonly source: string
  /** the day on which it held */
  readonly asOf: Day
  readonly importedAt: Instant
  /** 1 for what the register first said of the organisation */
  readonly version: number
  readonly facts: Readonly<Partial<Record<RegisterField, RegisterValue>>>
}

export interface ReadingRules {
  readonly on: Day
  /** days after its reference date for which a register's version is read; null or left out: without limit */
  readonly maxAgeDays: Readonly<Partial<Record<Register, number | null>>>
}

export type RegisterReading =
  | { readonly state: 'unknown' }
  | {
      readonly state: 'held' | 'stale'
      readonly value: Exclude<RegisterValue, null>
      readonly entry: RegisterEntry
    }

export type RegisterReadings = Readonly<Record<RegisterField, RegisterReading>>

/** The version of each register that stands, by rule 1. */
export function standingEntries(entries: readonly RegisterEntry[]): readonly RegisterEntry[] {
  const standing = new Map<Register, RegisterEntry>()
  for (const entry of entries) {
    const other = standing.get(entry.register)
    if (other === undefined || isLater(entry, other)) standing.set(entry.register, entry)
  }
  return registers.flatMap((register) => standing.get(register) ?? [])
}

function isLater(entry: RegisterEntry, other: RegisterEntry): boolean {
  return entry.asOf === other.asOf ? entry.version > other.version : entry.asOf > other.asOf
}

/** What the registers say, field by field, by rules 1 to 3. */
export function readRegisters(entries: readonly RegisterEntry[], rules: ReadingRules): RegisterReadings {
  const standing = new Map(standingEntries(entries).map((entry) => [entry.register, entry]))
  const reading = (field: RegisterField): RegisterReading => {
    for (const register of SAID_BY[field]) {
      const entry = standing.get(register)
      const value = entry?.facts[field]
      if (entry === undefined || value === undefined || value === null) continue
      return { state: isStale(entry, rules) ? 'stale' : 'held', value, entry }
    }
    return { state: 'unknown' }
  }
  return Object.fromEntries(registerFields.map((field) => [field, reading(field)])) as RegisterReadings
}

export function isStale({ register, asOf }: RegisterEntry, { on, maxAgeDays }: ReadingRules): boolean {
  const most = maxAgeDays[register] ?? null
  return most !== null && daysBetween(asOf, on) > most
}

/** The value of a reading that may be decided on. */
export function heldValue(reading: RegisterReading): Exclude<RegisterValue, null> | undefined {
  return reading.state === 'held' ? reading.value : undefined
}

export interface FoundSize {
  readonly answer: SizeAnswer
  /** what the class was found from; the table is the one in force on the day of the oldest of them */
  readonly inputs: readonly { readonly fact: SizeFact; readonly entry: RegisterEntry }[]
  readonly on: Day
}

/** The size class that follows from industry, employees, revenue and assets as the registers say them. */
export function sizeFromRegisters(readings: RegisterReadings, on: Day): FoundSize {
  const facts = {
    industry: readings.industry,
    employees: readings.employees,
    revenueFen: readings.revenueFen,
    assetsFen: readings.assetsFen,
  }
  const inputs = Object.entries(facts).flatMap(([fact, reading]) =>
    reading.state === 'held' ? [{ fact: fact as SizeFact, entry: reading.entry }] : [],
  )
  const oldest = inputs.map(({ entry }) => entry.asOf).toSorted()[0] ?? on
  const [industry, employees, revenue, assets] = Object.values(facts).map(heldValue)
  const answer = sizeClassOf(
    {
      ...(industry === undefined ? {} : { industry: String(industry) }),
      ...(employees === undefined ? {} : { employees: Number(employees) }),
      ...(revenue === undefined ? {} : { revenueFen: BigInt(String(revenue)) }),
      ...(assets === undefined ? {} : { assetsFen: BigInt(String(assets)) }),
    },
    oldest,
  )
  return { answer, inputs, on: oldest }
}
