// Saving keeps whatever has been typed, however incomplete: only what can never be right is refused (dates that
// contradict each other, an excluded part above the whole, documents of somebody else). The determination is shown
// with the answer, not stored: a draft decides nothing.
import { accept, refuse, type Decision } from '@suanquan/core'
import { changedFields, datesProblem } from '@suanquan/core/application'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound, outOfScope } from '../../identity/scope.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { attachmentIdsOf, draftMark, type Draft } from './draft.ts'
import { type ApplicationRow, loadApplication } from './load.ts'
import { mayApply } from './may-apply.ts'
import { viewApplication } from './view.ts'

const EDITABLE = new Set(['draft', 'correction'])

export function saveDraft(world: World): Handler<'saveDraft'> {
  return {
    kind: 'command',
    run: async ({ params, query, body, person, at }, { tx, touch }) => {
      const row = await loadApplication(tx, params.id, 'lock')
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      const { way } = await world.programmes.inForce(tx, row.adoption_id)
      if (!mayApply(person, 'application.draft', row, way))
        return outOfScope('application.draft', 'application')
      if (!EDITABLE.has(row.state)) return refuse('application.not_editable', { state: row.state })
      if (query.basedOn !== undefined && query.basedOn !== draftMark(row.draft)) {
        return refuse('application.draft_changed')
      }
      const beyond = beyondCorrection(row, body)
      if (beyond.length > 0) return refuse('application.field_not_asked', { fields: beyond })
      const checked = await checkDraft(tx, body, row.organisation_id)
      if (!checked.ok) return checked
      await tx
        .updateTable('application')
        .set({ draft: JSON.stringify(body), updated_at: timestamp(at) })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewApplication(world, db, subject, asked),
  }
}

/** The fields that a correction did not ask for and that would differ from the application as it was submitted. */
function beyondCorrection(row: ApplicationRow, draft: Draft): readonly string[] {
  if (row.state !== 'correction') return []
  const asked = new Set(row.correction_fields.map(({ field }) => field))
  const before = (row.corrected_from as Draft | null) ?? row.draft
  return changedFields(before, draft)
    .map(({ field }) => field)
    .filter((field) => !asked.has(field))
}

export function discardDraft(world: World): Handler<'discardDraft'> {
  return {
    kind: 'command',
    run: async ({ params, person }, { tx, touch }) => {
      const row = await loadApplication(tx, params.id, 'lock')
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      const { way } = await world.programmes.inForce(tx, row.adoption_id)
      if (!mayApply(person, 'application.draft', row, way))
        return outOfScope('application.draft', 'application')
      if (row.state !== 'draft') return refuse('application.not_editable', { state: row.state })
      await tx.deleteFrom('application').where('id', '=', row.id).execute()
      return accept({ subject: row.id })
    },
    view: async () => ({ done: true as const }),
  }
}

async function checkDraft(
  tx: Transaction<Tables>,
  draft: Draft,
  organisationId: string,
): Promise<
  Decision<
    null,
    | 'application.contract_ends_before_start'
    | 'application.contract_term_too_long'
    | 'application.excluded_above_amount'
    | 'attachment.unknown'
  >
> {
  const dates = datesProblem(draft.contract)
  if (dates !== null) return refuse(`application.contract_${dates}`)
  const { amountFen, excludedFen } = draft.contract
  if (amountFen !== undefined && excludedFen !== undefined && BigInt(excludedFen) > BigInt(amountFen)) {
    return refuse('application.excluded_above_amount')
  }
  const unknown = await unknownAttachment(tx, [...attachmentIdsOf(draft)], organisationId)
  return unknown === undefined ? accept(null) : refuse('attachment.unknown', { attachmentId: unknown })
}
