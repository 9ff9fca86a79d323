export const wizardSteps = ['firm', 'contract', 'documents', 'statements', 'submit'] as const

export type WizardStep = (typeof wizardSteps)[number]

/** Where a missing thing is filled in. */
export function stepOf(code: string, about: string): WizardStep {
  if (code === 'document') return 'documents'
  return code === 'promise' || about.startsWith('statements.') ? 'statements' : 'contract'
}
