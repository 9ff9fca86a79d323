// 补正: a correction names fields, and only those may change. What a draft holds is compared field by field, under the
// names that the correction uses: `contract.amountFen`, `documents.compute_contract`, `statements.purpose`, a fact that
// the programme asks for (`statements.applicant.place_of_business`), `proofs.invoices`.
import { canonicalText } from '../canonical.ts'
import { PROJECT_FIELDS, type Required } from './completeness.ts'

/** A draft as far as fields of it can be compared. */
export interface DraftToCompare {
  readonly contract: object
  readonly project?: object | undefined
  readonly statements: { readonly declared?: Readonly<Record<string, unknown>> | undefined }
  readonly documents: readonly { readonly kind: string; readonly attachmentId: string }[]
  readonly proofs?: object | undefined
}

export interface Change {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

export const CONTRACT_FIELDS = [
  'number',
  'signedOn',
  'startsOn',
  'endsOn',
  'amountFen',
  'excludedFen',
  'use',
  'prices',
  'cluster',
  'account',
] as const

export const STATEMENT_FIELDS = ['relatedParties', 'otherCitySubsidy', 'purpose'] as const

export const PROOF_FIELDS = ['invoices', 'payments', 'deliveryCertificateId'] as const

/** Parts of the contract that go with its prices: one field to whoever fills it in. */
const WITH_PRICES = new Set(['shard', 'qos'])

/**
 * The fields that a correction of an application may name.
 * @param documents kinds that the programme asks for or takes
 */
export function correctableFields(
  required: Pick<Required, 'declared' | 'proofs' | 'counterparty' | 'project'>,
  documents: readonly string[],
): readonly string[] {
  return [
    ...(required.project
      ? PROJECT_FIELDS.map((field) => `project.${field}`)
      : [required.counterparty, ...CONTRACT_FIELDS].map((field) => `contract.${field}`)),
    ...documents.map((kind) => `documents.${kind}`),
    ...STATEMENT_FIELDS.map((field) => `statements.${field}`),
    ...required.declared.map((fact) => `statements.${fact}`),
    ...(required.proofs ? PROOF_FIELDS.map((field) => `proofs.${field}`) : []),
  ]
}

/** What differs between two contents of a draft, by field; the order in which files are named does not count. */
export function changedFields(before: DraftToCompare, after: DraftToCompare): readonly Change[] {
  const [old, recent] = [fieldsOf(before), fieldsOf(after)]
  const names = [...new Set([...old.keys(), ...recent.keys()])]
  return names
    .map((field) => ({ field, before: old.get(field) ?? null, after: recent.get(field) ?? null }))
    .filter((change) => canonicalText(change.before) !== canonicalText(change.after))
}

function fieldsOf(draft: DraftToCompare): ReadonlyMap<string, unknown> {
  const { declared, ...statements } = draft.statements
  const fields = new Map<string, unknown>()
  const prices: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(draft.contract)) {
    if (name === 'prices' || WITH_PRICES.has(name)) prices[name] = value
    else fields.set(`contract.${name}`, value)
  }
  if (Object.keys(prices).length > 0) fields.set('contract.prices', prices)
  for (const [name, value] of Object.entries(draft.project ?? {})) fields.set(`project.${name}`, value)
  for (const [name, value] of Object.entries(statements)) fields.set(`statements.${name}`, value)
  for (const [fact, value] of Object.entries(declared ?? {})) fields.set(`statements.${fact}`, value)
  for (const [name, value] of Object.entries(draft.proofs ?? {})) fields.set(`proofs.${name}`, value)
  for (const kind of new Set(draft.documents.map((document) => document.kind))) {
    const files = draft.documents.filter((document) => document.kind === kind)
    fields.set(`documents.${kind}`, files.map(({ attachmentId }) => attachmentId).toSorted())
  }
  return fields
}
