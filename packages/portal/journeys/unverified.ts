// Where a journey is not about invoices, the office decides once to pay on those that nobody verified.
import { must, payUnverified, type TestCity } from '@suanquan/testkit'

/** Every claim that waits for its payment. */
export async function payAllUnverified(city: TestCity): Promise<void> {
  const { items } = must(await city.as('reviewer').listClaims({ query: { state: 'approved' } }))
  await payUnverified(
    city,
    items.map(({ id }) => id),
  )
}
