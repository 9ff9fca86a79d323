import { describe, expect, test } from 'vitest'
import {
  advance,
  allowedEvents,
  clawbackTable,
  clockOf,
  disbursementTable,
  fineRange,
  rectificationTable,
  statesOf,
  ways,
  type Actor,
} from './index.ts'

const actors: readonly Actor[] = ['clerk', 'reviewer', 'finance', 'provider', 'public', 'system']

const tables = [
  ...Object.values(ways).flatMap(({ application, claim, project }) =>
    project === null ? [application, claim] : [application, claim, project],
  ),
  disbursementTable,
  clawbackTable,
  rectificationTable,
]

/** Ends that only a correction or an appeal opens again: nobody is awaited in them. */
const ENDS = ['paid', 'settled']

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
      for (const state of open)
        if (state !== 'new' && !ENDS.includes(state)) expect(clockOf(workflow, state), state).toBeDefined()
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

describe('the fine of the law is a range for people', () => {
  test('10 to 50 per cent of what was obtained by deception, 10 to 30 of what was misused, inside whole fen', () => {
    expect(fineRange('fraud', 1_000_001n)).toEqual({ leastFen: 100_001n, mostFen: 500_000n })
    expect(fineRange('misuse', 1_000_000n)).toEqual({ leastFen: 100_000n, mostFen: 300_000n })
  })

  test('none where the law knows none, and none of nothing', () => {
    expect(fineRange('acceptance_failed', 1_000_000n)).toBeNull()
    expect(fineRange('ineligible', 1_000_000n)).toBeNull()
    expect(fineRange('fraud', 0n)).toBeNull()
  })
})
