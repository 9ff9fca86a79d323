// The installation as its administrators run it: the site's particulars, whether the three administrators are kept
// apart, what the platform does by itself, and how it is.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, done, instantText, plainText } from '../wire.ts'

const bilingual = (maximum: number, minimum = 0): z.ZodObject<{ zh: z.ZodString; en: z.ZodString }> =>
  z.object({ zh: plainText(maximum, minimum), en: plainText(maximum, minimum) })

/** As it is shown: what the server was started with may be shorter or longer than what is typed here. */
export const shownParticulars = z
  .object({
    name: z.object({ zh: z.string(), en: z.string() }),
    authority: z.object({ zh: z.string(), en: z.string() }),
    contact: z.string(),
    /** where somebody answers who is not the office that decides */
    supervision: z.string(),
    /** when the window at `address` is open */
    hours: z.string(),
    /** divisions by code, as the site's pages name them */
    districts: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
    address: z.string(),
    domain: z.string(),
    languages: z.enum(['both', 'zh']),
    siteCode: z.string(),
    icpNumber: z.string(),
    publicSecurityNumber: z.string(),
  })
  .meta({ id: 'Particulars' })

/** What a site says of itself at the foot of every page (国办发〔2017〕47号) and in its documents. */
const particulars = z
  .object({
    name: bilingual(60, 2),
    authority: bilingual(80),
    contact: plainText(120, 2),
    supervision: plainText(120).default(''),
    hours: plainText(120).default(''),
    districts: z
      .array(z.object({ code: z.string().regex(/^\d{6}$/), zh: plainText(40, 1), en: plainText(60, 1) }))
      .max(60)
      .default([]),
    address: plainText(120),
    domain: plainText(120).regex(/^([a-z0-9-]+(\.[a-z0-9-]+)+)?$/i),
    languages: z.enum(['both', 'zh']),
    siteCode: plainText(40),
    icpNumber: plainText(60),
    publicSecurityNumber: plainText(60),
  })
  .meta({ id: 'ParticularsToWrite' })

export const siteRoutes = {
  changeParticulars: route('POST /api/site/particulars', {
    summary: { zh: '修改站点信息', en: 'change the particulars of the site' },
    access: 'site.change',
    body: particulars,
    answer: done,
  }),
  readSystem: route('GET /api/system', {
    summary: { zh: '系统状况', en: 'how the installation is' },
    access: 'system.read',
    answer: z.object({
      particulars: shownParticulars,
      missing: z.array(z.string()),
      administratorsApart: z.boolean(),
      version: z.string(),
      runtime: z.string(),
      database: z.object({ version: z.string(), bytes: z.number(), connections: z.number().int() }),
      disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
      migrations: z.array(z.object({ name: z.string(), at: instantText })),
      queue: z.array(z.object({ id: z.string(), count: z.number().int() })),
      jobs: z.array(
        z
          .object({
            name: z.string(),
            runs: z.number().int(),
            lastAt: instantText.nullable(),
            lastCount: z.number().int(),
            lastWorkAt: instantText.nullable(),
            lastWorkCount: z.number().int(),
            failures: z.number().int(),
            lastFailedAt: instantText.nullable(),
            lastError: z.string().nullable(),
            /** the last run failed */
            failing: z.boolean(),
            next: z.object({ count: z.number().int(), on: dayText.nullable() }),
          })
          .meta({ id: 'Job' }),
      ),
    }),
  }),
  separateAdministrators: route('POST /api/site/administrators', {
    summary: { zh: '启用三员分立', en: 'keep the three administrators apart' },
    access: 'administrators.separate',
    answer: done,
    refusals: ['site.administrators_missing', 'site.administrators_apart'],
  }),
} as const
