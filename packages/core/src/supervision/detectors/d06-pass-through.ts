// D06 过账: an account that keeps nothing. Over its busiest 30 days what goes out is 0.9 to 1.02 of what came in, half of
// the money is gone in under 72 hours, under 5 % stays, with at least two parties on each side, and the account
// does hardly anything else. Weak by itself.
import { checked, detector, refs } from '../detector.ts'
import { median } from '../mathematics/robust.ts'
import { firstAfter, listed, moneyOf, type Flow, type Flows, type Money } from '../relations/money.ts'

const DAY_MS = 86_400_000
const parameters = {
  windowDays: 30,
  leastRatio: 0.9,
  mostRatio: 1.02,
  mostDwellHours: 72,
  mostRest: 0.05,
  leastParties: 2,
  leastFen: 5_000_000,
  leastFlows: 3,
  mostElse: 0.2,
} as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const passThrough = detector({
  id: 'D06',
  name: 'pass_through',
  version: 1,
  reach: 'feeds',
  needs: ['payments', 'accounts'],
  parameters,
  weight: 0.25,
  decisive: [],
  detect(world, limits, report) {
    const money = moneyOf(world)
    for (const code of new Set(world.columns('accounts')!.codes('holder'))) {
      const found = passing(money, code, limits)
      if (found === undefined) continue
      const holder = world.texts.textOf(code)
      const { into, out, ...values } = found
      const firm = world.find('firms', holder)
      report.suspect({
        subject: firm ? { table: 'firms', id: holder } : { table: 'payments', id: into[0]!.payment.id },
        firms: firm ? [holder] : [],
        severity: Math.min(1, values.inFen / (10 * limits.leastFen)),
        clauses: [
          {
            code: 'passed_through',
            values,
            rows: refs(
              'payments',
              [...into, ...out].map((flow) => flow.payment),
            ),
          },
        ],
        innocent: [
          checked('treasury_of_declared_group', firm === undefined ? undefined : firm.declaredGroup !== null),
        ],
        clears: ['bank_statement', 'payment_service_licence'],
      })
    }
  },
})

interface Passing {
  readonly into: readonly Flow[]
  readonly out: readonly Flow[]
  readonly inFen: number
  readonly outFen: number
  readonly dwellHours: number
}

function passing(money: Money, holder: number, limits: Limits): Passing | undefined {
  const [allIn, allOut] = [money.into(holder), money.outOf(holder)]
  if (allIn.length < limits.leastFlows || allOut.length < limits.leastFlows) return undefined
  const [sumsIn, sumsOut] = [runningSums(allIn), runningSums(allOut)]
  const whole = sumsIn.at(-1)! + sumsOut.at(-1)!
  for (let first = 0; first < allIn.length; first++) {
    const start = allIn.momentAt(first)
    const until = start + limits.windowDays * DAY_MS
    const into = { from: firstAfter(allIn, start - 1), until: firstAfter(allIn, until) }
    const out = { from: firstAfter(allOut, start), until: firstAfter(allOut, until) }
    if (into.until - into.from < limits.leastFlows || out.until - out.from < limits.leastFlows) continue
    const inFen = sumsIn[into.until]! - sumsIn[into.from]!
    const outFen = sumsOut[out.until]! - sumsOut[out.from]!
    const ratio = outFen / inFen
    if (inFen < limits.leastFen || ratio < limits.leastRatio || ratio > limits.mostRatio) continue
    if ((inFen - outFen) / inFen > limits.mostRest) continue
    if (whole - inFen - outFen > limits.mostElse * whole) continue
    const [paid, spent] = [listed(allIn, into.from, into.until), listed(allOut, out.from, out.until)]
    if (new Set(paid.map((flow) => flow.from)).size < limits.leastParties) continue
    if (new Set(spent.map((flow) => flow.to)).size < limits.leastParties) continue
    const dwellHours = dwell(paid, spent)
    if (dwellHours < limits.mostDwellHours) return { into: paid, out: spent, inFen, outFen, dwellHours }
  }
  return undefined
}

/** The sum of the flows before each place; whole fen, so that differences of sums are exact. */
function runningSums(flows: Flows): Float64Array {
  const sums = new Float64Array(flows.length + 1)
  for (let at = 0; at < flows.length; at++) sums[at + 1] = sums[at]! + flows.amountAt(at)
  return sums
}

/** Median hours from a payment in to the next payment out. */
function dwell(into: readonly Flow[], out: readonly Flow[]): number {
  const hours = into.map((flow) => {
    const next = out.find((later) => later.at > flow.at)
    return next === undefined ? Infinity : (next.at - flow.at) / 3_600_000
  })
  return median(hours)
}
