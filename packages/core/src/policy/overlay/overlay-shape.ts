// The shape of an overlay: which programme it stands on, what it is, which parts it sets and removes, on which source.
import { z } from 'zod'
import { casesShape, factsShape, programmeShape } from '../shape.ts'

const { title, version, sources, governs } = programmeShape.shape
const path = z.string().regex(/^[a-z_]+(\.[\w-]+)+$/, 'a dotted path')

export const overlayShape = z.strictObject({
  suanquan: z.literal('overlay/v1'),
  kind: z
    .enum(['guide', 'reform'])
    .describe('guide: a year’s terms within the measure; reform: a simulation that nobody can adopt'),
  of: z.string().describe('<programme id>@<version>'),
  base: z.string().min(1).describe('the file of the base, from the folder of this one'),
  version,
  title: title.optional(),
  sources: sources.describe('added to those of the base'),
  governs: governs.omit({ by: true }),
  set: z
    .record(path, z.unknown())
    .optional()
    .describe('dotted path → what stands there now; items of lists by their id, a new one is appended'),
  remove: z.array(path).optional(),
})

/** Cases of an overlay: those of its base stand too, but for the ones it drops by name. */
export const overlayCasesShape = z.strictObject({
  ...casesShape.partial().shape,
  suanquan: z.literal('cases/v1'),
  programme: z.string(),
  also: factsShape.optional().describe('facts that every case of the base is given besides'),
  drops: z.array(z.string().min(1)).optional().describe('names of cases of the base that no longer hold'),
})

export type OverlayShape = z.infer<typeof overlayShape>
