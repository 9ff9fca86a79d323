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
  type AdoptedProgramme,
  type Diagnostic,
} from '@suanquan/core/policy'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { ledgerHash, timestamp } from '../../database/index.ts'
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
      const read = readFiles(body.programmeText, body.adoptionText)
      if (!read.ok) return read
      const { programme } = read.value
      if (programme.adoption.jurisdiction !== world.site.jurisdiction) return forbidden('adoption.create')
      const hashes = {
        programme: programmeHash(body.programmeText, ledgerHash),
        adoption: hex(createHash('sha256').update(body.adoptionText).digest()),
      }
      const place = { jurisdiction: world.site.jurisdiction, district: world.site.jurisdiction }
      await tx
        .insertInto('programme_file')
        .values({
          ...place,
          hash: hashes.programme,
          programme_id: programme.id,
          version: programme.version,
          text: body.programmeText,
          stored_at: timestamp(at),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const terms = termsOf(programme)
      const opensOn = terms.windows.map(({ from }) => from).sort()[0] ?? programme.governs.from
      const closesOn =
        terms.windows
          .map(({ to }) => to)
          .sort()
          .at(-1) ??
        programme.governs.to ??
        '2999-12-31'
      const id = newId()
      // The number of the fund is the next one: adoptions come one after the other.
      await sql`lock table adoption in share row exclusive mode`.execute(tx)
      const stored = await tx
        .insertInto('adoption')
        .values({
          ...place,
          id,
          fund: sql<number>`(select coalesce(max(fund), 0) + 1 from adoption)`,
          programme_hash: hashes.programme,
          programme_id: programme.id,
          programme_version: programme.version,
          adoption_hash: hashes.adoption,
          text: body.adoptionText,
          authority: programme.adoption.authority.zh,
          opens_on: opensOn,
          closes_on: closesOn,
          claims_until: terms.claimsUntil ?? closesOn,
          adopted_by: person!.id,
          adopted_at: timestamp(at),
        })
        .onConflict((conflict) => conflict.columns(['programme_hash', 'adoption_hash']).doNothing())
        .executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n) return refuse('adoption.exists')
      touch({ kind: 'adoption', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }, { at, today }) =>
      viewAdoption(db, await world.programmes.inForce(db, subject), { at, today }),
  }
}

type AdoptionCode =
  | 'adoption.programme_invalid'
  | 'adoption.malformed'
  | 'adoption.incomplete'
  | 'adoption.way_not_run'

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
  const adopted = adopt(checked.programme, read.adoption)
  if (adopted.ok) {
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

function written(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.slice(0, MOST_SHOWN).map(({ line, column, code }) => `${line}:${column} ${code}`)
}
