// 资金对算力: what a division of money lets firms buy at their contracts' prices, beside what centres have stated free. To use
// an award up a firm spends the award over the rate of its determination, within what its contract is for.
import type { AnswerOf, Routes } from '@suanquan/api'
import { computePlan, petaflopHours, type ComputeLine, type Purchase } from '@suanquan/core/capacity'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Determination } from '@suanquan/core/policy'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { assessCase, loadApplication, type ApplicationRow } from '../application/index.ts'
import { stockOf } from '../capacity/index.ts'
import type { InForce } from '../policy/index.ts'

type Line = AnswerOf<Routes['planCompute']>['lines'][number]

export interface Award {
  readonly applicationId: string
  readonly fen: bigint
}

export interface Bought {
  readonly lines: readonly Line[]
  readonly spentFen: bigint
  /** numbers of applications whose contract prices nothing */
  readonly unpriced: readonly string[]
}

interface Asked {
  readonly awards: readonly Award[]
  readonly at: Instant
  readonly today: Day
}

export async function computeFor(db: Kysely<Tables>, inForce: InForce, asked: Asked): Promise<Bought> {
  const purchases: Purchase[] = []
  const unpriced: string[] = []
  for (const { applicationId, fen } of asked.awards) {
    if (fen === 0n) continue
    const row = (await loadApplication(db, applicationId))!
    const purchase = await purchaseOf(db, { row, inForce, fen, at: asked.at, today: asked.today })
    if (purchase === null) unpriced.push(row.number)
    else purchases.push(purchase)
  }
  const lines = computePlan(purchases, await stockOf(db, inForce.jurisdiction))
  const spentFen = purchases.reduce((sum, { fen }) => sum + fen, 0n)
  return { lines: lines.map(lineOf), spentFen, unpriced }
}

interface PurchaseAsked {
  readonly row: ApplicationRow
  readonly inForce: InForce
  readonly fen: bigint
  readonly at: Instant
  readonly today: Day
}

async function purchaseOf(db: Kysely<Tables>, asked: PurchaseAsked): Promise<Purchase | null> {
  const { row, inForce, fen, at, today } = asked
  if (row.contract_id === null) return null
  const contract = await db
    .selectFrom('service_contract')
    .selectAll()
    .where('id', '=', row.contract_id)
    .executeTakeFirstOrThrow()
  if (contract.prices.length === 0) return null
  const { determination } = await assessCase(db, { row, inForce, findings: row.findings, on: today, at })
  const worth = contract.amount_fen - contract.excluded_fen
  const spent = spentFor(fen, determination)
  const { usableUntil } = inForce.terms
  const until = usableUntil !== null && usableUntil < contract.ends_on ? usableUntil : contract.ends_on
  return {
    fen: spent < worth ? spent : worth,
    prices: contract.prices.map(({ chip, priceFenPerCardHour }) => ({
      chip,
      fenPerCardHour: BigInt(priceFenPerCardHour),
    })),
    from: contract.starts_on > today ? contract.starts_on : today,
    until,
  }
}

/** Where a programme pays no share of the bill (a fixed sum, a reward) the firm buys for what it is given. */
function spentFor(fen: bigint, { steps }: Determination): bigint {
  const rate = steps.find(({ kind }) => kind === 'rate')?.rate
  return rate === undefined || rate.numerator === 0n ? fen : (fen * rate.denominator) / rate.numerator
}

function lineOf({ tflops, ...line }: ComputeLine): Line {
  return {
    ...line,
    wantedPflopHours: petaflopHours(line.wantedCardHours, tflops),
    freePflopHours: line.freeCardHours === null ? null : petaflopHours(line.freeCardHours, tflops),
  }
}
