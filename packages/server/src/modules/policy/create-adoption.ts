// Adoption: which authority puts which programme version in force, with its own answers. The programme file is checked
// whole and the answers must be complete, or nothing is stored.
import { accept, hex, refuse, type Decision } from '@suanquan/core'
import { wayNamed } from '@suanquan/core/application'
import {
  adopt,
  checkProgramme,
  hasErrors,
  programmeHash,
  readAdoption,
  unexplained,
  type AdoptedProgramme,
  type Diagnostic,
  type Programme,
} from '@suanquan/core/policy'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Instant } from '@suanquan/core/calendar'
import { ledgerHash, timestamp, type Transaction } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { forbidden } from '../../identity/scope.ts'
import { termsOf } from './programmes.ts'
import { viewAdoption } from './view.ts'

const MOST_SHOWN = 20

export function createAdoption(world: World): Handler<'createAdoption'> {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      const { programmeText, adoptionText } = body
      const stored = await storeAdoption(tx, world, {
        id: newId(),
        programmeText,
        adoptionText,
        fundId: body.fundId ?? null,
        ownFundId: newId(),
        adoptedBy: person!.id,
        at,
      })
      if (!stored.ok) return stored
      touch({ kind: 'adoption', id: stored.value })
      return accept({ subject: stored.value })
    },
    view: async (subject, { db }, { at, today }) =>
      viewAdoption(db, await world.programmes.inForce(db, subject), { at, today }),
  }
}

export interface AdoptionToStore {
  readonly id: string
  readonly programmeText: string
  readonly adoptionText: string
  /** the fund that pays, null for one of its own */
  readonly fundId: string | null
  /** the id of that one */
  readonly ownFundId: string
  readonly adoptedBy: string
  readonly at: Instant
}

/** Checks both files whole and puts the programme in force, paid from a fund that is there or from the next one. */
export async function storeAdoption(
  tx: Transaction['kysely'],
  world: World,
  { id, programmeText, adoptionText, fundId, ownFundId, adoptedBy, at }: AdoptionToStore,
): Promise<Decision<string, AdoptionCode | StoreCode>> {
  const read = readFiles(programmeText, adoptionText)
  if (!read.ok) return read
  const { programme } = read.value
  if (programme.adoption.jurisdiction !== world.site.jurisdiction) return forbidden('adoption.create')
  const hash = await storeProgrammeFile(tx, world, { programme, text: programmeText, at })
  const terms = termsOf(programme)
  const opensOn = terms.windows.map(({ from }) => from).sort()[0] ?? programme.governs.from
  const lastDay = terms.windows.map(({ to }) => to).sort()
  const closesOn = lastDay.at(-1) ?? programme.governs.to ?? '2999-12-31'
  const { jurisdiction } = world.site
  // The number of the fund is the next one: adoptions come one after the other.
  await sql`lock table adoption in share row exclusive mode`.execute(tx)
  const fund = await fundFor(tx, { ownFundId, fundId, jurisdiction, programmeId: programme.id })
  if (!fund.ok) return fund
  const stored = await tx
    .insertInto('adoption')
    .values({
      id,
      jurisdiction,
      district: jurisdiction,
      fund: fund.value,
      programme_hash: hash,
      programme_id: programme.id,
      programme_version: programme.version,
      adoption_hash: hex(createHash('sha256').update(adoptionText).digest()),
      text: adoptionText,
      authority: programme.adoption.authority.zh,
      opens_on: opensOn,
      closes_on: closesOn,
      claims_until: terms.claimsUntil ?? closesOn,
      adopted_by: adoptedBy,
      adopted_at: timestamp(at),
    })
    .onConflict((conflict) => conflict.columns(['programme_hash', 'adoption_hash']).doNothing())
    .executeTakeFirst()
  return stored.numInsertedOrUpdatedRows === 1n ? accept(id) : refuse('adoption.exists')
}

type StoreCode =
  | 'adoption.exists'
  | 'adoption.fund_unknown'
  | 'adoption.fund_has_programme'
  | 'request.forbidden'

interface FundAsked {
  readonly ownFundId: string
  readonly fundId: string | null
  readonly jurisdiction: string
  readonly programmeId: string
}

/** The number of the fund: one that is there, in which each programme stands once, or the next. */
async function fundFor(
  tx: Transaction['kysely'],
  { ownFundId: id, fundId, jurisdiction, programmeId }: FundAsked,
): Promise<Decision<number, 'adoption.fund_unknown' | 'adoption.fund_has_programme'>> {
  if (fundId === null) {
    const number = sql<number>`(select coalesce(max(number), 0) + 1 from fund)`
    const made = await tx
      .insertInto('fund')
      .values({ id, number, jurisdiction, district: jurisdiction, open_year: null })
      .returning('number')
      .executeTakeFirstOrThrow()
    return accept(made.number)
  }
  const fund = await tx.selectFrom('fund').select('number').where('id', '=', fundId).executeTakeFirst()
  if (fund === undefined) return refuse('adoption.fund_unknown')
  const same = await tx
    .selectFrom('adoption')
    .select('id')
    .where('fund', '=', fund.number)
    .where('programme_id', '=', programmeId)
    .executeTakeFirst()
  return same === undefined ? accept(fund.number) : refuse('adoption.fund_has_programme', { programmeId })
}

interface FileToStore {
  readonly programme: Programme
  readonly text: string
  readonly at: Instant
}

/** @returns the hash under which the file is kept */
export async function storeProgrammeFile(
  tx: Transaction['kysely'],
  world: World,
  { programme, text, at }: FileToStore,
): Promise<string> {
  const hash = programmeHash(text, ledgerHash)
  const { jurisdiction } = world.site
  await tx
    .insertInto('programme_file')
    .values({
      hash,
      jurisdiction,
      district: jurisdiction,
      programme_id: programme.id,
      version: programme.version,
      text,
      stored_at: timestamp(at),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return hash
}

export type AdoptionCode =
  | 'adoption.programme_invalid'
  | 'adoption.malformed'
  | 'adoption.incomplete'
  | 'adoption.way_not_run'
  | 'adoption.competition_unexplained'

function readFiles(
  programmeText: string,
  adoptionText: string,
): Decision<{ programme: AdoptedProgramme }, AdoptionCode> {
  const checked = checkProgramme(programmeText, 'programme.yaml')
  if (checked.programme === undefined || hasErrors(checked.diagnostics)) {
    return refuse('adoption.programme_invalid', { diagnostics: written(checked.diagnostics) })
  }
  const read = readAdoption(adoptionText, 'adoption.yaml')
  if (read.adoption === undefined || hasErrors(read.diagnostics)) {
    return refuse('adoption.malformed', { where: 'adoption.yaml', what: written(read.diagnostics) })
  }
  const adopted = adopt(checked.programme, read.adoption, programmeHash(programmeText, ledgerHash))
  if (adopted.ok) {
    // What stands by its ground was decided before it is stored; what is stored is read again without this question.
    const open = unexplained(checked.programme, read.adoption.competition ?? {})
    if (open.length > 0) return refuse('adoption.competition_unexplained', { rules: [...open] })
    const { way } = termsOf(adopted.value)
    return wayNamed(way) === null
      ? refuse('adoption.way_not_run', { way })
      : accept({ programme: adopted.value })
  }
  const items = adopted.refusal.params['items']
  if (adopted.refusal.code === 'policy.adoption_incomplete') {
    return refuse('adoption.incomplete', { missing: Array.isArray(items) ? (items as string[]) : [] })
  }
  const what = Array.isArray(items) ? items.join(', ') : adopted.refusal.code
  return refuse('adoption.malformed', { where: adopted.refusal.code, what })
}

export function written(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.slice(0, MOST_SHOWN).map(({ line, column, code }) => `${line}:${column} ${code}`)
}
