// Builders for support after use: the adoption of the second programme, and applications that bring their proofs.
import type { AnswerOf, BodyOf, Routes } from '@suanquan/api'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { draftOf, upload, usedSacct } from './test-case.ts'
import { must, type TestCity } from './test-city.ts'

type Draft = BodyOf<Routes['saveDraft']>
type Application = AnswerOf<Routes['readApplication']>

export interface AfterUseCase {
  readonly number: string
  readonly startsOn?: string
  readonly endsOn?: string
  readonly settledFen: bigint
  /** what the platform meters; what was settled when left out */
  readonly usedFen?: bigint
  /** tells invoices, payments and runs apart */
  readonly series: number
}

export interface AfterUse {
  readonly adoptionId: string
  /** use first, at ten yuan a card-hour on eight cards; then the draft with its papers */
  readonly drafted: (each: AfterUseCase) => Promise<string>
  readonly submitted: (each: AfterUseCase) => Promise<Application>
  /** all but the use: what a draft of this case says */
  readonly draft: (each: AfterUseCase) => Draft
}

const programmes = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'programmes')

/** Nanning's measure in the test city with Nanning's own dates (applications in January 2026), and money in its pool. */
export async function testAfterUse(
  city: TestCity,
  options: { readonly poolFen: bigint; readonly capYuan?: string },
): Promise<AfterUse> {
  const adoptionId = await adopt(city, options)
  const { firm, provider } = city
  const clerk = city.as('clerk')
  const whole = await wholeDraft(city)
  const draft = (each: AfterUseCase): Draft => {
    const { number, startsOn = '2025-01-01', endsOn = '2026-12-31' } = each
    const term = { number, account: number.toLowerCase(), signedOn: '2024-12-20', startsOn, endsOn }
    const attachmentId = whole.documents[0]!.attachmentId
    const parties = { seller: provider.creditCode, buyer: firm.creditCode }
    return {
      ...whole,
      contract: { ...whole.contract, ...term, excludedFen: '0' },
      proofs: proofsOf(each, parties, attachmentId),
    }
  }
  const drafted: AfterUse['drafted'] = async (each) => {
    const { number, settledFen, usedFen = settledFen, series } = each
    const run = { account: number.toLowerCase(), day: '2025-03-02', cards: 8, jobId: series }
    const bytes = usedSacct({ ...run, hours: Number(usedFen / 8000n) })
    const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
    must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
    const { id } = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
    must(await clerk.saveDraft({ params: { id }, body: draft(each) }))
    return id
  }
  return {
    adoptionId,
    draft,
    drafted,
    submitted: async (each) => {
      const id = await drafted(each)
      return must(await clerk.submitApplication({ params: { id } }))
    },
  }
}

async function adopt(
  city: TestCity,
  { poolFen, capYuan }: { readonly poolFen: bigint; readonly capYuan?: string },
): Promise<string> {
  const read = (path: string): Promise<string> => readFile(join(programmes, path), 'utf8')
  const cap =
    capYuan === undefined ? '' : `\n  cap: {value: ${capYuan}元, source: 测试市决定, signed_by: 测试市局长}`
  const adoptionText = (await read('demo-city/2024-reward-adoption.yaml'))
    .replace(/^governs:.*\n/m, '')
    // one tier, as its own tests decide
    .replace(/^procedure:\n(?: {2}.*\n)*/m, '')
    .replace(/^ {2}(base_period|window): .*\n/gm, '')
    .replace(/^parameters:$/m, `parameters:${cap}`)
  const body = { programmeText: await read('nanning/2025-compute-reward/programme.yaml'), adoptionText }
  const { id } = must(await city.as('policy_author').createAdoption({ body }))
  const money = { adoptionId: id, documentNumber: '示财预〔2026〕1号', amountFen: poolFen.toString() }
  const { id: appropriation } = must(await city.as('finance').proposeAppropriation({ body: money }))
  must(await city.as('finance2').approveAppropriation({ params: { id: appropriation } }))
  return id
}

async function wholeDraft(city: TestCity): Promise<Draft> {
  const clerk = city.as('clerk')
  const draft = await draftOf(clerk, city, city.firm)
  const documents = [...draft.documents]
  for (const kind of ['licence', 'usage_record', 'settlement_list'] as const)
    documents.push({ kind, attachmentId: await upload(clerk, kind, city.firm.id) })
  const declared = {
    'applicant.criminal_record_3y': false,
    'applicant.major_penalty_3y': false,
    'applicant.on_dishonesty_list': false,
    'applicant.operates_in': '990101',
    'provider.at_designated_centre': true,
  }
  return { ...draft, statements: { ...draft.statements, declared }, documents }
}

function proofsOf(
  { settledFen, series }: AfterUseCase,
  { seller, buyer }: { readonly seller: string; readonly buyer: string },
  attachmentId: string,
): NonNullable<Draft['proofs']> {
  const amountFen = settledFen.toString()
  return {
    invoices: [
      {
        number: (24990000000000000000n + BigInt(series)).toString(),
        sellerCreditCode: seller,
        buyerCreditCode: buyer,
        amountFen,
        excludedFen: '0',
        redLetterOf: null,
        issuedOn: '2025-12-20',
        attachmentId,
      },
    ],
    payments: [
      {
        reference: `P-${series}`,
        payerCreditCode: buyer,
        payeeCreditCode: seller,
        amountFen,
        paidOn: '2025-12-28',
        attachmentId,
      },
    ],
    deliveryCertificateId: attachmentId,
  }
}
