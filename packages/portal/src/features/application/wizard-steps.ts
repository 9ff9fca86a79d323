export const wizardSteps = ['firm', 'contract', 'documents', 'statements', 'submit'] as const

export type WizardStep = (typeof wizardSteps)[number]

/** Where a missing thing is filled in, by the first word of its name. */
export function stepOf(missing: string): WizardStep {
  if (missing.includes('document') || missing.includes('attachment')) return 'documents'
  if (missing.includes('statement') || missing.includes('purpose') || missing.includes('truthful'))
    return 'statements'
  if (missing.includes('contract')) return 'contract'
  return 'firm'
}
