// A changed rule over everybody whom a programme has determined so far: who gains, who loses, and what it costs.
import { z } from 'zod'
import { impactChanges } from '../impact-changes.ts'
import { route } from '../route.ts'
import { dayText, idParams, idText, pageOf, pageQuery } from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const hashText = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int()

const sums = {
  rows: count,
  gain: count,
  lose: count,
  unknown: count,
  /** of the applications that both versions determine */
  beforeFen: z.string(),
  afterFen: z.string(),
}

const group = z.object({ key: z.string(), ...sums }).meta({ id: 'ImpactGroup' })

const firm = z
  .object({
    applicationId: idText,
    number: z.string(),
    name: z.string(),
    district: z.string(),
    sizeClass: z.string(),
    decidedOn: dayText,
    change: z.enum(impactChanges),
    /** null where the version cannot determine the application */
    beforeFen: z.string().nullable(),
    afterFen: z.string().nullable(),
    /** what no longer or not any more stands in the way, and what limits the amount under the changed rule */
    reasons: z.array(
      z.object({ kind: z.enum(['fails', 'no_longer_fails', 'limited_by', 'rate']), text: bilingual }),
    ),
  })
  .meta({ id: 'ImpactFirm' })

export const impactRoutes = {
  listImpactVersions: route('GET /api/adoptions/:id/impact-versions', {
    summary: {
      zh: '可与在行措施比较的版本',
      en: 'versions that read the same facts as a programme in force',
    },
    access: 'programme.impact',
    params: idParams,
    answer: z.object({
      items: z.array(
        z.object({ hash: hashText, title: bilingual, version: z.string(), inForce: z.boolean() }),
      ),
    }),
  }),
  readImpact: route('GET /api/adoptions/:id/impact', {
    summary: {
      zh: '改动一项规则后谁多得、谁少得',
      en: 'who gains and who loses by a changed rule',
    },
    access: 'programme.impact',
    params: idParams,
    query: pageQuery.extend({
      programme: hashText,
      from: dayText.optional(),
      to: dayText.optional(),
      change: z.enum(impactChanges).optional(),
    }),
    answer: pageOf(firm).extend({
      counts: z.record(z.enum(impactChanges), count),
      sums: z.object(sums),
      /** decision records that the facts table of the version cannot read */
      broken: count,
      /** approved appropriations of the programme */
      poolFen: z.string(),
      districts: z.array(group),
      sizes: z.array(group),
      months: z.array(group),
    }),
    refusals: [
      'impact.unlike_facts',
      'policy.facts_not_valid',
      'policy.award_not_named',
      'policy.not_a_date',
      'policy.no_redemption',
    ],
  }),
}
