// A clawback that is being heard and one that is owed, of vouchers of their own, made through the routes.
import {
  payUnverified,
  applied,
  enrolled,
  granted,
  must,
  signIn,
  testFirm,
  usedSacct,
  type TestCity,
} from '@suanquan/testkit'

export interface Clawbacks {
  readonly hearing: string
  readonly owed: string
}

export async function clawbacks(city: TestCity): Promise<Clawbacks> {
  const [clerk, reviewer, finance] = [city.as('clerk'), city.as('reviewer'), city.as('finance')]
  const papers = await testFirm(city)
  const grant = async (number: string): ReturnType<typeof granted> => {
    city.setDay('2024-05-08')
    const contract = { number, account: number.toLowerCase() }
    return granted(city, await applied(city, 'clerk', city.firm, contract), '5000000')
  }
  const heard = await grant('HT-2024-K1')
  const taken = await grant('HT-2024-K2')
  const bytes = usedSacct({ account: 'ht-2024-k2', day: '2024-05-21', hours: 10, cards: 8, jobId: 9001 })
  const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
  must(await city.as('provider').importUsage({ query: { organisationId: city.provider.id }, file }))
  city.setDay('2024-06-10')
  const period = { voucherId: taken.voucherId!, from: '2024-05-10', to: '2024-05-31', on: '2024-06-03' }
  const filed = must(
    await clerk.submitClaim({ body: papers.claim({ ...period, fen: 80_000n, series: 901 }) }),
  )
  const approve = { decision: 'approve' as const, amountFen: filed.payableFen, reason: '四项相符' }
  const claim = must(await reviewer.decideClaim({ params: { id: filed.id }, body: approve }))
  await payUnverified(city, [claim.id])
  const body = { adoptionId: city.adoptionId, claimIds: [claim.id] }
  const batch = must(await finance.prepareDisbursement({ body }))
  const { fileSha256 } = batch
  must(await city.as('finance2').approveDisbursement({ params: { id: batch.id }, body: { fileSha256 } }))
  const answer = { bankReference: '回单 0610', paidOn: '2024-06-10', returned: [] }
  must(await finance.confirmDisbursement({ params: { id: batch.id }, body: answer }))
  const shared = {
    basis: 'misuse' as const,
    finding: '核查发现合同项下的算力转租给第三方，与申报的用途不符',
    clause: '《财政违法行为处罚处分条例》第十四条',
    evidence: ['转租合同（2024-04-02）', '计量记录的作业账户属于第三方'],
    revokes: true,
    answerBy: '2024-12-31',
  }
  const first = must(
    await reviewer.proposeClawback({ body: { ...shared, applicationId: heard.id, lines: [] } }),
  )
  const lines = [{ claimId: claim.id, amountFen: claim.approvedFen! }]
  const { id } = must(await reviewer.proposeClawback({ body: { ...shared, applicationId: taken.id, lines } }))
  must(
    await clerk.answerClawback({
      params: { id },
      body: { statement: '转租的只是夜间空闲时段，请酌情处理。' },
    }),
  )
  await enrolled(city, 'reviewer9', { role: 'reviewer', district: null, organisationCreditCode: null })
  const second = await signIn(city.server.url, 'reviewer9')
  const upheld = {
    decision: 'uphold' as const,
    fineFen: null,
    dueOn: '2024-09-30',
    reason: '事实清楚，证据充分',
  }
  must(await second.decideClawback({ params: { id }, body: upheld }))
  const bank = { kind: 'bank' as const, amountFen: '1000', reference: '回单 7781', receivedOn: '2024-06-10' }
  must(await finance.recordRecovery({ params: { id }, body: bank }))
  city.setDay('2024-05-20')
  return { hearing: first.id, owed: id }
}

/** Its pages, by the person who sees them. @param granted an application of which nothing was taken back */
export function clawbackPaths(
  { hearing, owed }: Clawbacks,
  granted: string,
): Readonly<Record<'clerk' | 'reviewer', Readonly<Record<string, string>>>> {
  return {
    clerk: { clawbacks: '/clawbacks', 'clawback-hearing': `/clawbacks/${hearing}` },
    reviewer: {
      'clawback-propose': `/review/applications/${granted}/clawback`,
      'clawback-decided': `/clawbacks/${owed}`,
    },
  }
}
