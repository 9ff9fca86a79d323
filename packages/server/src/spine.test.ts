// One voucher, end to end, through the public routes with real sessions.
import { payUnverified, applied, granted, must, testCity, upload, usedSacct } from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { replayDecisions, verifyLedger } from './index.ts'

const city = await testCity()
afterAll(() => city.stop())

describe('one voucher, end to end', () => {
  test('apply, review, notice, voucher, use, claim, disbursement; the books are proved and every decision replays', async () => {
    const { firm } = city
    const clerk = city.as('clerk')
    const submitted = await applied(city, 'clerk', firm)
    expect(submitted).toMatchObject({ state: 'submitted', eligible: 'unknown', ceilingFen: '100000000' })
    expect(
      submitted.determination!.conditions.filter(({ verdict }) => verdict === 'unknown').map(({ id }) => id),
    ).toEqual(['direction', 'finance'])
    const application = await granted(city, submitted, '100000000')
    expect(application.state).toBe('granted')
    const voucher = must(await clerk.readVoucher({ params: { id: application.voucherId! } }))
    expect(voucher).toMatchObject({
      state: 'usable',
      amountFen: '100000000',
      usableFen: '100000000',
      usableUntil: '2025-03-31',
    })
    expect(voucher.history.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
      'reserve issue',
      'settle issue',
    ])
    expect(voucher.history.map(({ changeFen }) => changeFen)).toEqual(['0', '100000000'])

    const file = {
      name: 'sacct.json',
      bytes: usedSacct({
        account: `e${firm.creditCode.toLowerCase()}`,
        day: '2024-05-21',
        hours: 100,
        cards: 8,
      }),
      mediaType: 'application/json',
    }
    const imported = must(
      await city.as('provider').importUsage({ query: { organisationId: city.provider.id }, file }),
    )
    expect(imported).toMatchObject({ records: 1, added: 1, unmatched: 0, ratedFen: '800000' })
    const again = must(
      await city.as('provider').importUsage({ query: { organisationId: city.provider.id }, file }),
    )
    expect(again).toMatchObject({ added: 0, unchanged: 1, ratedLines: 0 })

    city.setDay('2024-06-10')
    const body = await claimBody('800000', '700000')
    const matched = must(await clerk.matchClaim({ body }))
    expect(matched.matched.legs.map(({ leg, countedFen, least }) => [leg, countedFen, least])).toEqual([
      ['metered', '800000', false],
      ['contract', '500000000', false],
      ['invoice', '800000', false],
      ['payment', '700000', true],
    ])
    expect(matched.payableFen).toBe('140000')
    expect(matched.matched.shortfalls).toMatchObject([
      { code: 'payments_cover_less', differenceFen: '100000' },
    ])
    const claim = must(await clerk.submitClaim({ body }))
    expect(must(await clerk.readVoucher({ params: { id: voucher.id } }))).toMatchObject({
      heldFen: '140000',
      usableFen: '99860000',
    })
    const approved = must(
      await city.as('reviewer').decideClaim({
        params: { id: claim.id },
        body: { decision: 'approve', amountFen: '140000', reason: '四项相符' },
      }),
    )
    expect(approved.state).toBe('approved')

    const early = { adoptionId: city.adoptionId, claimIds: [claim.id] }
    expect(await city.as('finance').prepareDisbursement({ body: early })).toMatchObject({
      problem: { code: 'disbursement.invoice_unverified', params: { number: claim.number } },
    })
    await payUnverified(city, [claim.id])
    const batch = must(
      await city
        .as('finance')
        .prepareDisbursement({ body: { adoptionId: city.adoptionId, claimIds: [claim.id] } }),
    )
    const params = { id: batch.id }
    const own = await city
      .as('finance')
      .approveDisbursement({ params, body: { fileSha256: batch.fileSha256 } })
    expect(own).toMatchObject({ problem: { code: 'disbursement.own_batch' } })
    must(await city.as('finance2').approveDisbursement({ params, body: { fileSha256: batch.fileSha256 } }))
    must(
      await city
        .as('finance')
        .confirmDisbursement({ params, body: { bankReference: 'B-1', paidOn: '2024-06-10', returned: [] } }),
    )
    const pool = must(await city.as('finance').readPool({ params: { id: city.adoptionId } }))
    expect(pool).toMatchObject({
      appropriatedFen: '500000000',
      leftFen: '400000000',
      issuedFen: '100000000',
      paidFen: '140000',
      payableFen: '0',
    })

    city.setDay('2025-04-01')
    await city.tick()
    const swept = must(await clerk.readVoucher({ params: { id: voucher.id } }))
    expect(swept).toMatchObject({
      state: 'expired',
      usableFen: '0',
      redeemedFen: '140000',
      returnedFen: '99860000',
    })
    const [proof] = await verifyLedger(city.store.database)
    expect(proof!.findings).toEqual([])
    expect(await replayDecisions(city.store.database)).toMatchObject({ decisions: 4, differences: [] })

    async function claimBody(invoiceFen: string, paidFen: string) {
      const attachment = await upload(clerk, 'invoice', firm.id)
      return {
        voucherId: application.voucherId!,
        periodFrom: '2024-05-10',
        periodTo: '2024-05-31',
        invoices: [
          {
            number: '24990000000000000001',
            sellerCreditCode: city.provider.creditCode,
            buyerCreditCode: firm.creditCode,
            amountFen: invoiceFen,
            excludedFen: '0',
            redLetterOf: null,
            issuedOn: '2024-06-03',
            attachmentId: attachment,
          },
        ],
        payments: [
          {
            reference: 'P-1',
            payerCreditCode: firm.creditCode,
            payeeCreditCode: city.provider.creditCode,
            amountFen: paidFen,
            paidOn: '2024-06-05',
            attachmentId: attachment,
          },
        ],
        deliveryCertificateId: attachment,
      }
    }
  })

  test('a university is refused with the clause, since the measure admits enterprises only', async () => {
    city.setDay('2024-05-21')
    const submitted = await applied(city, 'clerk3', city.university, { number: 'HT-UNI-1' })
    expect(submitted.eligible).toBe('no')
    const params = { id: submitted.id }
    const findings = { 'applicant.fits_city_ai_plan': true, 'applicant.sound_finance': true }
    const approve = { decision: 'approve' as const, amountFen: '100', findings, reason: '试批' }
    const denied = await city.as('reviewer').decideApplication({ params, body: approve })
    expect(denied).toMatchObject({ problem: { code: 'application.not_eligible' } })
    const refused = must(
      await city
        .as('reviewer')
        .decideApplication({ params, body: { decision: 'refuse', findings, reason: '只支持企业' } }),
    )
    const failed = refused.determination!.conditions.filter(({ verdict }) => verdict === 'failed')
    expect(failed).toMatchObject([{ id: 'enterprise', clause: '1.1' }])
    expect(failed[0]!.fail!.zh).toContain('高等院校')
  })

  test('drafts say what is missing and are kept however incomplete', async () => {
    const clerk = city.as('clerk2')
    const opened = must(
      await clerk.openDraft({ body: { adoptionId: city.adoptionId, organisationId: city.otherFirm.id } }),
    )
    const saved = must(
      await clerk.saveDraft({
        params: { id: opened.id },
        body: { contract: { number: 'X' }, statements: {}, documents: [] },
      }),
    )
    expect(saved.missing.map(({ params }) => params['about'])).toContain('contract.amountFen')
    const early = await clerk.submitApplication({ params: { id: opened.id } })
    expect(early).toMatchObject({ problem: { code: 'application.incomplete' } })
  })
})
