// Programmes in force, read once: an adoption's files are immutable, so what was checked and adopted stays in memory
// under the adoption's id.
import { assert } from '@suanquan/core'
import { wayNamed, type Way } from '@suanquan/core/application'
import { addWorkingDays, type Day } from '@suanquan/core/calendar'
import {
  adopt,
  checkProgramme,
  procedureTerms,
  readAdoption,
  type AdoptedProgramme,
  type ProcedureTerms,
  type Silence,
} from '@suanquan/core/policy'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface InForce {
  readonly id: string
  readonly fund: number
  readonly jurisdiction: string
  readonly programme_id: string
  readonly programmeHash: string
  readonly adoptionHash: string
  readonly opensOn: Day
  readonly closesOn: Day
  readonly claimsUntil: Day
  readonly programme: AdoptedProgramme
  readonly terms: ProcedureTerms
  readonly way: Way
}

export interface Programmes {
  /** @throws when no adoption has the id: callers look it up by rows that refer to one */
  readonly inForce: (db: Kysely<Tables>, adoptionId: string) => Promise<InForce>
}

export function programmeRegistry(): Programmes {
  const known = new Map<string, InForce>()
  return {
    inForce: async (db, adoptionId) => {
      const found = known.get(adoptionId)
      if (found) return found
      const row = await db
        .selectFrom('adoption')
        .innerJoin('programme_file', 'programme_file.hash', 'adoption.programme_hash')
        .selectAll('adoption')
        .select('programme_file.text as programme_text')
        .where('adoption.id', '=', adoptionId)
        .executeTakeFirst()
      assert(row !== undefined, 'an adoption that rows refer to exists')
      const adopted = readInForce(row.programme_text, row.text)
      const inForce: InForce = {
        id: row.id,
        fund: row.fund,
        jurisdiction: row.jurisdiction,
        programme_id: row.programme_id,
        programmeHash: row.programme_hash,
        adoptionHash: row.adoption_hash,
        opensOn: row.opens_on,
        closesOn: row.closes_on,
        claimsUntil: row.claims_until,
        programme: adopted,
        terms: termsOf(adopted),
        way: wayOf(adopted),
      }
      known.set(adoptionId, inForce)
      return inForce
    },
  }
}

/** The adopted programme of two stored files, which were valid when they were stored. */
export function readInForce(programmeText: string, adoptionText: string): AdoptedProgramme {
  const { programme } = checkProgramme(programmeText, 'programme.yaml')
  const { adoption } = readAdoption(adoptionText, 'adoption.yaml')
  assert(programme !== undefined && adoption !== undefined, 'stored programmes and adoptions can be read')
  const adopted = adopt(programme, adoption)
  assert(adopted.ok, 'a stored adoption fits its programme')
  return adopted.value
}

/** The procedure's terms on the first governed day. */
export function termsOf(programme: AdoptedProgramme): ProcedureTerms {
  const terms = procedureTerms(programme, programme.governs.from)
  assert(terms.ok, 'an adopted programme leaves no term open')
  return terms.value
}

function wayOf(programme: AdoptedProgramme): Way {
  const way = wayNamed(termsOf(programme).way)
  assert(way !== null, 'only programmes of a way that the platform runs are adopted')
  return way
}

/** A limit of the procedure in working days, or null where the programme sets none. */
export function workingDaysOf(terms: ProcedureTerms, stage: string): number | null {
  const found = terms.stages.find(({ id }) => id === stage)
  const length = found?.within ?? found?.lasts
  return length === undefined || length.unit !== 'workdays' ? null : length.length
}

/** What no answer to an offer means; without a word of the programme's own nobody is bound by silence. */
export function silenceOf({ terms }: Pick<InForce, 'terms'>): Silence {
  return terms.stages.find(({ id }) => id === 'consent')?.silence ?? 'declines'
}

/** The last day for an appeal against a decision of a day; null where the authority hears none. */
export function appealUntil({ appeal }: ProcedureTerms, madeOn: Day): Day | null {
  if (appeal === null) return null
  const counted = addWorkingDays(madeOn, appeal.workdays)
  return counted.ok ? counted.value.day : null
}

/** When applications are taken, in order; one window from the first to the last day where the programme names none. */
export function windowsOf({ terms, opensOn, closesOn }: InForce): readonly { from: Day; to: Day }[] {
  if (terms.windows.length === 0) return [{ from: opensOn, to: closesOn }]
  return [...terms.windows].sort((a, b) => (a.from < b.from ? -1 : 1))
}

/** The window that holds a day, or null between them. */
export function windowOn(inForce: InForce, day: Day): { from: Day; to: Day } | null {
  return windowsOf(inForce).find(({ from, to }) => from <= day && day <= to) ?? null
}
