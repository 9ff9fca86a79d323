import { missingIn, type Missing } from '@suanquan/core/application'
import { requiredDocuments, type InForce } from '../policy/index.ts'
import type { Draft } from './draft.ts'

/** What a draft still needs before it can be submitted; a contract over nothing is no contract. */
export function missingOf(draft: Draft, inForce: InForce): readonly Missing[] {
  const missing = missingIn(draft, requiredDocuments(inForce))
  return draft.contract.amountFen === '0'
    ? [...missing, { code: 'field', about: 'contract.amountFen' }]
    : missing
}
