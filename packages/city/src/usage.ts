// The monthly accounting of a centre: for each contract that runs there, jobs whose card-hours are worth what the
// firm uses that month at the contract's price; in the file that sacct would write.
import { seededRandom, type Random } from '@suanquan/core'
import { addDays, addMonths, daysBetween, startOf, type Day } from '@suanquan/core/calendar'
import type { UsageRecord } from '@suanquan/core/metering'
import { splitInProportion, type Fen } from '@suanquan/core/money'
import type { Application } from './plans.ts'
import type { Provider } from './providers.ts'
import { drawSlurmRuns, writeSacctJson } from './slurm-accounting.ts'

/** A month, as `2024-05`. */
export type Month = string

/** Large runs that a contract has in a month; smaller ones make up the rest. */
const RUNS_A_MONTH = 1
/** the mean length of a drawn run */
const RUN_SECONDS = 27_000
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const

export interface UsageInput {
  readonly seed: number | string
  readonly applications: readonly Application[]
  readonly afterUse?: readonly Application[]
  readonly atBilling?: readonly Application[]
  readonly bySeller?: readonly Application[]
}

export function firstOf(month: Month): Day {
  return `${month}-01`
}

export function lastOf(month: Month): Day {
  return addDays(addMonths(firstOf(month), 1), -1)
}

/** What all firms ran at a provider in a month, ordered as they were submitted. */
export function monthRecords(input: UsageInput, provider: Provider, month: Month): UsageRecord[] {
  const all = [
    ...input.applications,
    ...(input.afterUse ?? []),
    ...(input.atBilling ?? []),
    ...(input.bySeller ?? []),
  ]
  const here = all.filter(({ contract }) => contract.provider.cluster === provider.cluster)
  const records = here.flatMap((application, index) =>
    contractRecords(input.seed, application, { month, firstJobId: jobIds(month) + index * 400 }),
  )
  return records.sort((a, b) => a.submittedAt - b.submittedAt || Number(a.jobId) - Number(b.jobId))
}

/** What one contract ran in a month; empty when it did not run. */
export function contractRecords(
  seed: number | string,
  application: Application,
  { month, firstJobId }: { readonly month: Month; readonly firstJobId: number },
): UsageRecord[] {
  const share = monthsOf(application).find((each) => each.month === month)
  if (share === undefined) return []
  const random = seededRandom(seed).fork(`usage/${application.id}/${month}`)
  return runsOf(random, application, { ...share, firstJobId })
}

/** The same as the file that the centre sends. */
export function monthFile(input: UsageInput, provider: Provider, month: Month): string {
  return writeSacctJson(monthRecords(input, provider, month))
}

interface MonthShare {
  readonly month: Month
  readonly from: Day
  readonly to: Day
  readonly valueFen: Fen
}

/** A contract's months with what is used in each; the sum is the application's share of the compute part. */
export function monthsOf({ id, contract, usedPercent }: Application): MonthShare[] {
  const months: Omit<MonthShare, 'valueFen'>[] = []
  for (let month = contract.startsOn.slice(0, 7); firstOf(month) <= contract.endsOn; month = next(month)) {
    const from = firstOf(month) < contract.startsOn ? contract.startsOn : firstOf(month)
    const to = lastOf(month) > contract.endsOn ? contract.endsOn : lastOf(month)
    months.push({ month, from, to })
  }
  const random = seededRandom(`months/${id}/${contract.number}`)
  const weights = months.map(({ from, to }) => BigInt((daysBetween(from, to) + 1) * (70 + random.int(60))))
  const total = ((contract.amountFen - contract.excludedFen) * BigInt(usedPercent)) / 100n
  const values = splitInProportion(total, weights)
  return months.map((month, index) => ({ ...month, valueFen: values[index]! }))
}

export function next(month: Month): Month {
  return addMonths(firstOf(month), 1).slice(0, 7)
}

/** Numbers of jobs never meet between months: each month counts from its own ten thousands. */
function jobIds(month: Month): number {
  return (Number(month.slice(0, 4)) - 2020) * 12_000_000 + Number(month.slice(5)) * 1_000_000
}

function runsOf(
  random: Random,
  { contract }: Application,
  share: MonthShare & { readonly firstJobId: number },
): UsageRecord[] {
  const cardSeconds = Number((share.valueFen * 3600n) / contract.chip.fenPerCardHour)
  const wanted = cardSeconds / RUN_SECONDS / RUNS_A_MONTH
  const at = Math.max(
    0,
    SIZES.findLastIndex((size) => size <= wanted),
  )
  const size = SIZES[at]!
  return drawSlurmRuns(random, {
    cluster: contract.provider.cluster,
    account: contract.account,
    qos: contract.qos,
    contractNo: contract.number,
    chip: contract.chip.chip,
    cardsPerNode: 8,
    billingPerCard: contract.chip.billingPerCard,
    firstJobId: share.firstJobId,
    jobCards: [SIZES[Math.max(0, at - 1)]!, size, size, SIZES[Math.min(SIZES.length - 1, at + 1)]!],
    fromAt: startOf(share.from),
    untilAt: startOf(addDays(share.to, 1)),
    cardSeconds,
  })
}
