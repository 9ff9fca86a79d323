// D27 随机抽查: 3 to 5 % of the vouchers, at least 100 where there are so many, drawn with known probabilities in strata of
// new firms, size and provider. What comes back estimates the share of fraud and error with an exact interval, and, with
// followed-up cases weighed by the inverse of their probability, how precise each detector is and how much it finds.
// Only a random audit can tell what no detector sees.
import type { Random } from '../../random.ts'
import { clopperPearson } from '../mathematics/intervals.ts'
import type { Row } from '../world/tables.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

export const auditParameters = { share: 0.04, leastVouchers: 100, youngDays: 365 } as const

export interface AuditDraw {
  readonly voucher: string
  readonly stratum: string
  readonly probability: number
}

/** The vouchers to audit, in the order of the draw. @param random from a public draw, so that anybody can repeat it */
export function drawAudit(
  world: WorldIndex,
  random: Random,
  parameters: { readonly share: number; readonly leastVouchers: number } = auditParameters,
): AuditDraw[] {
  const vouchers = world.rows('vouchers')
  const wanted = Math.min(
    vouchers.length,
    Math.max(parameters.leastVouchers, Math.ceil(parameters.share * vouchers.length)),
  )
  const strata = [...grouped(vouchers, (voucher) => stratumOf(world, voucher))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const draws: AuditDraw[] = []
  for (const [stratum, own] of strata) {
    const count = Math.min(own.length, Math.max(1, Math.round((wanted * own.length) / vouchers.length)))
    const pool = [...own]
    for (let place = 0; place < count; place++) {
      const other = place + random.int(pool.length - place)
      const kept = pool[place]!
      pool[place] = pool[other]!
      pool[other] = kept
      draws.push({ voucher: pool[place]!.id, stratum, probability: count / own.length })
    }
  }
  return draws
}

function stratumOf(world: WorldIndex, voucher: Row<'vouchers'>): string {
  const firm = world.find('firms', voucher.firm)
  const staff = firm?.insuredStaff ?? null
  const size = staff === null ? 'unknown' : staff < 10 ? 'micro' : staff < 100 ? 'small' : 'large'
  const age =
    firm === undefined
      ? 'unknown'
      : Number(voucher.issuedOn.slice(0, 4)) - Number(firm.registeredOn.slice(0, 4)) <= 1
        ? 'new'
        : 'old'
  return `${age}/${size}`
}

export interface LossRate {
  readonly audited: number
  readonly fraud: number
  readonly error: number
  /** share of vouchers with fraud or error */
  readonly rate: number
  readonly interval: readonly [number, number]
}

/** From the random audits only; undefined before there are any. */
export function lossRate(world: WorldIndex): LossRate | undefined {
  const random = world.rows('audits').filter((audit) => audit.random)
  if (random.length === 0) return undefined
  const fraud = random.filter((audit) => audit.outcome === 'fraud').length
  const error = random.filter((audit) => audit.outcome === 'error').length
  return {
    audited: random.length,
    fraud,
    error,
    rate: (fraud + error) / random.length,
    interval: clopperPearson(fraud + error, random.length),
  }
}

export interface DetectorQuality {
  readonly precision: number | undefined
  readonly recall: number | undefined
  readonly audited: number
}

/** A detector's precision and recall over audited vouchers, each weighed by the inverse of its probability. */
export function qualityOf(world: WorldIndex, flaggedFirms: ReadonlySet<string>): DetectorQuality {
  let [hit, flagged, bad] = [0, 0, 0]
  const audits = world.rows('audits').filter((audit) => audit.probability > 0)
  for (const audit of audits) {
    const firm = world.find('vouchers', audit.voucher)?.firm
    if (firm === undefined) continue
    const weight = 1 / audit.probability
    const guilty = audit.outcome === 'fraud'
    if (flaggedFirms.has(firm)) flagged += weight
    if (guilty) bad += weight
    if (guilty && flaggedFirms.has(firm)) hit += weight
  }
  return {
    audited: audits.length,
    precision: flagged === 0 ? undefined : hit / flagged,
    recall: bad === 0 ? undefined : hit / bad,
  }
}
