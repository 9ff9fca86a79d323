// What the register and the tax authority say of the invoices of a case: which were verified, which are void or unknown,
// and what of each the programme does not support.
import type { Invoice } from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { PaperRow } from './register.ts'

export interface InvoiceStanding {
  readonly standing: PaperRow['standing']
  /** recognised from its lines; nothing where it was typed */
  readonly excludedFen: bigint
}

/** Answers that take an invoice away. */
export const TAKEN_AWAY = ['voided', 'not_found'] as const

/**
 * By number. Either party may have registered an invoice: an answer that takes it away counts whoever asked, one that
 * verifies it counts for the paper with the same amount.
 * @param amounts what the case says of each invoice
 */
export async function invoiceStandings(
  db: Kysely<Tables>,
  organisationIds: readonly string[],
  amounts: ReadonlyMap<string, bigint>,
): Promise<ReadonlyMap<string, InvoiceStanding>> {
  if (amounts.size === 0) return new Map()
  const rows = await db
    .selectFrom('trade_paper')
    .select(['number', 'standing', 'excluded_fen', 'amount_fen'])
    .where('kind', '=', 'invoice')
    .where('number', '=', sql<string>`any(${[...amounts.keys()]}::text[])`)
    .where('organisation_id', '=', sql<string>`any(${[...organisationIds]}::uuid[])`)
    .execute()
  return new Map(
    [...amounts].map(([number, amountFen]) => {
      const found = rows.filter((row) => row.number === number && row.amount_fen === amountFen)
      const taken = TAKEN_AWAY.find((each) => found.some(({ standing }) => standing === each))
      const verified = found.some(({ standing }) => standing === 'verified')
      const excluded = found.map((row) => row.excluded_fen)
      return [
        number,
        {
          standing: taken ?? (verified ? 'verified' : 'unverified'),
          excludedFen: excluded.reduce((most, fen) => (fen > most ? fen : most), 0n),
        },
      ]
    }),
  )
}

/** Red letters that the register has of the invoices of a case and that were not handed in with them. */
export async function leftOutRedLetters(
  db: Kysely<Tables>,
  organisationIds: readonly string[],
  handedIn: readonly Invoice[],
): Promise<readonly Invoice[]> {
  const numbers = handedIn.filter(({ redLetterOf }) => redLetterOf === null).map(({ number }) => number)
  if (numbers.length === 0) return []
  const rows = await db
    .selectFrom('trade_paper')
    .selectAll()
    .distinctOn('number')
    .where('kind', '=', 'invoice')
    .where('red_letter_of', '=', sql<string>`any(${numbers}::text[])`)
    .where('organisation_id', '=', sql<string>`any(${[...organisationIds]}::uuid[])`)
    .where('standing', 'not in', ['voided', 'not_found'])
    .orderBy('number')
    .execute()
  const known = new Set(handedIn.map(({ number }) => number))
  return rows
    .filter(({ number }) => !known.has(number))
    .map((row) => ({
      number: row.number,
      issuedOn: row.dated_on,
      seller: row.from_code,
      buyer: row.to_code,
      amountFen: row.amount_fen!,
      redLetterOf: row.red_letter_of,
      excludedFen: 0n,
      usedFen: 0n,
    }))
}
