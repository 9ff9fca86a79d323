// The pieces of vouchers as of a moment, read from the journal, each with the claim it belongs to.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { Day, Instant } from '@suanquan/core/calendar'
import { postingCodeOf, postingKinds, type PostingKind } from '@suanquan/core/ledger'
import { idOf, voucher, voucherPieces, type VoucherLine, type VoucherPiece } from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { type AdoptionBooks, booksOf, type VoucherRow, voucherTerms } from '../ledger/index.ts'

export type PieceView = AnswerOf<Routes['listVouchers']>['items'][number]['pieces'][number]

const kindNames = Object.keys(postingKinds) as PostingKind[]

/**
 * @param rows vouchers of one adoption
 * @param now the moment asked about; of the past only what was in the journal by then counts
 * @returns pieces in the order of the rows
 */
export async function piecesOf(
  db: Kysely<Tables>,
  adoption: AdoptionBooks,
  rows: readonly (VoucherRow & { readonly usable_until: Day })[],
  now: { readonly at: Instant; readonly past: boolean },
): Promise<readonly (readonly VoucherPiece[])[]> {
  const books = booksOf(adoption)
  const accounts = rows.map((row) => idOf(books, voucher(books.fund, voucherTerms(row))))
  const lines = await linesOf(db, { ledger: books.fund.ledger, accounts, until: now.past ? now.at : null })
  return rows.map((row, index) =>
    voucherPieces(lines.get(accounts[index]!) ?? [], { usableUntil: row.usable_until, moment: now.at }),
  )
}

async function linesOf(
  db: Kysely<Tables>,
  asked: { readonly ledger: number; readonly accounts: readonly string[]; readonly until: Instant | null },
): Promise<ReadonlyMap<string, readonly VoucherLine[]>> {
  const own = sql<string[]>`${[...asked.accounts]}::uuid[]`
  const rows = await db
    .selectFrom('ledger.posting')
    .select(['seq', 'id', 'kind', 'code', 'amount', 'reservation', 'document', 'debit', 'credit'])
    .where('ledger', '=', asked.ledger)
    .$if(asked.until !== null, (found) => found.where('at', '<=', timestamp(asked.until!) as never))
    .where((eb) =>
      eb.or([eb('debit', '=', sql<string>`any(${own})`), eb('credit', '=', sql<string>`any(${own})`)]),
    )
    .orderBy('seq')
    .execute()
  const known = new Set(asked.accounts)
  const found = new Map<string, VoucherLine[]>()
  for (const row of rows) {
    const debited = known.has(row.debit)
    const account = debited ? row.debit : row.credit
    const { id, amount, reservation, document } = row
    const line = {
      sequence: row.seq,
      id,
      kind: kindNames[row.kind]!,
      code: postingCodeOf(row.code),
      amount,
      reservation,
      document,
      debited,
      other: debited ? row.credit : row.debit,
    }
    const before = found.get(account)
    if (before === undefined) found.set(account, [line])
    else before.push(line)
  }
  return found
}

/** Pieces as pages show them: with the claim that an amount was held or redeemed for. */
export async function viewPieces(
  db: Kysely<Tables>,
  pieces: readonly (readonly VoucherPiece[])[],
): Promise<readonly PieceView[][]> {
  const documents = [...new Set(pieces.flat().map(({ document }) => document))]
  const claims =
    documents.length === 0
      ? []
      : await db
          .selectFrom('claim')
          .select(['id', 'number', 'hold_ends_on'])
          .where('id', 'in', documents)
          .execute()
  const byId = new Map(claims.map((claim) => [claim.id, claim]))
  return pieces.map((own) =>
    own.map(({ part, fen, code, sequence, document }) => ({
      part,
      fen: fen.toString(),
      code,
      sequence: Number(sequence),
      claim: claimOf(byId.get(document)),
      heldUntil: part === 'held' ? (byId.get(document)?.hold_ends_on ?? null) : null,
    })),
  )
}

function claimOf(claim: { readonly id: string; readonly number: string } | undefined): PieceView['claim'] {
  return claim === undefined ? null : { id: claim.id, number: claim.number }
}
