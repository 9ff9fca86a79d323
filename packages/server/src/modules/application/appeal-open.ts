// Until when a case can still be appealed against, for the page that offers it: what may be filed is decided when it is.
import { dayOf, type Day } from '@suanquan/core/calendar'
import { appealUntil, type InForce } from '../policy/index.ts'

interface Shown {
  readonly at: string
  readonly event: string
}

interface Asked {
  readonly events: readonly Shown[]
  readonly decisions: readonly string[]
  readonly inForce: InForce
  readonly today: Day
}

/** @param decisions the events that can be appealed against, as the case now stands */
export function appealOpenUntil({ events, decisions, inForce, today }: Asked): Day | null {
  const last = events.findLastIndex(({ event }) => decisions.includes(event))
  if (last < 0 || events.slice(last).some(({ event }) => event === 'lodge_appeal')) return null
  const until = appealUntil(inForce.terms, dayOf(Date.parse(events[last]!.at)))
  return until !== null && today <= until ? until : null
}
