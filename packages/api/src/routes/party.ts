// Firms and other organisations as the registers know them; each fact keeps its source and date.
import { z } from 'zod'
import { route } from '../route.ts'
import { amountFenText, creditCodeText, dayText, done, idParams, idText, plainText } from '../wire.ts'

const registerEntry = z
  .object({
    creditCode: creditCodeText,
    name: plainText(200, 1),
    kind: z.enum(['enterprise', 'university', 'research_institute', 'maker_team']),
    independentLegalPerson: z.boolean(),
    region: z.string().regex(/^\d{6}$/),
    status: z.enum(['active', 'suspended', 'revoked', 'deregistered']),
    industry: z.string().regex(/^[A-T]\d{0,4}$/),
    employees: z.number().int().min(0).max(10_000_000).nullable(),
    revenueFen: amountFenText.nullable(),
    assetsFen: amountFenText.nullable(),
    establishedOn: dayText,
    dishonestWithinThreeYears: z.boolean().nullable(),
    bankName: plainText(100),
    bankAccount: z
      .string()
      .regex(/^\d{8,30}$/)
      .nullable(),
    roles: z.array(z.enum(['applicant', 'provider'])).min(1),
  })
  .meta({ id: 'RegisterEntry' })

export const organisation = z
  .object({
    id: idText,
    creditCode: z.string(),
    creditCodeDoubt: z.enum(['none', 'check_digit', 'confirmed']),
    name: z.string(),
    kind: z.string(),
    independentLegalPerson: z.boolean(),
    region: z.string(),
    district: z.string(),
    status: z.string(),
    industry: z.string(),
    employees: z.number().nullable(),
    revenueFen: z.string().nullable(),
    sizeClass: z.string(),
    establishedOn: dayText,
    dishonestWithinThreeYears: z.boolean().nullable(),
    bankName: z.string(),
    bankAccountMasked: z.string().nullable(),
    roles: z.array(z.string()),
    source: z.string(),
    asOf: dayText,
  })
  .meta({ id: 'Organisation' })

export const partyRoutes = {
  importOrganisations: route('POST /api/organisations/import', {
    summary: { zh: '导入登记信息', en: 'import register entries' },
    access: 'organisation.import',
    body: z.object({
      source: plainText(100, 1),
      asOf: dayText,
      entries: z.array(registerEntry).min(1).max(2000),
    }),
    answer: z.object({
      created: z.number().int(),
      updated: z.number().int(),
      unchanged: z.number().int(),
      warnings: z.array(z.object({ creditCode: z.string(), code: z.string() })),
    }),
    refusals: [
      'party.credit_code_length',
      'party.credit_code_lower_case',
      'party.credit_code_full_width',
      'party.credit_code_look_alike',
      'party.credit_code_symbol',
      'party.credit_code_region',
    ],
  }),
  listMyOrganisations: route('GET /api/organisations', {
    summary: { zh: '我可以查看的单位', en: 'organisations that I may see' },
    access: 'organisation.read',
    query: z.object({ q: plainText(100).optional(), role: z.enum(['applicant', 'provider']).optional() }),
    answer: z.object({ items: z.array(organisation) }),
  }),
  listProviders: route('GET /api/providers', {
    summary: { zh: '算力供给方名录', en: 'providers of compute' },
    access: 'public',
    answer: z.object({
      items: z.array(z.object({ id: idText, name: z.string(), creditCode: z.string(), region: z.string() })),
    }),
  }),
  confirmCreditCode: route('POST /api/organisations/:id/credit-code-confirmation', {
    summary: { zh: '核实校验位不符的信用代码', en: 'confirm a credit code whose check digit differs' },
    access: 'organisation.confirm_credit_code',
    params: idParams,
    body: z.object({ evidence: plainText(500, 4) }),
    answer: done,
    refusals: ['party.credit_code_not_in_doubt', 'application.conflict_of_interest'],
  }),
} as const
