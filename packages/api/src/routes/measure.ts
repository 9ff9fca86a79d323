// What anybody may read of the measures that this site knows, wherever in the country they were published.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idText } from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const hashText = z.string().regex(/^[0-9a-f]{64}$/)

const number = z
  .object({
    bound: z.enum(['exact', 'at_most', 'at_least']),
    /** as people read it; null: no text that was seen says it */
    written: bilingual.nullable(),
  })
  .meta({ id: 'MeasureNumber' })

const measureRow = z
  .object({
    hash: hashText,
    id: z.string(),
    version: z.string(),
    title: bilingual,
    place: bilingual,
    jurisdiction: z.string(),
    kind: z.string(),
    from: dayText,
    to: dayText.nullable(),
    state: z.enum(['adopted', 'current', 'later', 'ended', 'proposed', 'skeleton']),
    rates: z.array(number),
    caps: z.array(number),
    pools: z.array(number),
    grades: z.array(z.string()),
    adoptionId: idText.nullable(),
  })
  .meta({ id: 'MeasureRow' })

const ruled = { text: bilingual, clause: z.string().nullable(), basis: z.string() }

export const measureRoutes = {
  listMeasures: route('GET /api/measures', {
    summary: { zh: '各地政策库', en: 'measures of all places' },
    access: 'public',
    answer: z.object({ items: z.array(measureRow) }),
  }),
  readMeasure: route('GET /api/measures/:hash', {
    summary: { zh: '一项政策的规则、数字与条款', en: 'one measure: rules, numbers, clauses' },
    access: 'public',
    params: z.object({ hash: hashText }),
    answer: measureRow.extend({
      numbers: z.array(
        number.extend({
          name: z.string(),
          label: bilingual,
          basis: z.string(),
          clause: z.string().nullable(),
          source: z.string().nullable(),
          grade: z.string().nullable(),
        }),
      ),
      conditions: z.array(z.object({ id: z.string(), ...ruled, decidedBy: z.string() })),
      limits: z.array(z.object({ id: z.string(), ...ruled })),
      stages: z.array(z.object({ id: z.string(), text: bilingual })),
      documents: z.array(z.object({ id: z.string(), text: bilingual })),
      questions: z.array(z.object({ id: z.string(), ask: bilingual })),
      clauses: z.array(
        z.object({
          cite: z.string(),
          source: z.string(),
          clause: z.string(),
          grade: z.string(),
          text: bilingual,
        }),
      ),
      /** of the same place and kind, the latest first, this one included */
      versions: z.array(z.object({ hash: hashText, title: bilingual, version: z.string(), from: dayText })),
    }),
  }),
} as const
