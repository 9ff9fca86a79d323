// The JSON Schemas (draft 2020-12) from which editors complete and underline, by kind of file.
import { z } from 'zod'
import { adoptionShape } from './adoption-shape.ts'
import { overlayCasesShape, overlayShape } from './overlay/overlay-shape.ts'
import { casesShape, programmeShape } from './shape.ts'

export const editorSchemas = {
  programme: () => jsonSchema('policy', programmeShape),
  cases: () => jsonSchema('cases', casesShape),
  adoption: () => jsonSchema('adoption', adoptionShape),
  overlay: () => jsonSchema('overlay', overlayShape),
  'overlay-cases': () => jsonSchema('overlay-cases', overlayCasesShape),
} as const

export type EditorSchema = keyof typeof editorSchemas

function jsonSchema(name: string, shape: z.ZodType): Record<string, unknown> {
  return { $id: `urn:suanquan:schema:${name}-v1`, title: `Suanquan ${name}/v1`, ...z.toJSONSchema(shape) }
}
