import { describe, expect, test } from 'vitest'
import { stationsOf, STOPS, wayToGoodEnd, type Station, type Visit } from './stations.ts'
import { ways } from './ways.ts'
import { statesOf } from './workflow.ts'

const { application } = ways.W1

function drawn(...states: string[]): readonly Station[] {
  const visits: Visit[] = states.map((state, index) => ({ state, on: `2024-03-0${index + 2}` }))
  return stationsOf(application, '2024-03-01', visits)
}

const words = (stations: readonly Station[]): string[] =>
  stations.map(({ state, phase, returns }) => `${state} ${phase}${returns > 0 ? ` ×${returns}` : ''}`)

describe('where a case stands', () => {
  test('behind it with its days, where it is, and the way ahead to its end', () => {
    const stations = drawn('submitted')
    expect(words(stations)).toEqual([
      'draft done',
      'submitted current',
      'proposed ahead',
      'announced ahead',
      'granted ahead',
    ])
    expect(stations.map(({ reachedOn }) => reachedOn)).toEqual(['2024-03-01', '2024-03-02', null, null, null])
    expect(stations.map(({ awaited }) => awaited)).toEqual(['clerk', 'reviewer', 'reviewer', 'public', null])
    expect(stations.map(({ limit }) => limit)).toEqual([null, 'review', null, 'notice', null])
  })

  test('a correction that is awaited is where it stands; once made it is only counted', () => {
    expect(words(drawn('submitted', 'correction')).slice(1, 4)).toEqual([
      'submitted done',
      'correction current',
      'submitted ahead',
    ])
    expect(words(drawn('submitted', 'correction', 'submitted', 'correction', 'submitted'))).toEqual([
      'draft done',
      'submitted current ×2',
      'proposed ahead',
      'announced ahead',
      'granted ahead',
    ])
  })

  test('an objection leads back to the notice', () => {
    expect(words(drawn('submitted', 'waiting', 'proposed', 'announced', 'objected')).slice(-3)).toEqual([
      'objected current',
      'announced ahead',
      'granted ahead',
    ])
  })

  test('after a refusal nothing is ahead', () => {
    expect(words(drawn('submitted', 'refused'))).toEqual(['draft done', 'submitted done', 'refused stopped'])
  })
})

describe.each(Object.values(ways))('way $id', (way) => {
  test.each([way.application, way.claim])('$id: every state leads to a good end or is a stop', (table) => {
    const ends = new Set<string>()
    for (const state of statesOf(table)) {
      const ahead = wayToGoodEnd(table, state)
      const end = ahead.at(-1) ?? state
      if (STOPS.has(state)) expect(ahead).toEqual([])
      else ends.add(end)
    }
    expect(ends.size).toBe(1)
    for (const end of ends) expect(STOPS.has(end)).toBe(false)
  })

  test('whatever can happen to a case, its picture begins with the first state and holds where it is once', () => {
    const table = way.application
    const walk = (state: string, visits: readonly Visit[]): void => {
      const stations = stationsOf(table, '2024-03-01', visits)
      expect(stations[0]!.state).toBe(table.initial)
      expect(stations.filter(({ phase }) => phase === 'current' || phase === 'stopped').length).toBeLessThan(
        2,
      )
      const last = stations.findLast(({ phase }) => phase !== 'ahead')!
      expect(last.state).toBe(state)
      if (visits.length === 7) return
      for (const { from, to } of table.transitions)
        if (from === state) walk(to, [...visits, { state: to, on: '2024-03-02' }])
    }
    walk(table.initial, [])
  })
})
