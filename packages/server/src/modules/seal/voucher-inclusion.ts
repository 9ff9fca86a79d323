// A voucher's own proof: every posting of its account with its place in the latest sealed tree, and the terms from which
// the account's id follows, so that the holder sees its name in what was hashed.
import { accept, hex, refuse } from '@suanquan/core'
import { accountId, inclusionRanges } from '@suanquan/core/ledger'
import { voucher } from '@suanquan/core/voucher'
import { ledgerHash, lastSeal, rootsOf, rowBytesAt } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { booksOf, voucherTerms } from '../ledger/index.ts'
import { viewSeal } from './view-seal.ts'

export function readVoucherInclusion(world: World): Handler<'readVoucherInclusion'> {
  return {
    kind: 'query',
    run: async ({ params, person }, { db, touch }) => {
      const row = await db.selectFrom('voucher').selectAll().where('id', '=', params.id).executeTakeFirst()
      if (!row) return notFound('voucher')
      touch({ kind: 'voucher', id: row.id, organisationId: row.holder_id })
      if (!mayTouch(person, 'voucher.read', { ...row, organisationIds: [row.holder_id] }))
        return outOfScope('voucher.read', 'voucher')
      const { fund } = booksOf(await world.programmes.inForce(db, row.adoption_id))
      const { ledger, jurisdiction } = fund
      const last = await lastSeal(db, fund)
      if (last === null) return refuse('seal.none_yet')
      const { code: _, ...terms } = { ...voucher(fund, voucherTerms(row)), ledger, jurisdiction }
      const id = accountId({ ...terms, code: 'voucher' }, ledgerHash)
      const rows = await db
        .selectFrom('ledger.posting')
        .select('seq')
        .where('ledger', '=', ledger)
        .where((either) => either.or([either('debit', '=', id), either('credit', '=', id)]))
        .orderBy('seq')
        .execute()
      const size = Number(last.seal.last)
      const covered = rows.map(({ seq }) => Number(seq)).filter((sequence) => sequence <= size)
      const postings = []
      for (const sequence of covered) {
        const bytes = (await rowBytesAt(world.database, ledger, BigInt(sequence)))!
        const path = await rootsOf(world.database, ledger, inclusionRanges(sequence - 1, size))
        postings.push({ sequence, row: hex(bytes), path: path.map(hex) })
      }
      const waiting = rows.length - covered.length
      return accept({
        number: row.number,
        account: { ...terms, id },
        seal: viewSeal(last.seal),
        postings,
        waiting,
      })
    },
  }
}
