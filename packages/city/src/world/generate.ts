// A whole world with schemes from one seed: first the truth, then the honest city, then the schemes and those who only
// look guilty, then the noise of real registers. The same seed gives the same bytes on every machine.
import type { Row, World } from '@suanquan/core/supervision'
import { newDraft } from './draft.ts'
import { makeHonestFirms, newSociety } from './firms.ts'
import { addHardNegatives } from './hard-negatives.ts'
import { difficulties, levels, type Difficulty, type Level } from './levels.ts'
import { newCity, streamOf } from './market.ts'
import { withNoise } from './noise.ts'
import { schemes } from './schemes/index.ts'
import { honestPayments, honestPurchases } from './trade.ts'
import { planSchemes, schemeKinds, type Scheme } from './truth.ts'

export interface WorldOptions {
  readonly level: Level
  readonly difficulty: Difficulty
  readonly seed: number | string
}

export interface GeneratedWorld {
  readonly world: World
  readonly schemes: readonly Scheme[]
  /** honest firms that look guilty */
  readonly hardNegatives: readonly string[]
}

export function generateWorld({ level, difficulty, seed }: WorldOptions): GeneratedWorld {
  const size = levels[level]
  const stream = `${level}/${seed}`
  const planned = planSchemes(size.eachScheme, difficulty)
  const draft = newDraft(streamOf(stream, 'world'), difficulties[difficulty], level)
  const society = newSociety(draft)
  const city = newCity(draft, society)
  const honest = makeHonestFirms(draft, society, Math.round(0.9 * size.firms) - city.providers.length)
  const applicants = applicantsAmong(honest)
  honestPayments(draft, honest, city)
  honestPurchases(draft, applicants, city, Math.round(0.9 * size.contracts))
  const bystanders = applicants.slice(0, Math.min(applicants.length, 400))
  const laidOut = planned.map((plan) => ({
    ...plan,
    expects: schemeKinds[plan.kind].expects,
    members: schemes[plan.kind]({ draft, city, honest: bystanders }),
  }))
  const hardNegatives = addHardNegatives(draft, city, size.eachScheme)
  addMeters(draft)
  return { world: withNoise(draft.tables, streamOf(stream, 'noise')), schemes: laidOut, hardNegatives }

  /** Of each declared group one firm applies for all. */
  function applicantsAmong(firms: readonly Row<'firms'>[]): Row<'firms'>[] {
    const seen = new Set<string>()
    return firms.filter(({ declaredGroup, stateRoot, id }, place) => {
      if (stateRoot || place % 20 === 19) return false
      const group = declaredGroup ?? id
      if (seen.has(group)) return false
      seen.add(group)
      return true
    })
  }
}

/** What each centre's meter counted: its jobs, cooling and what idles. */
function addMeters(draft: ReturnType<typeof newDraft>): void {
  const centres = new Map(draft.tables.devices.map(({ id, centre }) => [id, centre]))
  const kwh = new Map<string, number>()
  for (const { device, energyKwh } of draft.tables.usage) {
    const centre = centres.get(device)!
    kwh.set(centre, (kwh.get(centre) ?? 0) + (energyKwh ?? 0))
  }
  for (const [centre, sum] of kwh)
    draft.add('meters', { centre, on: '2024-12-31', kwh: sum * (1.15 + 0.2 * draft.random.next()) })
}
