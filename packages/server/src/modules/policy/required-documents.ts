import type { InForce } from './programmes.ts'

/** Kinds of documents that the conditions of an award ask for as evidence, plus the contract itself. */
export function requiredDocuments({ programme }: Pick<InForce, 'programme'>): readonly string[] {
  const conditions = [...programme.eligibility, ...programme.awards.flatMap((award) => award.eligibility)]
  const named = conditions.flatMap((condition) => condition.evidence)
  return [...new Set([...named, 'compute_contract'])]
}
