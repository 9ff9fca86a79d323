// Builders for the later half of a voucher's life: many applications of one firm, use, claims.
import type { AnswerOf, BodyOf, Routes } from '@suanquan/api'
import type { Day } from '@suanquan/core/calendar'
import { draftOf, FINDINGS, upload, usedSacct } from './test-case.ts'
import { must, type TestCity } from './test-city.ts'

type Draft = BodyOf<Routes['saveDraft']>
type Claim = BodyOf<Routes['submitClaim']>
type Application = AnswerOf<Routes['readApplication']>

export interface ClaimToMake {
  readonly voucherId: string
  readonly from: Day
  readonly to: Day
  /** what the invoice and the payment say */
  readonly fen: bigint
  /** tells invoices and payments apart */
  readonly series: number
  readonly on: Day
}

/** One firm's acts in a city: its documents are uploaded once and serve all its applications. */
export interface TestFirm {
  readonly drafted: (number: string, contract?: Partial<Draft['contract']>) => Promise<string>
  readonly submitted: (number: string, contract?: Partial<Draft['contract']>) => Promise<Application>
  readonly approve: (id: string, amountFen: bigint) => Promise<Application>
  readonly announce: (ids: readonly string[]) => Promise<string>
  /** one run on eight cards under the account of the contract */
  readonly use: (number: string, day: Day, hours: number) => Promise<void>
  readonly claim: (claim: ClaimToMake) => Claim
}

export async function testFirm(city: TestCity): Promise<TestFirm> {
  const { adoptionId, firm, provider } = city
  const clerk = city.as('clerk')
  const reviewer = city.as('reviewer')
  const whole = await draftOf(clerk, city, firm)
  const attachmentId = await upload(clerk, 'invoice', firm.id)
  let jobId = 1
  const drafted: TestFirm['drafted'] = async (number, contract = {}) => {
    const { id } = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
    const own = { ...whole.contract, number, account: number.toLowerCase(), ...contract }
    must(await clerk.saveDraft({ params: { id }, body: { ...whole, contract: own } }))
    return id
  }
  const parties = { firm: firm.creditCode, provider: provider.creditCode }
  return {
    drafted,
    submitted: async (number, contract) => {
      const id = await drafted(number, contract)
      return must(await clerk.submitApplication({ params: { id } }))
    },
    approve: async (id, amountFen) => {
      const body = { amountFen: amountFen.toString(), findings: FINDINGS, reason: '符合条件' }
      return must(
        await reviewer.decideApplication({ params: { id }, body: { decision: 'approve', ...body } }),
      )
    },
    announce: async (ids) =>
      must(await reviewer.publishNotice({ body: { adoptionId, applicationIds: [...ids] } })).id,
    use: async (number, day, hours) => {
      const bytes = usedSacct({ account: number.toLowerCase(), day, hours, cards: 8, jobId: jobId++ })
      const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
      must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
    },
    claim: (claim) => claimBody(claim, parties, attachmentId),
  }
}

function claimBody(
  { voucherId, from, to, fen, series, on }: ClaimToMake,
  { firm, provider }: { readonly firm: string; readonly provider: string },
  attachmentId: string,
): Claim {
  return {
    voucherId,
    periodFrom: from,
    periodTo: to,
    invoices: [
      {
        number: (24990000000000000000n + BigInt(series)).toString(),
        sellerCreditCode: provider,
        buyerCreditCode: firm,
        amountFen: fen.toString(),
        excludedFen: '0',
        redLetterOf: null,
        issuedOn: on,
        attachmentId,
      },
    ],
    payments: [
      {
        reference: `P-${series}`,
        payerCreditCode: firm,
        payeeCreditCode: provider,
        amountFen: fen.toString(),
        paidOn: on,
        attachmentId,
      },
    ],
    deliveryCertificateId: attachmentId,
  }
}

/** 未查验: a reviewer decides to pay on the invoices of these claims, where any rests on one that nobody has verified. */
export async function payUnverified(city: TestCity, claimIds: readonly string[]): Promise<void> {
  for (const id of claimIds) {
    const body = { reason: '已核对票面和付款，暂未接通查验，同意按未查验发票拨付' }
    const decided = await city.as('reviewer').acceptUnverified({ params: { id }, body })
    if (!decided.ok && decided.problem.code !== 'claim.nothing_unverified') must(decided)
  }
}
