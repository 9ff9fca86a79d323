import type { Application } from './use-draft.ts'

export type WizardStep = 'firm' | 'contract' | 'project' | 'proofs' | 'documents' | 'statements' | 'submit'

/** The steps of an application: proofs of use are one where support follows the use. */
export function stepsOf({ asks }: Pick<Application, 'asks'>): readonly WizardStep[] {
  const proofs: readonly WizardStep[] = asks.proofs ? ['proofs'] : []
  return ['firm', asks.project ? 'project' : 'contract', ...proofs, 'documents', 'statements', 'submit']
}

/** Where a field that is to be corrected is filled in: `documents.x`, `contract.x`, `statements.x`. */
export function stepOfField(field: string): WizardStep {
  return field.startsWith('documents.') ? 'documents' : stepOf('', field)
}

/** Where a missing thing is filled in. */
export function stepOf(code: string, about: string): WizardStep {
  if (code === 'document') return 'documents'
  if (about.startsWith('proofs.')) return 'proofs'
  if (about.startsWith('project.')) return 'project'
  return code === 'promise' || about.startsWith('statements.') ? 'statements' : 'contract'
}
