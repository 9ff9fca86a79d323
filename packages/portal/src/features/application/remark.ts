import type { Application } from './use-draft.ts'

export interface Remark {
  readonly error?: string
  readonly disabled?: boolean
}

/** What the reviewer asked to have mended, at its field; in a correction every other field is locked. */
export function useRemark(application: Application): (field: string) => Remark {
  return (field) => {
    const asked = application.correctionFields.find((correction) => correction.field === field)
    if (asked !== undefined) return { error: asked.remark }
    return application.state === 'correction' ? { disabled: true } : {}
  }
}
