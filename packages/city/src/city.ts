// The whole demo city from one seed: the same seed gives the same bytes, on every machine.
import { seededRandom } from '@suanquan/core'
import { drawFirms, type Firm } from './organisations.ts'
import { afterUse, atBilling, bySeller, drawOther } from './other-programmes.ts'
import { drawApplications, windows2024, type Application, type Window } from './plans.ts'
import { drawProviders, type Provider } from './providers.ts'

export interface City {
  readonly seed: number | string
  readonly firms: readonly Firm[]
  readonly providers: readonly Provider[]
  /** in the order of the days on which they are handed in */
  readonly applications: readonly Application[]
  /** of the programme that supports after use, in the same order */
  readonly afterUse: readonly Application[]
  /** of the programme whose vouchers are deducted at billing */
  readonly atBilling: readonly Application[]
  /** of the programme for which the centres apply: the firm is the buyer */
  readonly bySeller: readonly Application[]
}

export const CITY_FIRMS = 340

export interface CityOptions {
  /** 3 to 600 */
  readonly firms?: number
  /** when applications are handed in; those of the programme year 2024 when left out */
  readonly windows?: readonly Window[]
}

export function buildCity(seed: number | string, options: CityOptions = {}): City {
  const { firms: count = CITY_FIRMS, windows = windows2024 } = options
  const random = seededRandom(seed).fork('city')
  const providers = drawProviders(random.fork('providers'))
  const firms = drawFirms(random.fork('firms'), count)
  const drawn = drawApplications(random.fork('plans'), firms, { providers, windows })
  const others = { providers, lastSerial: drawn.length }
  const after = drawOther(random.fork('after-use'), firms, { ...others, programme: afterUse })
  const lastSerial = drawn.length + after.length
  const billed = drawOther(random.fork('at-billing'), firms, { ...others, programme: atBilling, lastSerial })
  const sold = drawOther(random.fork('by-seller'), firms, {
    ...others,
    programme: bySeller,
    lastSerial: lastSerial + billed.length,
  })
  return {
    seed,
    firms,
    providers,
    applications: byDay(drawn),
    afterUse: byDay(after),
    atBilling: byDay(billed),
    bySeller: byDay(sold),
  }
}

function byDay(applications: readonly Application[]): readonly Application[] {
  return [...applications].sort((a, b) =>
    a.appliesOn < b.appliesOn ? -1 : a.appliesOn > b.appliesOn ? 1 : 0,
  )
}
