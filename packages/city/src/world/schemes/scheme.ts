// What every scheme gets to work with, and what it answers: the firms that take part knowingly.
import type { Row } from '@suanquan/core/supervision'
import type { Draft } from '../draft.ts'
import { makeFirm, type FirmPlan } from '../firms.ts'
import { newProvider, type City, type Provider } from '../market.ts'

export interface Stage {
  readonly draft: Draft
  readonly city: City
  /** honest firms, to be used as parties who know of nothing */
  readonly honest: readonly Row<'firms'>[]
}

export type LayOut = (stage: Stage) => readonly string[]

/** A firm for a scheme that looks like any other. */
export function ordinary({ draft, city }: Stage, plan: FirmPlan = {}): Row<'firms'> {
  return makeFirm(draft, city.society, { addressHash: draft.secret(), agent: undefined, ...plan } as FirmPlan)
}

/** A provider that colludes; it has honest customers too. */
export function colluder({ draft, city }: Stage, plan: FirmPlan = {}): Provider {
  return newProvider(draft, city.society, plan)
}

export function honestProvider({ draft, city }: Stage): Provider {
  return draft.random.pick(city.providers)
}
