// What an operator bought from a centre, as the match reads it: the confirmed purchase that the firm's contract is linked
// to, the papers between operator and centre, and what other cases have taken of each.
import type { Day } from '@suanquan/core/calendar'
import type { Invoice, Leg, Payment, Upstream } from '@suanquan/core/settlement'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { TAKEN_AWAY } from '../trade-paper/index.ts'
import type { ContractRow } from './contracts.ts'
import { usedOf } from './used-papers.ts'

export interface UpstreamInput {
  readonly contract: ContractRow
  /** what the programme asks of the firm it asks of its operator */
  readonly legs: readonly Leg[]
  readonly claimedOn: Day
  readonly except: string | null
}

/** Undefined where the provider runs what it sells. */
export async function upstreamOf(
  db: Kysely<Tables>,
  { contract, legs, claimedOn, except }: UpstreamInput,
): Promise<(Upstream & { readonly id: string }) | undefined> {
  const row = await db
    .selectFrom('contract_upstream')
    .innerJoin('upstream_contract', 'upstream_contract.id', 'contract_upstream.upstream_id')
    .innerJoin('organisation as operator', 'operator.id', 'operator_id')
    .innerJoin('organisation as centre', 'centre.id', 'centre_id')
    .selectAll('upstream_contract')
    .select(['operator.credit_code as buyer', 'centre.credit_code as seller'])
    .where('contract_id', '=', contract.id)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const papers = await db
    .selectFrom('trade_paper')
    .selectAll()
    .where('organisation_id', '=', row.operator_id)
    .where('kind', 'in', ['invoice', 'payment'])
    .where('dated_on', '<=', claimedOn)
    .where((eb) =>
      eb.or([
        eb.and([eb('kind', '=', 'invoice'), eb('from_code', '=', row.seller), eb('to_code', '=', row.buyer)]),
        eb.and([eb('kind', '=', 'payment'), eb('from_code', '=', row.buyer), eb('to_code', '=', row.seller)]),
      ]),
    )
    .where('dated_on', '>=', row.signed_on)
    .orderBy('dated_on')
    .orderBy('number')
    .execute()
  const used = async (kind: 'invoice' | 'payment'): Promise<ReadonlyMap<string, bigint>> =>
    usedOf(db, except, [kind, `upstream_${kind}`], numbersOf(papers, kind))
  const [invoices, payments] = [await used('invoice'), await used('payment')]
  const taken = await usedOf(db, except, ['upstream_contract'], [row.id])
  return {
    id: row.id,
    contract: {
      contractNo: row.number,
      buyer: row.buyer,
      seller: row.seller,
      amountFen: row.amount_fen,
      signedOn: row.signed_on,
      termFrom: row.starts_on,
      termUntil: row.ends_on,
      prices: row.prices.map(({ chip, priceFenPerCardHour }) => ({
        chip,
        fenPerCardHour: BigInt(priceFenPerCardHour),
      })),
      shard: null,
    },
    legs: ['contract', ...(['invoice', 'payment'] as const).filter((leg) => legs.includes(leg))],
    usedFen: taken.get(row.id) ?? 0n,
    invoices: papers.filter(({ kind }) => kind === 'invoice').map((paper) => invoiceOf(paper, invoices)),
    payments: papers.filter(({ kind }) => kind === 'payment').map((paper) => paymentOf(paper, payments)),
  }
}

/** Claims of all firms that an operator serves out of one purchase come one after the other. */
export async function lockPurchase(tx: Transaction<Tables>, contractId: string): Promise<void> {
  await tx
    .selectFrom('upstream_contract')
    .select('id')
    .where('id', 'in', (eb) =>
      eb.selectFrom('contract_upstream').select('upstream_id').where('contract_id', '=', contractId),
    )
    .forUpdate()
    .execute()
}

type PaperRow = Selectable<Tables['trade_paper']>

function numbersOf(papers: readonly PaperRow[], kind: string): string[] {
  return papers.filter((paper) => paper.kind === kind).map(({ number }) => number)
}

function invoiceOf(paper: PaperRow, used: ReadonlyMap<string, bigint>): Invoice {
  const standing = TAKEN_AWAY.find((each) => each === paper.standing)
  return {
    number: paper.number,
    issuedOn: paper.dated_on,
    seller: paper.from_code,
    buyer: paper.to_code,
    amountFen: paper.amount_fen!,
    redLetterOf: paper.red_letter_of,
    excludedFen: paper.excluded_fen,
    usedFen: used.get(paper.number) ?? 0n,
    ...(standing === undefined ? {} : { standing }),
  }
}

function paymentOf(paper: PaperRow, used: ReadonlyMap<string, bigint>): Payment {
  return {
    reference: paper.number,
    paidOn: paper.dated_on,
    payer: paper.from_code,
    payee: paper.to_code,
    amountFen: paper.amount_fen!,
    usedFen: used.get(paper.number) ?? 0n,
  }
}
