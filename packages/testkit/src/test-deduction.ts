// Builders for deduction at billing: the adoption of the third programme, and a voucher with use of its contract.
import type { AnswerOf, BodyOf, Routes } from '@suanquan/api'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { draftOf, upload, usedSacct } from './test-case.ts'
import { must, type TestCity } from './test-city.ts'

type Voucher = AnswerOf<Routes['readVoucher']>
type Proofs = BodyOf<Routes['claimDeduction']>

export interface Deduction {
  readonly adoptionId: string
  /** applied, approved to the ceiling, announced, issued; leaves the clock on 2024-05-20 */
  readonly voucher: (number: string, amountFen: bigint) => Promise<Voucher>
  /** one run on eight cards at ten yuan a card-hour */
  readonly use: (number: string, day: string, hours: number) => Promise<void>
  /** the bill of a month as the provider proves it: the invoice, and what the firm paid */
  readonly proofs: (bill: { invoicedFen: bigint; paidFen: bigint; series: number; on: string }) => Proofs
}

const programmes = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'programmes')

/**
 * Chengdu's measure as the demo city adopted it, and money in its pool.
 * @param otherwise the measure as another city would write it
 */
export async function testDeduction(
  city: TestCity,
  poolFen: bigint,
  otherwise: (programme: string) => string = (programme) => programme,
): Promise<Deduction> {
  const { firm, provider } = city
  const [clerk, reviewer] = [city.as('clerk'), city.as('reviewer')]
  const read = (path: string): Promise<string> => readFile(join(programmes, path), 'utf8')
  const body = {
    programmeText: otherwise(await read('chengdu/2025-compute-voucher/programme.yaml')),
    adoptionText: await read('demo-city/2024-deduction-adoption.yaml'),
  }
  const { id: adoptionId } = must(await city.as('policy_author').createAdoption({ body }))
  const money = { adoptionId, documentNumber: '示财预〔2024〕9号', amountFen: poolFen.toString() }
  const proposed = must(await city.as('finance').proposeAppropriation({ body: money }))
  must(await city.as('finance2').approveAppropriation({ params: { id: proposed.id } }))
  const whole = await draftOf(clerk, city, firm)
  const licence = { kind: 'licence' as const, attachmentId: await upload(clerk, 'licence', firm.id) }
  const paper = await upload(city.as('provider'), 'invoice', provider.id)
  let jobId = 5000
  return {
    adoptionId,
    voucher: async (number, amountFen) => {
      const { id } = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
      const own = { number, account: number.toLowerCase(), amountFen: amountFen.toString(), excludedFen: '0' }
      const contract = { ...whole.contract, ...own }
      const documents = [...whole.documents, licence]
      must(await clerk.saveDraft({ params: { id }, body: { ...whole, contract, documents } }))
      const { ceilingFen } = must(await clerk.submitApplication({ params: { id } }))
      const approve = {
        decision: 'approve' as const,
        amountFen: ceilingFen!,
        findings: {},
        reason: '符合条件',
      }
      must(await reviewer.decideApplication({ params: { id }, body: approve }))
      must(await reviewer.publishNotice({ body: { adoptionId, applicationIds: [id] } }))
      city.setDay('2024-05-20')
      await city.tick()
      const { voucherId } = must(await clerk.readApplication({ params: { id } }))
      return must(await clerk.readVoucher({ params: { id: voucherId! } }))
    },
    use: async (number, day, hours) => {
      const bytes = usedSacct({ account: number.toLowerCase(), day, hours, cards: 8, jobId: jobId++ })
      const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
      must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
    },
    proofs: proofsOf(city, paper),
  }
}

function proofsOf({ firm, provider }: TestCity, paper: string): Deduction['proofs'] {
  return ({ invoicedFen, paidFen, series, on }) => ({
    invoices: [
      {
        number: (24980000000000000000n + BigInt(series)).toString(),
        sellerCreditCode: provider.creditCode,
        buyerCreditCode: firm.creditCode,
        amountFen: invoicedFen.toString(),
        excludedFen: '0',
        redLetterOf: null,
        issuedOn: on,
        attachmentId: paper,
      },
    ],
    payments: [
      {
        reference: `D-${series}`,
        payerCreditCode: firm.creditCode,
        payeeCreditCode: provider.creditCode,
        amountFen: paidFen.toString(),
        paidOn: on,
        attachmentId: paper,
      },
    ],
    deliveryCertificateId: paper,
  })
}
