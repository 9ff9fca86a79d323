// A batch of payments as routes show it, and the settings of a fund that its files carry.
import { z } from 'zod'
import { dayText, idText, instantText, plainText } from '../wire.ts'

export const batchStates = ['prepared', 'approved', 'part_paid', 'paid', 'cancelled'] as const

const code = (most: number): z.ZodNullable<z.ZodString> =>
  z
    .string()
    .trim()
    .regex(new RegExp(`^[A-Za-z0-9.\\-]{1,${most}}$`))
    .nullable()

export const profile = z
  .object({
    payerName: plainText(140, 1).nullable(),
    payerAccount: z
      .string()
      .trim()
      .regex(/^[A-Z0-9 -]{8,40}$/)
      .nullable(),
    payerBankName: plainText(140, 1).nullable(),
    payerBankCode: z
      .string()
      .trim()
      .regex(/^\d{12}$/)
      .nullable(),
    budgetUnitCode: code(30),
    projectCode: code(40),
    quotaDocument: plainText(100, 1).nullable(),
    functionClass: code(12),
    economicClass: code(12),
    departmentClass: code(12),
    fundNature: plainText(60, 1).nullable(),
    paymentMode: plainText(60, 1).nullable(),
    letters: z.enum(['chinese', 'swift']),
    payerLatinName: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9/\-?:().,'+ ]{1,140}$/)
      .nullable(),
  })
  .meta({ id: 'TreasuryProfile' })

export const field = z.enum(Object.keys(profile.shape) as [keyof typeof profile.shape])

/** What each file of a batch cannot be made without. */
export const missingFields = z.object({ xlsx: z.array(field), pain001: z.array(field) })

export const batch = z
  .object({
    id: idText,
    number: z.string(),
    adoptionId: idText,
    state: z.enum(batchStates),
    preparedBy: z.string(),
    preparedAt: instantText,
    approvedBy: z.string().nullable(),
    approvedAt: instantText.nullable(),
    paidOn: dayText.nullable(),
    bankReference: z.string().nullable(),
    lines: z.number().int(),
    totalFen: z.string(),
    fileSha256: z.string(),
    /** of its content as canonical text; null for a batch older than that */
    recordSm3: z.string().nullable(),
    /** the version of the fund's treasury settings that it was prepared with; null: none was set */
    treasuryVersion: z.number().int().nullable(),
    /** what keeps a file from being made; nothing: it can be downloaded */
    missing: missingFields,
    paidFen: z.string(),
    returnedFen: z.string(),
    preparedByMe: z.boolean(),
  })
  .meta({ id: 'DisbursementBatch' })
