import { expect, test } from 'vitest'
import { wayOf } from './way.ts'

type Events = Parameters<typeof wayOf>[0]['events']

function events(...steps: readonly [from: string, to: string, day: string][]): Events {
  return steps.map(([from, to, day]) => ({
    at: `${day}T02:00:00.000Z`,
    event: 'x',
    from,
    to,
    actorRole: 'clerk',
    actorName: '',
    reason: null,
    detail: {},
  }))
}

test('what is behind is done with its day, what is ahead has none', () => {
  const way = wayOf({
    state: 'announced',
    events: events(
      ['draft', 'submitted', '2024-03-01'],
      ['submitted', 'proposed', '2024-03-08'],
      ['proposed', 'announced', '2024-03-11'],
    ),
  })
  expect(way.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'draft done',
    'submitted done',
    'proposed done',
    'announced current',
    'granted ahead',
  ])
  expect(way[1]!.on).toBe('2024-03-01')
})

test('a refusal after an upheld objection stops at the notice, not at the review', () => {
  const way = wayOf({
    state: 'refused',
    events: events(
      ['draft', 'submitted', '2024-03-01'],
      ['submitted', 'proposed', '2024-03-08'],
      ['proposed', 'announced', '2024-03-11'],
      ['objected', 'refused', '2024-03-14'],
    ),
  })
  expect(way.map(({ id, state }) => `${id} ${state}`).slice(2)).toEqual([
    'proposed done',
    'refused stopped',
    'granted ahead',
  ])
})
