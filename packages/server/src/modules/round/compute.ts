// 资金对算力: what a division of money lets firms buy at their contracts' prices, beside what centres have stated free. To use
// an award up a firm spends the award over the rate of its determination, within what its contract is for.
import type { AnswerOf, Routes } from '@suanquan/api'
import { computePlan, petaflopHours, type ComputeLine, type Purchase } from '@suanquan/core/capacity'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { assessCase, loadApplication, purchaseOf } from '../application/index.ts'
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
    const { at, today } = asked
    const { determination } = await assessCase(db, { row, inForce, findings: row.findings, on: today, at })
    const purchase = await purchaseOf(db, { row, inForce, fen, determination, at, today })
    if (purchase === null) unpriced.push(row.number)
    else purchases.push(purchase)
  }
  const lines = computePlan(purchases, await stockOf(db, inForce.jurisdiction))
  const spentFen = purchases.reduce((sum, { fen }) => sum + fen, 0n)
  return { lines: lines.map(lineOf), spentFen, unpriced }
}

function lineOf({ tflops, ...line }: ComputeLine): Line {
  return {
    ...line,
    wantedPflopHours: petaflopHours(line.wantedCardHours, tflops),
    freePflopHours: line.freeCardHours === null ? null : petaflopHours(line.freeCardHours, tflops),
  }
}
