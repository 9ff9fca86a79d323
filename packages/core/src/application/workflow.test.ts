import { describe, expect, test } from 'vitest'
import {
  actorFor,
  actors,
  advance,
  allowedEvents,
  clawbackTable,
  clockOf,
  disbursementTable,
  fineRange,
  PERSONAL_FINE,
  rectificationTable,
  reviewedTable,
  statesOf,
  tierOf,
  ways,
  type ReviewPlan,
} from './index.ts'
import { sanctions } from '../policy/index.ts'

const PLANS: readonly ReviewPlan[] = [
  { tiers: ['district', 'city'], appeals: true },
  { tiers: ['district', 'city', 'finance'], appeals: true },
  { tiers: ['city', 'finance'], appeals: false },
  { tiers: ['city'], appeals: true },
]

const reviewed = PLANS.flatMap((plan) =>
  Object.values(ways).map(({ application }) => {
    const table = reviewedTable(application, plan)
    return { ...table, id: `${table.id}/${plan.tiers.join('-')}${plan.appeals ? '+appeal' : ''}` }
  }),
)

const tables = [
  ...Object.values(ways).flatMap(({ application, claim, project }) =>
    project === null ? [application, claim] : [application, claim, project],
  ),
  disbursementTable,
  ...reviewed,
  clawbackTable,
  rectificationTable,
]

/** Ends that only a correction or an appeal opens again: nobody is awaited in them. */
const ENDS = ['paid', 'settled', 'refused']

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

describe('review in tiers', () => {
  const plan = { tiers: ['district', 'city', 'finance'], appeals: false } as const
  const table = reviewedTable(ways.W1.application, plan)

  test('each tier is another actor, and the last one decides', () => {
    const path = [
      ['submitted', 'endorse', 'district_reviewer', 'review_city'],
      ['review_city', 'endorse', 'city_reviewer', 'review_finance'],
      ['review_city', 'send_back', 'city_reviewer', 'submitted'],
      ['review_city', 'refuse', 'city_reviewer', 'refused'],
      ['review_finance', 'send_back', 'finance', 'review_city'],
      ['review_finance', 'approve', 'finance', 'proposed'],
      ['review_finance', 'approve_waiting', 'finance', 'waiting'],
    ] as const
    for (const [from, event, role, to] of path) {
      expect(advance(table, from, event, role)).toEqual({ ok: true, value: to })
      expect(advance(table, from, event, 'reviewer').ok, `${from} ${event}`).toBe(false)
    }
    expect(advance(table, 'submitted', 'approve', 'district_reviewer').ok).toBe(false)
    expect(advance(table, 'review_finance', 'refuse', 'finance').ok).toBe(false)
  })

  test('a correction that any tier asks for brings the case back to the first one', () => {
    for (const [state, role] of [
      ['submitted', 'district_reviewer'],
      ['review_city', 'city_reviewer'],
      ['review_finance', 'finance'],
    ] as const)
      expect(advance(table, state, 'request_correction', role)).toEqual({ ok: true, value: 'correction' })
    expect(advance(table, 'correction', 'submit', 'clerk')).toEqual({ ok: true, value: 'submitted' })
    expect([tierOf(table, 'submitted'), tierOf(table, 'review_city'), tierOf(table, 'correction')]).toEqual([
      'district',
      'city',
      null,
    ])
  })

  test('one tier without appeals stays the table it was; what gains lines is version 2', () => {
    expect(reviewedTable(ways.W1.application, { tiers: ['city'], appeals: false })).toBe(ways.W1.application)
    expect(ways.W1.application.version).toBe(1)
    expect(table.version).toBe(2)
  })

  test('whoever may be several acts as the one that the table names', () => {
    expect(actorFor(table, 'submitted', 'endorse', ['district_reviewer', 'reviewer'])).toBe(
      'district_reviewer',
    )
    expect(actorFor(ways.W1.application, 'submitted', 'approve', ['city_reviewer', 'reviewer'])).toBe(
      'reviewer',
    )
    expect(actorFor(table, 'review_city', 'approve', ['city_reviewer', 'reviewer'])).toBe('reviewer')
  })
})

describe('the fine of the law is a range for people', () => {
  test('its numbers are those of the general law that programmes cite', () => {
    const [least, most] = sanctions.persons
    expect(PERSONAL_FINE).toEqual({ leastFen: least, mostFen: most })
    for (const basis of ['fraud', 'misuse'] as const) {
      const [leastFen, mostFen] = sanctions[basis]
      expect(fineRange(basis, 100n)).toEqual({ leastFen, mostFen })
    }
  })
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
