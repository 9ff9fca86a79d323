import { permits } from '@suanquan/api'
import { accept, hex, refuse, type Decision } from '@suanquan/core'
import { maskAccount } from '@suanquan/core/party'
import {
  batchRecord,
  writePain001,
  type PainRefusal,
  type PaymentBatch,
  type PaymentFile,
} from '@suanquan/core/settlement'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Query } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { writeTreasuryWorkbook } from './disbursement-file.ts'
import { approvalOfBatch, paymentBatchOf, type BatchRow } from './payment-batch.ts'
import { missingIn } from './treasury.ts'
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

/**
 * The files that pay hold whole bank accounts: finance gets them, whoever else may read the batch a list in which they are
 * masked. A cancelled batch has no file to pay by. `record` is the batch's content as it was signed, for whoever checks it.
 */
export function downloadDisbursement(): Query<'downloadDisbursement'> {
  return {
    kind: 'query',
    run: async ({ params, query, person }, { db, touch }) => {
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
      if (query.format !== 'csv')
        return pays ? fileOf(db, row, query.format) : refuse('disbursement.whole_accounts')
      return accept({
        bytes: Buffer.from(pays ? row.file_text : await maskedFile(db, row.id, row.file_text)),
        mediaType: 'text/csv; charset=utf-8',
        fileName: pays ? `${row.number}.csv` : `${row.number}-masked.csv`,
      })
    },
  }
}

interface BatchFile {
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly fileName: string
}

async function fileOf(
  db: Kysely<Tables>,
  row: BatchRow,
  format: PaymentFile | 'record',
): Promise<Decision<BatchFile, PainRefusal>> {
  const batch = await paymentBatchOf(db, row)
  if (format === 'record') return accept(recordFile(batch, row))
  const fields = missingIn(row.treasury)[format]
  if (row.treasury === null || fields.length > 0) return refuse('treasury.profile_missing', { fields })
  if (format === 'xlsx') {
    return accept({
      bytes: await writeTreasuryWorkbook(batch, row.treasury, row.record_sm3 ?? ''),
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      fileName: `${row.number}.xlsx`,
    })
  }
  const message = writePain001(batch)
  if (!message.ok) return message
  return accept({
    bytes: Buffer.from(message.value),
    mediaType: 'application/xml',
    fileName: `${row.number}.pain001.xml`,
  })
}

/** The canonical text whose SM3 digest was approved, and the site's signature over that approval. */
function recordFile(batch: PaymentBatch, row: BatchRow): BatchFile {
  const approval = approvalOfBatch(row)
  const paper = {
    record: batchRecord(batch),
    sm3: row.record_sm3,
    approval: approval === null ? null : hex(approval),
    key: row.signing_key,
    signature: row.signature === null ? null : hex(row.signature),
  }
  return {
    bytes: Buffer.from(`${JSON.stringify(paper, null, 2)}\n`),
    mediaType: 'application/json',
    fileName: `${row.number}.record.json`,
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
