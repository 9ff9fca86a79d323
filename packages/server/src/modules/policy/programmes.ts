// Programmes in force, read once: an adoption's files are immutable, so what was checked and adopted stays in memory
// under the adoption's id. Only the open year of its fund is read each time.
import { assert } from '@suanquan/core'
import { wayNamed, type Way } from '@suanquan/core/application'
import { addWorkingDays, type Day, type Instant } from '@suanquan/core/calendar'
import {
  adopt,
  checkProgramme,
  endsOf,
  procedureTerms,
  readAdoption,
  spanOf,
  windowTakes,
  type AdoptedProgramme,
  type Period,
  type ProcedureTerms,
  type Silence,
} from '@suanquan/core/policy'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface InForce {
  readonly id: string
  readonly fund: number
  /** the budget year of the fund whose money is in use, null until a first year was closed */
  readonly openYear: number | null
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
  const known = new Map<string, Omit<InForce, 'openYear'>>()
  return {
    inForce: async (db, adoptionId) => {
      const found = known.get(adoptionId)
      if (found) return { ...found, openYear: await openYearOf(db, found.fund) }
      const row = await db
        .selectFrom('adoption')
        .innerJoin('programme_file', 'programme_file.hash', 'adoption.programme_hash')
        .selectAll('adoption')
        .select('programme_file.text as programme_text')
        .where('adoption.id', '=', adoptionId)
        .executeTakeFirst()
      assert(row !== undefined, 'an adoption that rows refer to exists')
      const adopted = readInForce(row.programme_text, row.text)
      const inForce: Omit<InForce, 'openYear'> = {
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
      return { ...inForce, openYear: await openYearOf(db, row.fund) }
    },
  }
}

async function openYearOf(db: Kysely<Tables>, fund: number): Promise<number | null> {
  const { open_year: year } = await db
    .selectFrom('fund')
    .select('open_year')
    .where('number', '=', fund)
    .executeTakeFirstOrThrow()
  return year
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
export function windowsOf({ terms, opensOn, closesOn }: InForce): readonly Period[] {
  if (terms.windows.length === 0) return [{ from: opensOn, to: closesOn }]
  return [...terms.windows].sort((a, b) => spanOf(a).opens - spanOf(b).opens)
}

/** The window that is open at an instant, to the minute that it names; null between them. */
export function windowAt(inForce: InForce, at: Instant): Period | null {
  return windowsOf(inForce).find((window) => windowTakes(window, at)) ?? null
}

/** The next window, or the last one when none is to come. */
export function notOpen(inForce: InForce, at: Instant): { title: string; opensOn: string; closesOn: string } {
  const windows = windowsOf(inForce)
  const next = windows.find((window) => spanOf(window).opens > at) ?? windows.at(-1)!
  return { title: inForce.programme.title.zh, ...endsOf(next) }
}
