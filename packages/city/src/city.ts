// The whole demo city from one seed: the same seed gives the same bytes, on every machine.
import { seededRandom } from '@suanquan/core'
import { drawFirms, type Firm } from './organisations.ts'
import { drawApplications, type Application } from './plans.ts'
import { drawProviders, type Provider } from './providers.ts'

export interface City {
  readonly seed: number | string
  readonly firms: readonly Firm[]
  readonly providers: readonly Provider[]
  /** in the order of the days on which they are handed in */
  readonly applications: readonly Application[]
}

export const CITY_FIRMS = 340

/** @param count of firms, 3 to 600 */
export function buildCity(seed: number | string, count = CITY_FIRMS): City {
  const random = seededRandom(seed).fork('city')
  const providers = drawProviders(random.fork('providers'))
  const firms = drawFirms(random.fork('firms'), count)
  const drawn = drawApplications(random.fork('plans'), firms, providers)
  const applications = [...drawn].sort((a, b) =>
    a.appliesOn < b.appliesOn ? -1 : a.appliesOn > b.appliesOn ? 1 : 0,
  )
  return { seed, firms, providers, applications }
}
