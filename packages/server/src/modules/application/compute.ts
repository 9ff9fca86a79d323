// 资金对算力 where the first come are served: what an approval lets its firm buy, beside what centres have free and what was
// promised to others since centres stated it. To use an award up a firm spends the award over the rate of its
// determination, within what its contract is for.
import { computePlan, petaflopHours, type Purchase } from '@suanquan/core/capacity'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Determination } from '@suanquan/core/policy'
import { sql, type Kysely } from 'kysely'
import type { AwardCompute, Tables } from '../../database/index.ts'
import { stockOf } from '../capacity/index.ts'
import type { InForce } from '../policy/index.ts'
import type { ApplicationRow } from './load.ts'

export interface Spending {
  readonly row: Pick<ApplicationRow, 'id' | 'contract_id'>
  readonly inForce: InForce
  readonly fen: bigint
  readonly determination: Determination
  readonly at: Instant
  readonly today: Day
}

/** @returns null where there is no contract, or none that prices anything */
export async function purchaseOf(db: Kysely<Tables>, spending: Spending): Promise<Purchase | null> {
  const { row, inForce, fen, determination, today } = spending
  if (row.contract_id === null) return null
  const contract = await db
    .selectFrom('service_contract')
    .selectAll()
    .where('id', '=', row.contract_id)
    .executeTakeFirstOrThrow()
  if (contract.prices.length === 0) return null
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

/** @returns null where what the firm buys is unknown */
export async function awardCompute(db: Kysely<Tables>, spending: Spending): Promise<AwardCompute | null> {
  const purchase = await purchaseOf(db, spending)
  if (purchase === null) return null
  const { row, inForce, at } = spending
  const promised = await promisedTo(db, { jurisdiction: inForce.jurisdiction, except: row.id })
  const lines = computePlan([purchase], await stockOf(db, inForce.jurisdiction))
  return {
    at: new Date(at).toISOString(),
    lines: lines.map(({ tflops, ...line }) => {
      const { chip, month, wantedCardHours, freeCardHours: free } = line
      const promisedCardHours = promised.get(`${chip}/${month}`) ?? 0
      const short = free !== null && wantedCardHours + promisedCardHours > free
      return {
        ...line,
        standing: short ? 'short' : line.standing,
        promisedCardHours,
        wantedPflopHours: petaflopHours(wantedCardHours, tflops),
        freePflopHours: free === null ? null : petaflopHours(free, tflops),
      }
    }),
  }
}

/** What other approvals wanted that centres had not yet stated as sold: approved since the last statement of the month. */
async function promisedTo(
  db: Kysely<Tables>,
  { jurisdiction, except }: { readonly jurisdiction: string; readonly except: string },
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ chip: string; month: string; hours: number }>`
    select line->>'chip' as chip, line->>'month' as month, sum((line->>'wantedCardHours')::float8) as hours
      from application, jsonb_array_elements(compute->'lines') line
     where jurisdiction = ${jurisdiction} and id <> ${except}::uuid and compute is not null
       and state in ('proposed', 'announced', 'objected', 'granted')
       and (compute->>'at')::timestamptz >= coalesce((select max(entered_at) from centre_capacity c
         where c.jurisdiction = ${jurisdiction} and c.month = line->>'month'), '-infinity')
     group by 1, 2`.execute(db)
  return new Map(rows.map(({ chip, month, hours }) => [`${chip}/${month}`, hours]))
}
