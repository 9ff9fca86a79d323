// A service contract as its applicant writes it down, whole or in part.
import { z } from 'zod'
import { amountFenText, creditCodeText, dayText, idText, plainText, priceFenText } from '../wire.ts'

const chipText = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/)

/** The service contract as its parties signed it; it may name the published prices that it agreed. */
export const contractDraft = z
  .object({
    number: plainText(60).optional(),
    providerId: idText.optional(),
    /** whom the provider sold to, where the provider applies */
    buyerCode: creditCodeText.optional(),
    signedOn: dayText.optional(),
    startsOn: dayText.optional(),
    endsOn: dayText.optional(),
    amountFen: amountFenText.optional(),
    excludedFen: amountFenText.optional(),
    use: z
      .enum(['training', 'inference', 'finetune', 'research', 'storage', 'network', 'security', 'other'])
      .optional(),
    prices: z
      .array(
        z.object({
          chip: chipText,
          priceFenPerCardHour: priceFenText,
        }),
      )
      .max(10)
      .optional(),
    /** published prices of the provider's offers; the card-hour prices above are theirs, made comparable */
    agreed: z
      .array(z.object({ priceId: idText, devices: z.number().int().min(1).max(100_000).default(1) }))
      .max(10)
      .optional(),
    shard: z
      .object({ chip: chipText, shardsPerCard: z.number().int().min(1).max(1000) })
      .nullable()
      .optional(),
    qos: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)
      .optional(),
    cluster: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/)
      .optional(),
    account: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)
      .optional(),
  })
  .meta({ id: 'ContractDraft' })
