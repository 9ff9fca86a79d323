import { describe, expect, test } from 'vitest'
import { advance, allowedEvents, clockOf, disbursementTable, statesOf, ways, type Actor } from './index.ts'

const actors: readonly Actor[] = ['clerk', 'reviewer', 'finance', 'provider', 'public', 'system']

const tables = [
  ...Object.values(ways).flatMap(({ application, claim }) => [application, claim]),
  disbursementTable,
]

describe.each(tables)('$id', (workflow) => {
  const states = statesOf(workflow)
  const events = [...new Set(workflow.transitions.map((each) => each.event))]

  test('peers 16 (Waldur, ColdFront): every pair of state and event that is not declared is refused, for every role', () => {
    let refused = 0
    for (const from of states) {
      for (const event of [...events, 'transfer', '']) {
        for (const role of actors) {
          const declared = workflow.transitions.find(
            (each) => each.from === from && each.event === event && each.role === role,
          )
          const outcome = advance(workflow, from, event, role)
          expect(outcome.ok).toBe(declared !== undefined)
          if (outcome.ok) expect(outcome.value).toBe(declared!.to)
          else refused += 1
        }
      }
    }
    expect(refused).toBe(states.length * (events.length + 2) * actors.length - workflow.transitions.length)
  })

  test('no state, event and role lead to two states', () => {
    const keys = workflow.transitions.map((each) => `${each.from}/${each.event}/${each.role}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('every state can be reached, and every state that someone can leave says who is awaited', () => {
    const reached = new Set([workflow.initial])
    for (let round = 0; round < states.length; round++) {
      for (const each of workflow.transitions) if (reached.has(each.from)) reached.add(each.to)
    }
    expect([...reached].sort()).toEqual([...states].sort())
    const open = new Set(workflow.transitions.map((each) => each.from))
    if (workflow.clocks.length > 0) {
      for (const state of open) if (state !== 'new') expect(clockOf(workflow, state), state).toBeDefined()
    }
  })
})

test('a refusal names the state and the event', () => {
  expect(advance(ways.W1.application, 'granted', 'withdraw', 'clerk')).toEqual({
    ok: false,
    refusal: { code: 'application.transition_not_allowed', params: { state: 'granted', event: 'withdraw' } },
  })
})

test('a clerk sees only what a clerk may do', () => {
  expect(allowedEvents(ways.W1.application, 'submitted', ['clerk']).map((each) => each.event)).toEqual([
    'withdraw',
  ])
})
