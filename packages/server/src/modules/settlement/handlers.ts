// 兑付、清算、拨付: claims and the batches in which finance pays them.
import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { acceptUnverified } from './accept-unverified.ts'
import { approveDisbursement, cancelDisbursement } from './approve-disbursement.ts'
import { confirmDisbursement } from './confirm-disbursement.ts'
import { decideClaim, withdrawClaim } from './decide-claim.ts'
import { listBillable } from './billable.ts'
import { claimDeduction, reverseDeduction } from './claim-deduction.ts'
import { makeDeduction, matchDeduction } from './make-deduction.ts'
import { loadClaim } from './load.ts'
import { prepareDisbursement } from './prepare-disbursement.ts'
import { downloadDisbursement, listDisbursements, readDisbursement } from './read-disbursement.ts'
import { matchOnly, submitClaim } from './submit-claim.ts'
import { claimRows, viewClaim, viewClaimRow } from './view.ts'

type Names =
  | 'matchClaim'
  | 'submitClaim'
  | 'listClaims'
  | 'readClaim'
  | 'withdrawClaim'
  | 'decideClaim'
  | 'acceptUnverified'
  | 'prepareDisbursement'
  | 'approveDisbursement'
  | 'cancelDisbursement'
  | 'confirmDisbursement'
  | 'listDisbursements'
  | 'readDisbursement'
  | 'downloadDisbursement'
  | 'listReadyClaims'
  | 'listBillable'
  | 'matchDeduction'
  | 'makeDeduction'
  | 'claimDeduction'
  | 'reverseDeduction'

export function settlementHandlers(world: World): Handlers<Names> {
  return {
    listBillable: listBillable(world),
    matchDeduction: matchDeduction(world),
    makeDeduction: makeDeduction(world),
    claimDeduction: claimDeduction(world),
    reverseDeduction: reverseDeduction(world),
    matchClaim: matchOnly(world),
    submitClaim: submitClaim(world),
    listClaims: listClaims(),
    readClaim: {
      kind: 'query',
      run: async (asked, { db, touch }) => {
        const row = await loadClaim(db, asked.params.id)
        if (!row) return notFound('claim')
        touch({ kind: 'claim', id: row.id, organisationId: row.organisation_id })
        const target = { ...row, organisationIds: [row.organisation_id, row.payee_id] }
        if (!mayTouch(asked.person, 'claim.read', target)) return outOfScope('claim.read', 'claim')
        return accept(await viewClaim(world, db, row.id, asked))
      },
    },
    withdrawClaim: withdrawClaim(world),
    decideClaim: decideClaim(world),
    acceptUnverified: acceptUnverified(),
    prepareDisbursement: prepareDisbursement(world),
    approveDisbursement: approveDisbursement(world),
    cancelDisbursement: cancelDisbursement(world),
    confirmDisbursement: confirmDisbursement(world),
    listDisbursements: listDisbursements(),
    readDisbursement: readDisbursement(),
    downloadDisbursement: downloadDisbursement(),
    listReadyClaims: {
      kind: 'query',
      run: async ({ person, today }, { db, touch }) => {
        touch({ kind: 'claim', id: null })
        const rows = await claimRows(db)
          .where('claim.state', '=', 'approved')
          .where(visibleRows(person!, 'disbursement.prepare', 'claim'))
          .orderBy('claim.submitted_at')
          .limit(1000)
          .execute()
        return accept({ items: rows.map((row) => viewClaimRow(row, today)) })
      },
    },
  }
}

function listClaims(): Handlers<Names>['listClaims'] {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'claim', id: null })
      let found = claimRows(db).where(
        visibleRows(person!, 'claim.read', 'claim', 'claim.organisation_id', 'claim.payee_id'),
      )
      if (query.state) found = found.where('claim.state', '=', query.state)
      if (query.q) {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where((eb) =>
          eb.or([eb('claim.number', 'ilike', like), eb('organisation.name', 'ilike', like)]),
        )
      }
      const { total } = await found
        .clearSelect()
        .select(sql<bigint>`count(*)`.as('total'))
        .executeTakeFirstOrThrow()
      if (query.order === 'deadline') found = found.orderBy(sql`claim.deadline_on nulls last`)
      const rows = await found
        .orderBy('claim.submitted_at', query.order === 'deadline' ? 'asc' : 'desc')
        .orderBy('claim.number')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return accept({ total: Number(total), items: rows.map((row) => viewClaimRow(row, today)) })
    },
  }
}
