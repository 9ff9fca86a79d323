// Papers of a claim against the register: what is typed says what is registered, and a registered delivery certificate is of
// the contract that is claimed on.
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { typedContradiction } from '../trade-paper/index.ts'
import type { FiledBody } from './load.ts'

type Handed = Pick<FiledBody, 'invoices' | 'payments' | 'deliveryCertificateId'>

export function numbersOf({ invoices, payments }: Pick<Handed, 'invoices' | 'payments'>): string[] {
  return [...invoices.map(({ number }) => number), ...payments.map(({ reference }) => reference)]
}

export async function papersAgree(
  db: Kysely<Tables>,
  claim: { readonly organisationId: string; readonly contractId: string },
  handed: Handed,
): Promise<Decision<null, 'trade_paper.contradicts' | 'trade_paper.certificate_elsewhere'>> {
  const typed = await typedContradiction(db, claim.organisationId, handed)
  if (!typed.ok || handed.deliveryCertificateId === null) return typed
  const certificates = await db
    .selectFrom('trade_paper')
    .innerJoin('service_contract', 'service_contract.id', 'trade_paper.contract_id')
    .select(['trade_paper.number', 'contract_id', 'service_contract.number as contractNumber'])
    .where('trade_paper.kind', '=', 'delivery_certificate')
    .where('attachment_id', '=', handed.deliveryCertificateId)
    .execute()
  const [first] = certificates
  // a certificate that is only uploaded is looked at by the reviewer
  if (first === undefined || certificates.some(({ contract_id: id }) => id === claim.contractId))
    return accept(null)
  const { number, contractNumber } = first
  return refuse('trade_paper.certificate_elsewhere', { number, contractNumber })
}
