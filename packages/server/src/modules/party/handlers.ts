// Organisations as the registers know them: who may see which, and the doubt of a credit code whose check digit differs,
// which a reviewer settles against the register. How they come in is the module of imports.
import { accept, refuse } from '@suanquan/core'
import type { Handlers } from '../../http/world.ts'
import { mayTouch, mustStandAside, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { readOrganisation } from './read-organisation.ts'
import { viewOrganisation } from './view.ts'

type Names = 'readOrganisation' | 'listMyOrganisations' | 'listProviders' | 'confirmCreditCode'

export function partyHandlers(): Handlers<Names> {
  return {
    readOrganisation: readOrganisation(),
    listMyOrganisations: {
      kind: 'query',
      run: async ({ query, person, today }, { db, touch }) => {
        touch({ kind: 'organisation', id: null })
        let rows = db
          .selectFrom('organisation')
          .selectAll()
          .where(visibleRows(person!, 'organisation.read', 'organisation', 'organisation.id'))
          .orderBy('name')
          .limit(200)
        if (query.q) {
          const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
          rows = rows.where((eb) => eb.or([eb('name', 'like', like), eb('credit_code', 'like', like)]))
        }
        const found = await rows.execute()
        const role = query.role
        const items = found.filter((row) => role === undefined || row.roles.includes(role))
        return accept({ items: items.map((row) => viewOrganisation(row, today)) })
      },
    },
    listProviders: {
      kind: 'query',
      run: async (_, { db }) => {
        const rows = await db
          .selectFrom('organisation')
          .select(['id', 'name', 'credit_code', 'region', 'roles'])
          .orderBy('name')
          .execute()
        const providers = rows.filter((row) => row.roles.includes('provider'))
        return accept({
          items: providers.map((row) => ({
            id: row.id,
            name: row.name,
            creditCode: row.credit_code,
            region: row.region,
          })),
        })
      },
    },
    confirmCreditCode: {
      kind: 'command',
      run: async ({ params, body, person }, { tx, touch }) => {
        const row = await tx
          .selectFrom('organisation')
          .selectAll()
          .where('id', '=', params.id)
          .forUpdate()
          .executeTakeFirst()
        if (!row) return notFound('organisation')
        touch({ kind: 'organisation', id: row.id, organisationId: row.id })
        if (!mayTouch(person, 'organisation.confirm_credit_code', { ...row, organisationIds: [row.id] })) {
          return outOfScope('organisation.confirm_credit_code', 'organisation')
        }
        if (await mustStandAside(tx, person, row.id)) return refuse('application.conflict_of_interest')
        if (row.credit_code_doubt !== 'check_digit') return refuse('party.credit_code_not_in_doubt')
        const confirmed = { credit_code_doubt: 'confirmed', credit_code_evidence: body.evidence }
        await tx.updateTable('organisation').set(confirmed).where('id', '=', row.id).execute()
        return accept({ subject: row.id })
      },
      view: async () => ({ done: true as const }),
    },
  }
}
