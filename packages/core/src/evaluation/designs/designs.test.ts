import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hash } from '../../canonical.ts'
import { seededRandom } from '../../random.ts'
import type { Decision } from '../../refusal.ts'
import { discontinuity } from '../estimators/discontinuity.ts'
import {
  decideByCutoff,
  lockCutoff,
  reportCutoff,
  type CutoffDecision,
  type LockedCutoff,
} from './locked-cutoff.ts'
import { drawLottery, drawPhaseIn, hashOfList, type Entrant } from './lottery-draw.ts'
import { aroundTheStop, kinkOfCap } from './natural-breaks.ts'
import { attritionOf, balanceOf, type PanelMember } from './outcome-panel.ts'
import { minimumDetectableEffect, unitsNeeded } from './power.ts'

const hash: Hash = (bytes) => createHash('sha256').update(bytes).digest()

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

const code = (decision: Decision<unknown>): string => (decision.ok ? 'accepted' : decision.refusal.code)

describe('the draw', () => {
  const entrants: Entrant[] = Array.from({ length: 60 }, (_, index) => ({
    id: `firm-${String(index).padStart(2, '0')}`,
    stratum: index < 40 ? 'small' : 'large',
  }))
  const listHash = must(hashOfList(entrants, hash))
  const request = { entrants, listHash, publicDraw: '双色球 2026-03-03: 03 08 11 17 26 32 + 05', places: 15 }

  test('anyone repeats it, in whatever order the list is held', () => {
    const draw = must(drawLottery(request, hash))
    expect(drawLottery({ ...request, entrants: entrants.toReversed() }, hash)).toEqual({
      ok: true,
      value: draw,
    })
  })
  test('places are shared by size of stratum, chances are kept, every rank is given once', () => {
    const { entrants: drawn } = must(drawLottery(request, hash))
    const of = (stratum: string): typeof drawn => drawn.filter((entrant) => entrant.stratum === stratum)
    expect(
      [of('small'), of('large')].map((group) => group.filter((entrant) => entrant.drawn).length),
    ).toEqual([10, 5])
    expect(drawn.every(({ chance }) => chance === 0.25)).toBe(true)
    expect(
      of('large')
        .map(({ rank }) => rank)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })
  test('places may be set for each stratum', () => {
    const { entrants: drawn } = must(drawLottery({ ...request, places: { small: 2, large: 30 } }, hash))
    expect(drawn.filter((entrant) => entrant.drawn)).toHaveLength(22)
  })
  test('places for a stratum that nobody is of are refused: a misspelt name gives nobody’s place away', () => {
    expect(drawLottery({ ...request, places: { smal: 2, large: 30 } }, hash)).toMatchObject({
      refusal: { code: 'evaluation.no_such_stratum', params: { stratum: 'smal' } },
    })
  })
  test('another public draw gives another result; one firm more gives another hash', () => {
    const other = must(drawLottery({ ...request, publicDraw: 'other' }, hash))
    expect(other.entrants).not.toEqual(must(drawLottery(request, hash)).entrants)
    const more = [...entrants, { id: 'late', stratum: 'small' }]
    expect(code(drawLottery({ ...request, entrants: more }, hash))).toBe('evaluation.list_changed')
  })
  test.each([
    [{ entrants: [] }, 'evaluation.empty_list'],
    [{ entrants: [...entrants, entrants[0]!] }, 'evaluation.entered_twice'],
    [{ publicDraw: ' ' }, 'evaluation.no_public_draw'],
    [{ places: 1.5 }, 'evaluation.places_not_whole'],
    [{ places: { small: -1 } }, 'evaluation.places_not_whole'],
  ])('a draw that is none is refused (%#)', (change, expected) =>
    expect(code(drawLottery({ ...request, ...change }, hash))).toBe(expected),
  )
  test('over many public draws everyone is drawn about as often', () => {
    const counts = new Map<string, number>()
    for (let day = 0; day < 800; day++)
      for (const { id, drawn } of must(drawLottery({ ...request, publicDraw: `day ${day}` }, hash)).entrants)
        counts.set(id, (counts.get(id) ?? 0) + (drawn ? 1 : 0))
    // 200 expected each; five standard deviations are 61
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(61)
  })
  test('phase-in: waves differ by one district at most and cover all', () => {
    const units = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const list = must(
      hashOfList(
        units.map((id) => ({ id, stratum: '' })),
        hash,
      ),
    )
    const { waves } = must(drawPhaseIn({ units, waves: 3, listHash: list, publicDraw: 'x' }, hash))
    const sizes = [1, 2, 3].map((wave) => waves.filter((row) => row.wave === wave).length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(7)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    expect(code(drawPhaseIn({ units, waves: 8, listHash: list, publicDraw: 'x' }, hash))).toBe(
      'evaluation.places_not_whole',
    )
  })
})

describe('the locked cut-off', () => {
  const rule = { programme: 'p', score: '40 技术 + 60 需求', threshold: 60, opensAt: 1_000 }
  const locked: LockedCutoff = must(lockCutoff(rule, 999, hash))

  test('it is locked before opening, and its hash moves with the threshold', () => {
    expect(code(lockCutoff(rule, 1_000, hash))).toBe('evaluation.locked_too_late')
    expect(must(lockCutoff({ ...rule, threshold: 61 }, 999, hash)).lockHash).not.toBe(locked.lockHash)
  })
  test('the score decides; no score selects nobody', () => {
    expect(must(decideByCutoff(locked, { id: 'a', score: 60 })).selected).toBe(true)
    expect(must(decideByCutoff(locked, { id: 'a', score: 59.99 })).selected).toBe(false)
    expect(must(decideByCutoff(locked, { id: 'a', score: null })).selected).toBe(false)
  })
  test('an override needs two different people and a reason, and stays on record', () => {
    const override = { select: true, signedBy: ['甲', '乙'], reason: 'national project' }
    const low = { id: 'a', score: 50 }
    expect(must(decideByCutoff(locked, low, override))).toMatchObject({
      selected: true,
      byRule: false,
      override,
    })
    for (const weak of [{ signedBy: ['甲', '甲 '] }, { signedBy: ['甲', ''] }, { reason: ' ' }])
      expect(code(decideByCutoff(locked, low, { ...override, ...weak }))).toBe('evaluation.override_unsigned')
    expect(must(decideByCutoff(locked, { id: 'a', score: 70 }, override)).override).toBeNull()
  })
  test('the report counts overrides, missing scores and heaping', () => {
    const random = seededRandom('scores')
    const decisions: CutoffDecision[] = Array.from({ length: 1600 }, (_, index) => {
      const score = index % 10 === 0 ? null : Math.round(600 * random.next() + 300) / 10
      return must(decideByCutoff(locked, { id: String(index), score }))
    })
    const clean = reportCutoff(locked, decisions)
    expect(clean).toMatchObject({ design: 'sharp', overrides: 0, missingScores: 160 })
    expect(clean.missingAmongSelected!.pValue).toBeLessThan(0.001)
    const heaped = decisions.map((decision, index) =>
      index % 3 > 0 && decision.score !== null && decision.score > 54 && decision.score < 60
        ? { ...decision, score: 60 + (decision.score - 54) / 10, selected: true, byRule: true }
        : decision,
    )
    expect(reportCutoff(locked, heaped).manipulation!.pValue).toBeLessThan(0.01)
    const bent = must(
      decideByCutoff(locked, { id: 'x', score: 1 }, { select: true, signedBy: ['a', 'b'], reason: 'r' }),
    )
    expect(reportCutoff(locked, [...decisions, bent])).toMatchObject({
      design: 'fuzzy',
      overrides: 1,
      selectedBelow: 1,
    })
  })
})

describe('natural breaks', () => {
  test('the day the pool ran out: those in time lie on the right', () => {
    const random = seededRandom('stop')
    const day = 86_400_000
    const applications = Array.from({ length: 600 }, () => {
      const days = 60 * random.next() - 30
      return { appliedAt: days * day, outcome: (days <= 0 ? 4 : 0) + 0.01 * days + 0.2 * random.normal() }
    })
    const result = must(discontinuity(aroundTheStop(applications, 0)))
    expect(Math.abs(result.estimate - 4)).toBeLessThan(0.3)
  })
  test('a cap of 200万 at 30 % binds at 666.7万 and ends a slope of 0.3', () => {
    const { contract, slopeChange } = must(kinkOfCap(2_000_000, 0.3))
    expect(contract).toBeCloseTo(6_666_666.67, 1)
    expect(slopeChange).toBe(-0.3)
    expect(code(kinkOfCap(2_000_000, 0))).toBe('evaluation.bad_option')
  })
})

describe('the outcome panel', () => {
  const members: PanelMember[] = Array.from({ length: 40 }, (_, index) => {
    const treated = index % 2 === 0
    const last = treated || index % 4 === 1 ? 36 : 5
    return {
      id: String(index),
      treated,
      months: new Map(Array.from({ length: 24 + last + 1 }, (_, at) => [at - 24, 1])),
    }
  })
  test('attrition is told by month and group', () => {
    const report = attritionOf(members)
    expect(report).toHaveLength(61)
    expect(report.find(({ month }) => month === 0)).toMatchObject({ missingTreated: 0, missingControl: 0 })
    const later = report.find(({ month }) => month === 12)!
    expect(later).toMatchObject({ missingTreated: 0, missingControl: 0.5 })
    expect(later.pValue!).toBeLessThan(0.01)
    expect(attritionOf(members, 6)).toHaveLength(31)
  })
  test('balance shows what differed before', () => {
    const treated = Float64Array.from({ length: 40 }, (_, row) => row % 2)
    const age = Float64Array.from(treated, (group, row) => group * 3 + (row % 5))
    const [row] = balanceOf({ age }, treated)
    expect(row!.standardised!).toBeGreaterThan(1)
    expect(balanceOf({ age: new Float64Array(40).fill(2) }, treated)[0]!.standardised).toBeNull()
  })
})

describe('power before launch', () => {
  const plan = { deviation: 1.5, explained: 0.6, treatedShare: 0.5 }
  test('the published example: 300 firms see 0.31 log points', () => {
    expect(must(minimumDetectableEffect(plan, 300))).toBeCloseTo(0.31, 2)
  })
  test('units needed and the effect they see are inverse to each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 100_000 }), (units) => {
        const effect = must(minimumDetectableEffect(plan, units))
        expect(Math.abs(must(unitsNeeded(plan, effect)) - units)).toBeLessThanOrEqual(1)
      }),
    )
  })
  test('drawing whole clusters costs power', () => {
    const clustered = { ...plan, clusterSize: 20, intraCluster: 0.1 }
    expect(
      must(minimumDetectableEffect(clustered, 300)) / must(minimumDetectableEffect(plan, 300)),
    ).toBeCloseTo(Math.sqrt(2.9), 12)
  })
  test.each([{ deviation: 0 }, { explained: 1 }, { treatedShare: 0 }, { power: 2 }, { intraCluster: -1 }])(
    '%j is refused',
    (change) =>
      expect(code(minimumDetectableEffect({ ...plan, ...change }, 300))).toBe('evaluation.bad_option'),
  )
})
