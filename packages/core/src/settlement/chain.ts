// The chain centre → operator → firm. The firm's use is metered at the centre and rated at the operator's price; what the
// operator bought has a price of its own. So each link is compared at the price of its own contract, and what it covers
// of the use is carried over in proportion: no part of a firm's use is paid that its operator did not buy.
import { addDays, startOf } from '../calendar/index.ts'
import type { RatedLine, ServiceContract } from '../metering/index.ts'
import { leastFen, type Fen } from '../money/index.ts'
import { UPSTREAM_LEGS, type ClaimEvidence, type Upstream, type UpstreamLeg } from './evidence.ts'
import type { Cause, Reckoning } from './legs.ts'
import { invoiceLeg, paymentLeg } from './paper-legs.ts'

export type ChainCauseCode =
  | 'upstream_not_joined'
  | 'upstream_outside_term'
  | 'upstream_chip_not_bought'
  | 'upstream_contract_covers_less'
  | 'upstream_invoices_cover_less'
  | 'upstream_payments_cover_less'

const COVERS_LESS = {
  contract: 'upstream_contract_covers_less',
  invoice: 'upstream_invoices_cover_less',
  payment: 'upstream_payments_cover_less',
} as const satisfies Readonly<Record<UpstreamLeg, ChainCauseCode>>

/** One link of the purchase, at the prices of the upstream contract. */
export interface UpstreamLink extends Reckoning {
  readonly leg: UpstreamLeg
  readonly applies: boolean
}

/** The use that both contracts know, at the price of each. */
interface JoinedUse {
  readonly downstreamFen: Fen
  /** rounded up: a purchase covers its use whole or not */
  readonly upstreamFen: Fen
}

/** What each link of the purchase shows and counts; the contract applies wherever there is a chain. */
export function reckonUpstream({ upstream, claimedOn }: ClaimEvidence): readonly UpstreamLink[] {
  if (upstream === undefined) return []
  const { contract, invoices, payments, usedFen } = upstream
  const papers = { contract, claimedOn, invoices, payments, deductedFen: 0n }
  const left = contract.amountFen - leastFen(usedFen, contract.amountFen)
  const reckonings: Readonly<Record<UpstreamLeg, Reckoning>> = {
    contract: { shownFen: contract.amountFen, countedFen: left, causes: [] },
    invoice: invoiceLeg(papers),
    payment: paymentLeg(papers),
  }
  return UPSTREAM_LEGS.map((leg) => ({
    leg,
    applies: leg === 'contract' || upstream.legs.includes(leg),
    ...reckonings[leg],
  }))
}

/** What the chain takes off the metered leg, link by link. */
export function chainCauses(evidence: ClaimEvidence, countedFen: Fen): readonly Cause[] {
  const { upstream, contract } = evidence
  if (upstream === undefined) return []
  if (upstream.contract.buyer !== contract.seller) {
    const refs = [upstream.contract.contractNo, contract.contractNo]
    return [{ code: 'upstream_not_joined', amountFen: countedFen, refs }]
  }
  const causes: Cause[] = []
  let left = countedFen
  const take = (code: ChainCauseCode, amountFen: Fen, refs: readonly string[]): void => {
    const taken = leastFen(amountFen, left)
    if (taken <= 0n) return
    left -= taken
    causes.push({ code, amountFen: taken, refs })
  }
  for (const code of ['upstream_outside_term', 'upstream_chip_not_bought'] as const) {
    const lines = claimable(evidence).filter((line) => lineFault(line, upstream.contract) === code)
    take(code, total(lines), [...new Set(lines.map(({ recordKey }) => recordKey))])
  }
  for (const { leg, applies, countedFen: coveredFen, causes: why } of reckonUpstream(evidence)) {
    if (!applies) continue
    const refs = [upstream.contract.contractNo, ...new Set(why.flatMap((cause) => cause.refs))]
    take(COVERS_LESS[leg], left - leastFen(left, coveredUse(evidence, coveredFen)), refs)
  }
  return causes
}

/** What a base takes of the purchase, at the upstream contract's prices, rounded up. */
export function upstreamTaken(evidence: ClaimEvidence, baseFen: Fen): Fen {
  if (evidence.upstream === undefined) return 0n
  const { downstreamFen, upstreamFen } = joinedUse(evidence, evidence.upstream)
  return downstreamFen === 0n ? 0n : (baseFen * upstreamFen + downstreamFen - 1n) / downstreamFen
}

/** How much of the firm's use an amount of the purchase covers, rounded down. */
function coveredUse(evidence: ClaimEvidence, coveredFen: Fen): Fen {
  const { downstreamFen, upstreamFen } = joinedUse(evidence, evidence.upstream!)
  return upstreamFen === 0n ? 0n : (coveredFen * downstreamFen) / upstreamFen
}

const FEN_SECONDS = 3_600n

function joinedUse(evidence: ClaimEvidence, { contract }: Upstream): JoinedUse {
  const lines = claimable(evidence).filter((line) => lineFault(line, contract) === undefined)
  // over a common denominator, so that the sum is rounded once
  const common = lines.reduce((product, { unitsPerCard }) => lcm(product, BigInt(unitsPerCard)), 1n)
  const exact = lines.reduce((sum, line) => {
    const price = priceOf(line, contract)!
    return sum + BigInt(line.units) * BigInt(line.seconds) * price * (common / BigInt(line.unitsPerCard))
  }, 0n)
  const denominator = common * FEN_SECONDS
  return { downstreamFen: total(lines), upstreamFen: (exact + denominator - 1n) / denominator }
}

/** Lines that count for the firm: rated, and their run has ended. */
function claimable({ lines }: ClaimEvidence): readonly RatedLine[] {
  return lines.filter(({ reason, open }) => reason === 'rated' && !open)
}

/** A line counts whole or not at all: one that leaves the term of the purchase is the operator's own risk. */
function lineFault(line: RatedLine, contract: ServiceContract): ChainCauseCode | undefined {
  const inside =
    line.fromAt >= startOf(contract.termFrom) && line.untilAt <= startOf(addDays(contract.termUntil, 1))
  if (!inside) return 'upstream_outside_term'
  return priceOf(line, contract) === undefined ? 'upstream_chip_not_bought' : undefined
}

function priceOf(line: RatedLine, { prices }: ServiceContract): Fen | undefined {
  return prices.find(({ chip }) => chip === line.chip)?.fenPerCardHour
}

function total(lines: readonly RatedLine[]): Fen {
  return lines.reduce((sum, { valueFen }) => sum + valueFen, 0n)
}

function lcm(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right]
  while (b > 0n) [a, b] = [b, a % b]
  return (left / a) * right
}
