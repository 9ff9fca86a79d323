import { factsToDeclare, type Required } from '@suanquan/core/application'
import type { InForce } from './programmes.ts'

/** What an application has to bring: kinds of documents that the conditions ask for, plus the contract itself; facts
 * that only the applicant can state; invoices and payments where support follows the use. */
export function requiredOf({ programme, way }: Pick<InForce, 'programme' | 'way'>): Required {
  const conditions = [...programme.eligibility, ...programme.awards.flatMap((award) => award.eligibility)]
  const named = conditions.flatMap((condition) => condition.evidence)
  return {
    documents: [...new Set([...named, ...(way.project === null ? ['compute_contract'] : [])])],
    declared: factsToDeclare(programme),
    proofs: way.provesWith === 'application',
    counterparty: way.applicant === 'provider' ? 'buyerCode' : 'providerId',
    project: way.project !== null,
  }
}
