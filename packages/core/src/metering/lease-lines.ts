// Under a lease of whole devices the month is charged, not the run: runs are metered and shown within it at nothing. A
// lease is charged up to the last day on which its use was metered, since nothing shows that devices stood there later.
import { addDays, dayOf, startOf, type Day } from '../calendar/index.ts'
import { leaseMonths, leaseOffs, leaseTopUp, type LeaseMonth } from '../market/index.ts'
import type { Fen } from '../money/index.ts'
import type { ServiceContract } from './contract.ts'
import type { RatedLine } from './rating.ts'
import { lineTariff, type AgreedPrice, type LineTariff } from './tariff.ts'

/** @param lastDay the last day on which use of the contract was metered */
export function leaseLines(contract: ServiceContract, lastDay: Day | null): RatedLine[] {
  const leases = (contract.agreed ?? [])
    .filter(({ mode }) => mode === 'whole_device')
    .sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
  return leases.flatMap((agreed) => {
    const later = leases.find(({ chip, startsOn }) => chip === agreed.chip && startsOn > agreed.startsOn)
    const first = leases.find(({ chip }) => chip === agreed.chip) === agreed
    const from = first || agreed.startsOn < contract.termFrom ? contract.termFrom : agreed.startsOn
    const ends = [contract.termUntil, ...(later ? [addDays(later.startsOn, -1)] : [])]
    const until = ends.reduce((a, b) => (a < b ? a : b))
    return from > until || lastDay === null
      ? []
      : linesOf(contract, agreed, { from, until, lastDay: lastDay < until ? lastDay : until })
  })
}

interface Span {
  readonly from: Day
  readonly until: Day
  readonly lastDay: Day
}

function linesOf(contract: ServiceContract, agreed: AgreedPrice, span: Span): RatedLine[] {
  const { terms, devices } = agreed
  const term = { devices, from: contract.termFrom, until: contract.termUntil }
  const offs = leaseOffs(terms, term)
  const tariff = lineTariff(agreed, contract, 0)
  const seen = { devices, from: span.from, until: span.lastDay }
  const months = (priceFen: Fen, off: readonly number[]): LeaseMonth[] =>
    span.lastDay < span.from ? [] : leaseMonths(terms, priceFen, seen, off)
  const open = span.lastDay < span.until
  const line = (
    month: LeaseMonth,
    reason: RatedLine['reason'],
    more: Partial<LineTariff> = {},
  ): RatedLine => {
    const key = `lease/${contract.contractNo}/${agreed.offerNo}/${agreed.version}/${month.month}`
    return {
      recordKey: more.item === undefined ? key : `${key}/${more.item}`,
      contractNo: contract.contractNo,
      month: month.month,
      fromAt: startOf(month.from),
      untilAt: startOf(addDays(month.until, 1)),
      chip: agreed.chip,
      units: devices * agreed.cardsPerDevice,
      unitsPerCard: 1,
      seconds: 0,
      fenPerCardHour: 0n,
      reason,
      open: open && month.until === span.lastDay,
      tariff: {
        ...tariff,
        ...more,
        lease: { devices, days: month.days, daysOfMonth: month.daysOfMonth },
      },
      valueFen: month.fen,
      amountFen: reason === 'rated' ? month.fen : 0n,
    }
  }
  const lines = months(terms.priceFen, offs).map((month) => line(month, 'rated'))
  const items = terms.items.flatMap(({ kind, priceFen }) =>
    months(priceFen, []).map((month) =>
      line(month, 'excluded_item', { item: kind, listFen: priceFen, discount: 0, committed: 0 }),
    ),
  )
  const topUp = leaseTopUp(terms, terms.priceFen, term, offs)
  const last = months(terms.priceFen, offs).at(-1)
  const beyond =
    topUp > 0n && last !== undefined && span.lastDay === contract.termUntil
      ? [{ ...line({ ...last, fen: topUp }, 'beyond_use'), recordKey: `${lines.at(-1)!.recordKey}/beyond` }]
      : []
  return [...lines, ...beyond, ...items]
}

/** The last day on which any record was on its devices. */
export function lastMeteredDay(lastInstants: readonly (number | null)[]): Day | null {
  const known = lastInstants.filter((instant) => instant !== null)
  if (known.length === 0) return null
  return dayOf(known.reduce((a, b) => Math.max(a, b)) - 1)
}
