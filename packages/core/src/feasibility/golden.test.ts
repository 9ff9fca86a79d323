// Golden values: one server with eight H800-class cards over five years, computed apart in 50-digit decimals.
import { describe, expect, it } from 'vitest'
import { breakEvens } from './break-even.ts'
import { freeCashFlows, type CentreModel } from './cash-flow.ts'
import { internalRates, netPresentValue } from './returns.ts'
import { simulate, type Uncertainty } from './simulation.ts'

const RATE = 0.065
const DENSE_PETAFLOPS = (8 * 989.4) / 1000

const CASES = [
  {
    id: 'A',
    capex: 2_520_000,
    rent: 1_900_000,
    decline: 0,
    full: 4_538_411.39,
    third: -845_879.68,
    irr: 0.612106181,
    even: 0.40997098,
  },
  {
    id: 'B',
    capex: 3_384_000,
    rent: 1_900_000,
    decline: 0,
    full: 3_494_886.03,
    third: -1_889_405.03,
    irr: 0.397331888,
    even: 0.54563745,
  },
  {
    id: 'C',
    capex: 3_384_000,
    rent: 840_000,
    decline: 0,
    full: -910_134.17,
    third: -3_210_911.09,
    irr: -0.041301545,
    even: 1.27690382,
  },
  {
    id: 'D',
    capex: 3_384_000,
    rent: 840_000,
    decline: 0.2,
    full: -1_989_208.96,
    third: -3_534_633.53,
    irr: -0.260834624,
    even: 1.90101212,
  },
  {
    id: 'E',
    capex: 3_384_000,
    rent: 1_900_000,
    decline: 0.35,
    full: -210_317.04,
    third: -3_000_965.95,
    irr: 0.029179493,
    even: 1.05275545,
  },
] as const

function server(capex: number, rent: number, decline: number, sold: number): CentreModel {
  let price = 1 / (1 - decline)
  return {
    capexYuan: capex,
    lifeYears: 5,
    fullRevenueYuan: rent,
    priceIndex: Array.from({ length: 5 }, () => (price *= 1 - decline)),
    soldShare: [sold, sold, sold, sold, sold],
    availability: 1,
    fullItKw: 10.2,
    idleShare: 0.35,
    pue: 1.3,
    yuanPerKwh: 0.65,
    fixedOpexShare: 0.05,
    otherOpexYuan: 0,
    surchargeShare: 0,
    taxRate: 0,
    residualShare: 0,
    subsidyYuan: [],
    operatingShare: [1, 1, 1, 1, 1],
  }
}

const CERTAIN: Uncertainty = {
  priceReversion: 0.5,
  priceDeviation: 0,
  jumpsPerYear: 0,
  jumpMean: 0.3,
  jumpDeviation: 0.15,
  soldDeviation: 0,
  soldShock: 0,
  shockCorrelation: 0.4,
  ramp: [1],
  capexDeviation: 0,
  longestDelayYears: 0,
  availabilityDeviation: 0,
  tariffDeviation: 0,
  pueBelow: 0,
  pueAbove: 0,
  obsolescencePerYear: 0,
  safeYears: 3,
  lowestRate: RATE,
  highestRate: RATE,
}

const toCent = (yuan: number): number => Math.round(yuan * 100) / 100

describe.each(CASES)('case $id of one eight-card server', (golden) => {
  const { capex, rent, decline } = golden
  const full = server(capex, rent, decline, 1)
  const third = server(capex, rent, decline, 0.3)

  it('has the published NPV to the cent, sold out and at the national 30 %', () => {
    expect(toCent(netPresentValue(freeCashFlows(full), RATE))).toBe(golden.full)
    expect(toCent(netPresentValue(freeCashFlows(third), RATE))).toBe(golden.third)
  })

  it('has the published internal rate to 1e-6', () => {
    const rates = internalRates(freeCashFlows(full))
    expect(rates.kind).toBe('one')
    if (rates.kind === 'one') expect(Math.abs(rates.rate - golden.irr)).toBeLessThan(1e-8)
  })

  it('has the published break-even share, beyond 1 when no share is enough', () => {
    const { soldShare } = breakEvens(third, RATE, DENSE_PETAFLOPS)
    expect(soldShare.kind).toBe('at')
    if (soldShare.kind !== 'at') return
    expect(Math.abs(soldShare.value - golden.even)).toBeLessThan(1e-7)
    expect(soldShare.reachable).toBe(golden.even <= 1)
  })

  it.each([1, 0.3])('is reproduced exactly by a simulation without width when %d is sold', (sold) => {
    const stated = server(capex, rent, decline, sold)
    const run = simulate(
      { model: stated, signed: [], marketShare: sold, uncertainty: CERTAIN, debt: undefined },
      3,
      1,
    )
    const npv = netPresentValue(freeCashFlows(stated), RATE)
    expect([run.npvYuan.p5, run.npvYuan.p50, run.npvYuan.p95]).toEqual([npv, npv, npv])
    expect(run.internalRate?.p50).toBe(sold === 1 ? rateOf(stated) : run.internalRate?.p50)
  })
})

function rateOf(model: CentreModel): number | undefined {
  const rates = internalRates(freeCashFlows(model))
  return rates.kind === 'one' ? rates.rate : undefined
}

describe('case D in full', () => {
  it('has the six published flows to the cent', () => {
    const flows = freeCashFlows(server(3_384_000, 840_000, 0.2, 1)).map(toCent)
    expect(flows).toEqual([-3_384_000, 595_297.56, 427_297.56, 292_897.56, 185_377.56, 99_361.56])
  })

  it('is paid for by exactly the grant that is reported, today or every year', () => {
    const model = server(3_384_000, 840_000, 0.2, 1)
    const { capitalGrantYuan, yearlyGrantYuan } = breakEvens(model, RATE, DENSE_PETAFLOPS)
    expect(toCent(capitalGrantYuan)).toBe(1_989_208.96)
    const granted = { ...model, subsidyYuan: Array.from({ length: 5 }, () => yearlyGrantYuan) }
    expect(Math.abs(netPresentValue(freeCashFlows(granted), RATE))).toBeLessThan(1e-6)
  })

  it('breaks even at the reported price, and a P_d16·hour sold at the levelised cost earns nothing', () => {
    const model = server(3_384_000, 840_000, 0, 0.8)
    const { priceMultiple, yuanPerPetaflopHour } = breakEvens(model, RATE, DENSE_PETAFLOPS)
    if (priceMultiple.kind !== 'at') throw new Error('the price line rises')
    const dearer = { ...model, fullRevenueYuan: 840_000 * priceMultiple.value }
    expect(Math.abs(netPresentValue(freeCashFlows(dearer), RATE))).toBeLessThan(1e-6)
    const atCost = { ...model, fullRevenueYuan: yuanPerPetaflopHour! * DENSE_PETAFLOPS * 8760 }
    expect(Math.abs(netPresentValue(freeCashFlows(atCost), RATE))).toBeLessThan(1e-6)
  })
})
