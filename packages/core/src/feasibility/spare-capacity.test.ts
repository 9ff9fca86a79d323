import { describe, expect, it } from 'vitest'
import { spareCapacity, type NeighbourCentre } from './spare-capacity.ts'

const near: NeighbourCentre = {
  id: 'near',
  densePetaflops: 1000,
  soldShare: 0.3,
  distanceKm: 0,
  substitutability: 1,
}

describe('spare capacity', () => {
  it('above 1 says that idle neighbours could carry the whole project', () => {
    const answer = spareCapacity(100, [near, { ...near, id: 'far', distanceKm: 150, substitutability: 0.5 }])
    if (!answer.ok) throw new Error('the centres are in range')
    expect(answer.value.index).toBeCloseTo(7 + (700 * 0.5 * Math.exp(-1)) / 100, 12)
    expect(answer.value.soldShareAfter).toBeCloseTo(600 / 2100, 12)
    expect(answer.value.concentration).toBeCloseTo((100 * 100 + 2 * 1000 * 1000) / (2100 * 2100), 12)
  })

  it('without neighbours is zero and a monopoly', () => {
    const answer = spareCapacity(100, [])
    expect(answer).toMatchObject({ ok: true, value: { index: 0, soldShareAfter: 0, concentration: 1 } })
  })

  it('refuses a centre named twice and absurd figures', () => {
    expect(spareCapacity(100, [near, near])).toMatchObject({
      ok: false,
      refusal: { code: 'feasibility.duplicate_centre' },
    })
    expect(spareCapacity(0, [near]).ok).toBe(false)
    expect(spareCapacity(100, [{ ...near, soldShare: 1.2 }]).ok).toBe(false)
    expect(spareCapacity(100, [{ ...near, distanceKm: NaN }]).ok).toBe(false)
  })
})
