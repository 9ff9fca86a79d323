// What anybody may read of the measures that this site knows, wherever in the country they were published.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idText } from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const hashText = z.string().regex(/^[0-9a-f]{64}$/)

const number = z
  .object({
    label: bilingual,
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

/** An award as cases and bands: worked out from the rule itself, before rounding and with nothing used of any cap. */
const ladder = z
  .object({
    id: z.string(),
    title: bilingual,
    /** the amount that the bands are of */
    of: bilingual,
    base: bilingual,
    rows: z.array(
      z.object({
        /** none: always */
        when: z.array(bilingual),
        rate: bilingual.nullable(),
        /** null: a number is open, or more than one amount decides */
        bands: z.array(z.object({ range: bilingual, gives: bilingual })).nullable(),
      }),
    ),
    /** caps that the bands leave out */
    besides: z.array(bilingual),
  })
  .meta({ id: 'MeasureLadder' })

const difference = z
  .object({
    path: z.string(),
    part: z.enum(['numbers', 'conditions', 'amounts', 'procedure', 'questions', 'sources']),
    text: bilingual,
    /** null: the other has no such thing */
    before: bilingual.nullable(),
    after: bilingual.nullable(),
    /** an expression of the rule language, not a sentence */
    code: z.boolean(),
  })
  .meta({ id: 'MeasureDifference' })

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
          basis: z.string(),
          clause: z.string().nullable(),
          source: z.string().nullable(),
          grade: z.string().nullable(),
        }),
      ),
      conditions: z.array(z.object({ id: z.string(), ...ruled, decidedBy: z.string() })),
      limits: z.array(z.object({ id: z.string(), ...ruled })),
      ladders: z.array(ladder),
      cases: z.array(z.object({ name: z.string(), result: z.string() })),
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
  compareMeasures: route('GET /api/measures/:hash/comparison', {
    summary: { zh: '两个版本或两项政策的差异', en: 'what two versions or two measures say differently' },
    access: 'public',
    params: z.object({ hash: hashText }),
    query: z.object({ before: hashText }),
    answer: z.object({ before: measureRow, after: measureRow, items: z.array(difference) }),
  }),
} as const
