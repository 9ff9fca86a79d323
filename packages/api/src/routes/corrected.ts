// 补正: which fields of an application a correction may name, and what one changed.
import { z } from 'zod'
import { idText } from '../wire.ts'

/** A field before or after a correction, in words; a file also by its id. Empty when there was nothing. */
const value = z.array(z.object({ text: z.string(), attachmentId: idText.nullable() }))

export const corrected = {
  /** the fields that a correction may name */
  correctable: z.array(z.string()),
  /** what differs from the draft as it stood when a correction was asked for */
  changes: z.array(z.object({ field: z.string(), before: value, after: value })),
}
