// Builders for support of sellers: the adoption of Qingdao's measure, and applications in which the provider brings the
// proofs of what it sold.
import type { AnswerOf, BodyOf, Routes } from '@suanquan/api'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AfterUseCase } from './test-after-use.ts'
import { draftOf, upload, usedSacct } from './test-case.ts'
import { must, type TestCity } from './test-city.ts'

type Draft = BodyOf<Routes['saveDraft']>
type Application = AnswerOf<Routes['readApplication']>

/** A sale: a contract with its use, its invoice and its payment. */
export interface Sale extends Pick<AfterUseCase, 'number' | 'settledFen' | 'usedFen' | 'series'> {
  /** to whom; the city's first firm when left out */
  readonly buyerCode?: string
  readonly related?: boolean
}

export interface Seller {
  readonly adoptionId: string
  readonly drafted: (sale: Sale) => Promise<string>
  readonly submitted: (sale: Sale) => Promise<Application>
  readonly draft: (sale: Sale) => Draft
}

const programmes = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'programmes')

/** Applications are taken in January 2026, for contracts from March to December 2025. */
export async function testSeller(city: TestCity, poolFen: bigint): Promise<Seller> {
  const adoptionId = await adopt(city, poolFen)
  const { firm, provider } = city
  const seller = city.as('provider')
  const base = await draftOf(seller, city, provider)
  const attachmentId = base.documents[0]!.attachmentId
  const documents = [...base.documents]
  for (const kind of ['licence', 'settlement_list'] as const)
    documents.push({ kind, attachmentId: await upload(seller, kind, provider.id) })
  const draft = ({
    number,
    settledFen,
    series,
    buyerCode = firm.creditCode,
    related = false,
  }: Sale): Draft => {
    const { providerId: _self, ...contract } = base.contract
    const amountFen = settledFen.toString()
    const parties = {
      sellerCreditCode: provider.creditCode,
      buyerCreditCode: buyerCode,
      amountFen,
      attachmentId,
    }
    const invoice = { redLetterOf: null, issuedOn: '2025-12-20', excludedFen: '0', ...parties }
    const paid = { payerCreditCode: buyerCode, payeeCreditCode: provider.creditCode, amountFen, attachmentId }
    return {
      ...base,
      contract: {
        ...contract,
        number,
        buyerCode,
        account: number.toLowerCase(),
        signedOn: '2025-02-20',
        startsOn: '2025-03-01',
        endsOn: '2025-12-31',
        excludedFen: '0',
      },
      statements: {
        ...base.statements,
        relatedParties: related,
        declared: { 'provider.at_designated_centre': true },
      },
      documents,
      proofs: {
        invoices: [{ number: (25990000000000000000n + BigInt(series)).toString(), ...invoice }],
        payments: [{ reference: `S-${series}`, paidOn: '2025-12-28', ...paid }],
        deliveryCertificateId: null,
      },
    }
  }
  const drafted: Seller['drafted'] = async (sale) => {
    await metered(city, sale)
    const { id } = must(await seller.openDraft({ body: { adoptionId, organisationId: provider.id } }))
    must(await seller.saveDraft({ params: { id }, body: draft(sale) }))
    return id
  }
  return {
    adoptionId,
    draft,
    drafted,
    submitted: async (sale) => {
      const id = await drafted(sale)
      return must(await seller.submitApplication({ params: { id } }))
    },
  }
}

/** What was sold as the provider's scheduler accounts for it, at ten yuan a card-hour on eight cards. */
async function metered(
  city: TestCity,
  { number, settledFen, usedFen = settledFen, series }: Sale,
): Promise<void> {
  const run = { account: number.toLowerCase(), day: '2025-03-02', cards: 8, jobId: 50_000 + series }
  const bytes = usedSacct({ ...run, hours: Number(usedFen / 8000n) })
  const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
  const query = { organisationId: city.provider.id }
  must(await city.as('provider').importUsage({ query, file }))
}

async function adopt(city: TestCity, poolFen: bigint): Promise<string> {
  const read = (path: string): Promise<string> => readFile(join(programmes, path), 'utf8')
  const adoptionText = (await read('demo-city/2024-centre-adoption.yaml'))
    .replace(/^governs:.*\n/m, '')
    .replace('2024-09-02/2024-10-31', '2026-01-04/2026-01-23')
  const body = { programmeText: await read('qingdao/2023-centre-reward/programme.yaml'), adoptionText }
  const { id } = must(await city.as('policy_author').createAdoption({ body }))
  const money = { adoptionId: id, documentNumber: '示财预〔2026〕2号', amountFen: poolFen.toString() }
  const { id: appropriation } = must(await city.as('finance').proposeAppropriation({ body: money }))
  must(await city.as('finance2').approveAppropriation({ params: { id: appropriation } }))
  return id
}
