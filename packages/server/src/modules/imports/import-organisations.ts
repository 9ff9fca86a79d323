// Organisations handed in as JSON by another system: the same plan, the same versions and the same record as a file that
// is checked and confirmed at once. A doubtful credit code is taken in; one that can never be is refused, and with it all.
import type { BodyOf, Routes } from '@suanquan/api'
import { accept, canonicalText, type Refusal } from '@suanquan/core'
import { readCreditCode, type CreditCodeRefusal } from '@suanquan/core/party'
import { createHash } from 'node:crypto'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { storeCheck } from './check-import.ts'
import { planImport, type PlannedRow } from './plan.ts'
import type { ReadRow } from './read-rows.ts'
import { lockImports, takeRows } from './take.ts'

type Entry = BodyOf<Routes['importOrganisations']>['entries'][number]

interface Answer {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly warnings: { creditCode: string; code: string }[]
}

export function importOrganisations(world: World): Command<'importOrganisations'> {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      touch({ kind: 'import', id: null })
      const warnings: Answer['warnings'] = []
      const latest = new Map<string, ReadRow>()
      for (const [index, entry] of body.entries.entries()) {
        const code = readCreditCode(entry.creditCode)
        if (!code.ok) return code as { ok: false; refusal: Refusal<CreditCodeRefusal> }
        for (const warning of code.value.warnings)
          warnings.push({ creditCode: code.value.code, code: warning })
        latest.set(code.value.code, rowOf(entry, code.value.code, index + 1))
      }
      await lockImports(tx)
      const { source, asOf } = body
      const plan = await planImport(tx, { kind: 'organisations', source, asOf, rows: [...latest.values()] })
      const bytes = Buffer.from(canonicalText(body), 'utf8')
      const id = newId()
      await storeCheck(tx, world, {
        id,
        kind: 'organisations',
        source,
        asOf,
        fileName: 'organisations.json',
        format: 'json',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.byteLength,
        ignored: [],
        plan,
        by: person!.id,
        at,
      })
      const { jurisdiction } = world.site
      await takeRows(
        tx,
        { importId: id, kind: 'organisations', source, asOf, at, jurisdiction, newId },
        plan.rows,
      )
      await tx
        .updateTable('import_check')
        .set({ taken: 'good', confirmed_by: person!.id, confirmed_at: timestamp(at) })
        .where('id', '=', id)
        .execute()
      touch({ kind: 'import', id })
      return accept({ subject: JSON.stringify({ ...countsOf(plan.rows), warnings }) })
    },
    view: async (subject) => JSON.parse(subject) as Answer,
  }
}

function rowOf(entry: Entry, creditCode: string, number: number): ReadRow {
  const { bankCode = null } = entry
  const values = { ...entry, bankCode, creditCode, roles: entry.roles.toSorted() }
  return { number, cells: [], creditCode, name: entry.name, values, reasons: [] }
}

/** What is older than what is known stays as it is. */
function countsOf(rows: readonly PlannedRow[]): Omit<Answer, 'warnings'> {
  const created = rows.filter(({ outcome, organisationId }) => outcome === 'new' && organisationId === null)
  const updated = rows.filter(
    ({ outcome, organisationId }) => outcome === 'changed' || (outcome === 'new' && organisationId !== null),
  )
  return {
    created: created.length,
    updated: updated.length,
    unchanged: rows.length - created.length - updated.length,
  }
}
