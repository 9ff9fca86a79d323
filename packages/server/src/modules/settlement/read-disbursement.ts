import { permits } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { maskAccount } from '@suanquan/core/party'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Query } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { batchLines, viewBatch } from './view-batch.ts'

export function listDisbursements(): Query<'listDisbursements'> {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'disbursement', id: null })
      const rows = await db
        .selectFrom('disbursement')
        .select('id')
        .where(visibleRows(person!, 'disbursement.read', 'disbursement'))
        .orderBy('prepared_at', 'desc')
        .orderBy('number')
        .execute()
      const from = (query.page - 1) * query.size
      const page = rows.slice(from, from + query.size)
      return accept({
        total: rows.length,
        items: await Promise.all(page.map(({ id }) => viewBatch(db, id, person))),
      })
    },
  }
}

export function readDisbursement(): Query<'readDisbursement'> {
  return {
    kind: 'query',
    run: async ({ params, person }, { db, touch }) => {
      const found = await db
        .selectFrom('disbursement')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!found) return notFound('disbursement')
      touch({ kind: 'disbursement', id: found.id })
      if (!mayTouch(person, 'disbursement.read', found))
        return outOfScope('disbursement.read', 'disbursement')
      return accept({ ...(await viewBatch(db, found.id, person)), items: await batchLines(db, found.id) })
    },
  }
}

/** The file that pays holds whole bank accounts: finance gets it, whoever else may read the batch a copy in which they are
 * masked. A cancelled batch has no file to pay by. */
export function downloadDisbursement(): Query<'downloadDisbursement'> {
  return {
    kind: 'query',
    run: async ({ params, person }, { db, touch }) => {
      const row = await db
        .selectFrom('disbursement')
        .selectAll()
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!row) return notFound('disbursement')
      touch({ kind: 'disbursement_file', id: row.id })
      if (!mayTouch(person, 'disbursement.read', row)) return outOfScope('disbursement.read', 'disbursement')
      if (row.state === 'cancelled')
        return refuse('disbursement.wrong_state', { number: row.number, state: row.state })
      const pays = permits('disbursement.prepare', person!.grants)
      return accept({
        bytes: Buffer.from(pays ? row.file_text : await maskedFile(db, row.id, row.file_text)),
        mediaType: 'text/csv; charset=utf-8',
        fileName: pays ? `${row.number}.csv` : `${row.number}-masked.csv`,
      })
    },
  }
}

async function maskedFile(db: Kysely<Tables>, id: string, text: string): Promise<string> {
  const lines = await db
    .selectFrom('disbursement_line')
    .select('bank_account')
    .where('disbursement_id', '=', id)
    .execute()
  return lines.reduce(
    (masked, { bank_account: account }) => masked.replaceAll(account, maskAccount(account)),
    text,
  )
}
