// Firms and other organisations as the registers know them; each fact keeps its source and date.
import { registers } from '@suanquan/core/party'
import { z } from 'zod'
import { route } from '../route.ts'
import {
  amountFenText,
  creditCodeText,
  dayText,
  done,
  idParams,
  idText,
  instantText,
  plainText,
} from '../wire.ts'

const words = z.object({ zh: z.string(), en: z.string() })

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
    /** 联行号 (CNAPS) of the bank */
    bankCode: z
      .string()
      .regex(/^\d{12}$/)
      .nullable()
      .optional(),
    roles: z.array(z.enum(['applicant', 'provider', 'body'])).min(1),
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

const registerFact = z.object({ field: z.string(), label: words, value: words.nullable() })

/** One version of what a register says. */
const registerVersion = z
  .object({
    id: idText,
    register: z.enum(registers),
    version: z.number().int(),
    source: z.string(),
    asOf: dayText,
    importedAt: instantText,
    /** of the register's versions the one that stands */
    standing: z.boolean(),
    /** older than the site allows: not decided on */
    stale: z.boolean(),
    facts: z.array(registerFact),
  })
  .meta({ id: 'RegisterVersion' })

export const partyRoutes = {
  readOrganisation: route('GET /api/organisations/:id', {
    summary: { zh: '企业档案', en: 'an organisation with all that registers say of it' },
    access: 'organisation.read',
    params: idParams,
    query: z.object({ knownOn: dayText.optional() }),
    answer: organisation.extend({
      registers: z.array(
        z.object({
          register: z.enum(registers),
          maxAgeDays: z.number().int().nullable(),
          versions: z.array(registerVersion),
        }),
      ),
      size: z.object({
        sizeClass: z.string(),
        table: z.string().nullable(),
        category: words.nullable(),
        reason: z.string().nullable(),
        inputs: z.array(
          z.object({ label: words, value: words.nullable(), source: z.string(), asOf: dayText }),
        ),
      }),
      people: z.array(z.object({ displayName: z.string(), role: z.string(), since: instantText })),
      contracts: z.array(
        z.object({
          id: idText,
          number: z.string(),
          otherParty: z.string(),
          amountFen: z.string(),
          startsOn: dayText,
          endsOn: dayText,
          applicationId: idText.nullable(),
          applicationNumber: z.string().nullable(),
        }),
      ),
    }),
  }),
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
