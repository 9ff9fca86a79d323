// How much of a paper is taken: by the case at hand, and by all other cases of any programme.
import {
  invoiceFault,
  paymentFault,
  upstreamTaken,
  type ClaimEvidence,
  type Invoice,
  type PaperEvidence,
  type Payment,
} from '@suanquan/core/settlement'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export interface UsedPaper {
  readonly kind: 'invoice' | 'payment' | 'upstream_contract' | 'upstream_invoice' | 'upstream_payment'
  readonly number: string
  readonly used_fen: bigint
}

const NOTHING = '00000000-0000-0000-0000-000000000000'

/** What other live claims and applications of any programme have taken of the same papers. */
export async function usedOf(
  db: Kysely<Tables>,
  except: string | null,
  kinds: readonly UsedPaper['kind'][],
  numbers: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  if (numbers.length === 0) return new Map()
  const byClaims = db
    .selectFrom('claim_evidence as paper')
    .innerJoin('claim as user', 'user.id', 'paper.claim_id')
    .select(['paper.number', 'paper.used_fen'])
    .where('paper.kind', 'in', [...kinds])
    .where('paper.number', 'in', [...numbers])
    .where('user.state', 'not in', ['refused', 'withdrawn'])
    .where('user.id', '<>', except ?? NOTHING)
  const byApplications = db
    .selectFrom('application_evidence as paper')
    .innerJoin('application as user', 'user.id', 'paper.application_id')
    .select(['paper.number', 'paper.used_fen'])
    .where('paper.kind', 'in', [...kinds])
    .where('paper.number', 'in', [...numbers])
    .where('user.state', 'not in', ['refused', 'withdrawn'])
    .where('user.id', '<>', except ?? NOTHING)
  const rows = await byClaims.unionAll(byApplications).execute()
  const used = new Map<string, bigint>()
  for (const { number, used_fen: fen } of rows) used.set(number, (used.get(number) ?? 0n) + fen)
  return used
}

type Papers = Pick<PaperEvidence, 'contract' | 'claimedOn' | 'invoices' | 'payments'>

/** How much of each paper a base takes: in the order given, until it is covered; of a purchase upstream at its own prices. */
export function papersUsed(
  evidence: ClaimEvidence & { readonly upstream?: { readonly id?: string } },
  baseFen: bigint,
): readonly UsedPaper[] {
  const { upstream } = evidence
  if (upstream?.id === undefined) return taken(evidence, baseFen, '')
  const upstreamFen = upstreamTaken(evidence, baseFen)
  return [
    ...taken(evidence, baseFen, ''),
    { kind: 'upstream_contract', number: upstream.id, used_fen: upstreamFen },
    ...taken({ ...upstream, claimedOn: evidence.claimedOn }, upstreamFen, 'upstream_').filter(
      ({ used_fen: fen }) => fen > 0n,
    ),
  ]
}

/** A paper that counts nothing in its leg covers nothing: it leaves the use to those that do. */
function taken(papers: Papers, baseFen: bigint, prefix: '' | 'upstream_'): UsedPaper[] {
  const { invoices, payments } = papers
  const ordinary = invoices.filter(({ redLetterOf }) => redLetterOf === null)
  return [
    ...take(
      `${prefix}invoice`,
      baseFen,
      ordinary.map((each) => ({
        number: each.number,
        left: invoiceFault(each, papers) ? 0n : invoiceLeft(each, invoices),
      })),
    ),
    ...take(
      `${prefix}payment`,
      baseFen,
      payments.map((each) => ({
        number: each.reference,
        left: paymentFault(each, papers) ? 0n : paymentLeft(each),
      })),
    ),
  ]
}

function take(
  kind: UsedPaper['kind'],
  baseFen: bigint,
  items: readonly { readonly number: string; readonly left: bigint }[],
): UsedPaper[] {
  let open = baseFen
  return items.map(({ number, left }) => {
    const used = left < open ? left : open
    open -= used
    return { kind, number, used_fen: used }
  })
}

/** What a red letter takes back is not there to be used. */
function invoiceLeft(invoice: Invoice, all: readonly Invoice[]): bigint {
  const back = all.filter(({ redLetterOf }) => redLetterOf === invoice.number)
  const backFen = back.reduce((sum, { amountFen }) => sum + amountFen, 0n)
  return atLeastNothing(invoice.amountFen + backFen - invoice.excludedFen - invoice.usedFen)
}

function paymentLeft({ amountFen, usedFen }: Payment): bigint {
  return atLeastNothing(amountFen - usedFen)
}

function atLeastNothing(fen: bigint): bigint {
  return fen > 0n ? fen : 0n
}
