import type { Application } from './use-draft.ts'

/** What the reviewer asked to have mended, at its field. */
export function useRemark(application: Application): (field: string) => { error?: string } {
  return (field) => {
    const asked = application.correctionFields.find((correction) => correction.field === field)
    return asked === undefined ? {} : { error: asked.remark }
  }
}
