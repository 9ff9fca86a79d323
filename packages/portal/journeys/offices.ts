// The pages of those who watch and run a programme, furnished through the routes.
import { must, type TestCity } from '@suanquan/testkit'

type Paths = Readonly<Record<string, Readonly<Record<string, string>>>>

export async function officePaths(city: TestCity, voucherNumber: string): Promise<Paths> {
  return { auditor: await auditorPaths(city, voucherNumber) }
}

async function auditorPaths(city: TestCity, q: string): Promise<Readonly<Record<string, string>>> {
  const posting = must(await city.as('auditor').listPostings({ query: { q, reason: 'issue' } })).items[0]!
  return {
    oversight: '/audit',
    journal: '/audit/journal?reason=issue&to=2024-06-10',
    posting: `/audit/journal/${posting.id}`,
    'account-journal': `/audit/journal?account=${posting.credit.id}`,
    accounts: '/audit/accounts?asOf=2024-05-31',
    proofs: '/audit/proofs',
    verification: await proved(city, 'verification'),
    replay: await proved(city, 'replay'),
    trail: '/audit/trail',
    'trail-refused': '/audit/trail?state=refused',
  }
}

/** The page of a proof that has ended. */
async function proved(city: TestCity, kind: 'verification' | 'replay'): Promise<string> {
  const auditor = city.as('auditor')
  const { id } = must(await auditor.startProof({ body: { kind } }))
  while (must(await auditor.readProof({ params: { id } })).state === 'running')
    await new Promise((resolve) => setTimeout(resolve, 20))
  return `/audit/proofs/${id}`
}
