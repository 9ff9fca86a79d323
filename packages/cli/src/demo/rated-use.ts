// What a centre bills a firm before any application names the contract: the centre rates its own accounting by the
// contract's price, as the platform will.
import { contractRecords, lastOf, nextMonth } from '@suanquan/city'
import type { Day } from '@suanquan/core/calendar'
import { rateUsage } from '@suanquan/core/metering'
import type { Fen } from '@suanquan/core/money'
import type { Case, Demo } from './demo.ts'

/** Use of a contract until the last month whose accounting is in, and what it is worth. */
export function ratedUntil(
  { city, imported }: Pick<Demo, 'city' | 'imported'>,
  { plan }: Case,
): { readonly to: Day; readonly usedFen: Fen } {
  const { contract, firm } = plan
  const last = imported.get(contract.provider.cluster)
  if (last === undefined) throw new Error('a centre hands in its accounting before its firms apply after use')
  const to = lastOf(last) < contract.endsOn ? lastOf(last) : contract.endsOn
  const records = []
  for (let month = contract.startsOn.slice(0, 7); month <= to.slice(0, 7); month = nextMonth(month))
    records.push(...contractRecords(city.seed, plan, { month, firstJobId: records.length + 1 }))
  const rated = rateUsage(records, {
    contractNo: contract.number,
    buyer: firm.organisation.creditCode,
    seller: contract.provider.organisation.creditCode,
    amountFen: contract.amountFen,
    signedOn: contract.signedOn,
    termFrom: contract.startsOn,
    termUntil: contract.endsOn,
    prices: [{ chip: contract.chip.chip, fenPerCardHour: contract.chip.fenPerCardHour }],
    shard: null,
  })
  if (!rated.ok) throw new Error(`a contract of the city can be rated: ${rated.refusal.code}`)
  return { to, usedFen: rated.value.amountFen }
}
