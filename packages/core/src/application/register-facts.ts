// The facts of a programme that registers say: which field is which fact, and where the firm's own word differs. Which
// register stands, and when it no longer counts, is said in party/registers.ts.
import type { Day } from '../calendar/index.ts'
import {
  type RegisterEntry,
  type RegisterField,
  type RegisterReadings,
  sizeFromRegisters,
} from '../party/index.ts'
import type { SourcedFact } from './facts.ts'

const FACTS: Readonly<Partial<Record<RegisterField, string>>> = {
  kind: 'applicant.kind',
  region: 'applicant.region',
  status: 'applicant.status',
  independentLegalPerson: 'applicant.independent_legal_person',
  industry: 'applicant.industry',
  establishedOn: 'applicant.established_on',
  dishonestWithinThreeYears: 'applicant.dishonest_3y',
  onDishonestyList: 'applicant.on_dishonesty_list',
  majorPenaltyWithinThreeYears: 'applicant.major_penalty_3y',
}

/** The facts of a programme that a register can say. */
export const registerFactIds: readonly string[] = [
  'applicant.uscc',
  'applicant.size',
  ...Object.values(FACTS).filter((id) => id !== undefined),
]

function said(entry: RegisterEntry, field: string): Pick<SourcedFact, 'source' | 'asOf' | 'versions'> {
  return {
    source: `register:${entry.source}`,
    asOf: entry.asOf,
    versions: [{ id: entry.id, fields: [field] }],
  }
}

/** @param on the day of the decision, for the size table where nothing dates it */
export function factsFromRegisters(
  applicant: { readonly creditCode: string; readonly codeSource: RegisterEntry | null },
  readings: RegisterReadings,
  on: Day,
): readonly SourcedFact[] {
  const { creditCode, codeSource } = applicant
  const facts: SourcedFact[] = []
  if (codeSource !== null)
    facts.push({ id: 'applicant.uscc', value: creditCode, ...said(codeSource, 'creditCode') })
  for (const [field, id] of Object.entries(FACTS)) {
    const reading = readings[field as RegisterField]
    if (reading.state !== 'held') continue
    const value = typeof reading.value === 'number' ? BigInt(reading.value) : reading.value
    facts.push({ id, value, ...said(reading.entry, field) })
  }
  const size = sizeFact(readings, on)
  return size === null ? facts : [...facts, size]
}

function sizeFact(readings: RegisterReadings, on: Day): SourcedFact | null {
  const { answer, inputs, on: asOf } = sizeFromRegisters(readings, on)
  if (answer.size === 'unknown') return null
  const sources = [...new Set(inputs.map(({ entry }) => entry.source))]
  const fields = new Map<string, string[]>()
  for (const { fact, entry } of inputs) fields.set(entry.id, [...(fields.get(entry.id) ?? []), fact])
  const versions = [...fields].map(([id, read]) => ({ id, fields: read }))
  return {
    id: 'applicant.size',
    value: answer.size,
    source: `register:${sources.join('、')}`,
    asOf,
    versions,
  }
}

/** A register's value that people should look at: it is too old to count, or the firm says otherwise. */
export interface RegisterDoubt {
  readonly id: string
  readonly why: 'stale' | 'contradicted'
  readonly registerValue: string
  /** the firm's own word, where it gave one */
  readonly statedValue: string | null
  readonly source: string
  readonly asOf: Day
}

export function registerDoubts(
  readings: RegisterReadings,
  stated: Readonly<Record<string, boolean | string>>,
): readonly RegisterDoubt[] {
  return Object.entries(FACTS).flatMap(([field, id]): RegisterDoubt[] => {
    const reading = readings[field as RegisterField]
    if (reading.state === 'unknown') return []
    const own = stated[id] === undefined ? null : String(stated[id])
    const registerValue = String(reading.value)
    const stale = reading.state === 'stale'
    if (!stale && (own === null || own === registerValue)) return []
    const { source, asOf } = reading.entry
    return [{ id, why: stale ? 'stale' : 'contradicted', registerValue, statedValue: own, source, asOf }]
  })
}
