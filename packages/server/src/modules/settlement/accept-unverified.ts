import { accept, refuse } from '@suanquan/core'
import type { Command } from '../../http/world.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { acceptUnverifiedInvoices } from '../trade-paper/index.ts'
import { lockClaim } from './load.ts'

/** 未查验: a reviewer decides, with a reason, that a claim is paid although its invoices were not verified. */
export function acceptUnverified(): Command<'acceptUnverified'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, newId, touch }) => {
      const row = await lockClaim(tx, params.id)
      if (!row) return notFound('claim')
      touch({ kind: 'claim', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'claim.decide', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('claim.decide', 'claim')
      if (await mustStandAside(tx, person, row.organisation_id, [row.id, row.application_id]))
        return refuse('application.conflict_of_interest')
      const decided = { id: newId(), claim: row, reason: body.reason, by: person!.id, at }
      const accepted = await acceptUnverifiedInvoices(tx, decided)
      return accepted.ok ? accept({ subject: row.id }) : accepted
    },
    view: () => Promise.resolve({ done: true as const }),
  }
}
