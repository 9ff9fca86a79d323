import { accept, refuse } from '@suanquan/core'
import { timestamp } from '../../database/index.ts'
import type { Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound } from '../../identity/scope.ts'
import { moveCase } from '../application/move.ts'
import { nextNumber } from '../application/number.ts'
import { writeDisbursementFile, type DisbursementLine } from './disbursement-file.ts'
import { claimWorkflow, loadClaim } from './load.ts'
import { viewBatch } from './view-batch.ts'

/** 编制: the first pair of eyes. The file is fixed here; whoever approves confirms its hash. */
export function prepareDisbursement(world: World): Command<'prepareDisbursement'> {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      const known = await tx
        .selectFrom('adoption')
        .select('id')
        .where('id', '=', body.adoptionId)
        .executeTakeFirst()
      if (!known) return notFound('adoption')
      const inForce = await world.programmes.inForce(tx, known.id)
      const place = { jurisdiction: inForce.jurisdiction, district: inForce.jurisdiction }
      const id = newId()
      const lines: (DisbursementLine & { readonly claimId: string })[] = []
      for (const claimId of [...new Set(body.claimIds)].sort()) {
        const row = await loadClaim(tx, claimId, 'lock')
        if (!row) return notFound('claim')
        if (row.adoption_id !== inForce.id) return refuse('disbursement.mixed_adoptions')
        const payee = await tx
          .selectFrom('organisation')
          .select(['name', 'bank_name', 'bank_account'])
          .where('id', '=', row.organisation_id)
          .executeTakeFirstOrThrow()
        if (payee.bank_account === null)
          return refuse('disbursement.no_bank_account', { organisationName: payee.name })
        const moved = await moveCase(tx, newId, {
          ...{
            kind: 'claim',
            id: row.id,
            workflow: claimWorkflow,
            from: row.state,
            event: 'batch',
            role: 'finance',
          },
          ...{ actorId: person!.id, reason: null, detail: { disbursementId: id }, at, today, inForce },
          ...{ jurisdiction: row.jurisdiction, district: row.district },
        })
        if (!moved.ok) return refuse('claim.transition_not_allowed', moved.refusal.params)
        await tx
          .updateTable('claim')
          .set({ state: moved.value.to, batch_id: id })
          .where('id', '=', row.id)
          .execute()
        lines.push({
          ...{ claimId: row.id, claimNumber: row.number, amountFen: row.approved_fen! },
          ...{ payeeName: payee.name, bankName: payee.bank_name, bankAccount: payee.bank_account },
        })
      }
      lines.sort((a, b) => (a.claimNumber < b.claimNumber ? -1 : 1))
      const number = await nextNumber(tx, 'BF', inForce, today)
      const file = writeDisbursementFile(number, lines)
      await tx
        .insertInto('disbursement')
        .values({
          ...{ ...place, id, number, adoption_id: inForce.id, state: 'prepared', prepared_by: person!.id },
          ...{ prepared_at: timestamp(at), file_text: file.text, file_sha256: file.sha256 },
        })
        .execute()
      const rows = lines.map((line) => ({
        ...{ ...place, disbursement_id: id, claim_id: line.claimId, amount_fen: line.amountFen },
        ...{
          payee_name: line.payeeName,
          bank_name: line.bankName,
          bank_account: line.bankAccount,
          state: 'pending',
        },
      }))
      await tx.insertInto('disbursement_line').values(rows).execute()
      touch({ kind: 'disbursement', id })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewBatch(db, subject, person),
  }
}
