// 算力目录: what compute firms can rent here, from what is really registered, contracted and metered with this site.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idText } from '../wire.ts'
import { publishedOffer } from './offer.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

const offer = z
  .object({
    providerId: idText,
    providerName: z.string(),
    region: z.string(),
    /** as contracts and schedulers write it */
    chip: z.string(),
    /** null where no row of the accelerator table has the name */
    accelerator: z
      .object({
        model: z.string(),
        vendor: z.string(),
        /** dense FP16 or BF16 of one card, in TFLOPS: the only figure that adds up; null while nothing trustworthy says so */
        denseTflops: z.number().nullable(),
        sparseTflops: z.number().nullable(),
        memoryGib: z.number().nullable(),
        source: z.string(),
        checkedOn: dayText,
      })
      .nullable(),
    /** it stands in a contract that was supported, and in imported usage */
    contracted: z.boolean(),
    metered: z.boolean(),
    /** null where fewer than three contracts of three firms stand behind it */
    price: z
      .object({
        lowestFen: z.string(),
        highestFen: z.string(),
        contracts: z.number().int(),
        until: dayText,
      })
      .nullable(),
    programmes: z.array(
      z.object({
        id: idText,
        title: bilingual,
        /** `open`: a condition about the provider needs a fact that is not registered */
        accepts: z.enum(['yes', 'no', 'open']),
        why: bilingual.nullable(),
      }),
    ),
  })
  .meta({ id: 'CatalogueOffer' })

export const marketRoutes = {
  listCatalogue: route('GET /api/catalogue', {
    summary: { zh: '算力目录', en: 'catalogue of compute' },
    access: 'public',
    answer: z.object({
      items: z.array(offer),
      offers: z.array(publishedOffer),
      providersWithoutDevices: z.array(z.string()),
    }),
  }),
} as const
