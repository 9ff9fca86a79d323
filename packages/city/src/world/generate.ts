// A whole world with schemes from one seed: first the truth, then the honest city, then the schemes and those who only
// look guilty, then the noise of real registers. The same seed gives the same bytes on every machine.
import type { Row, World } from '@suanquan/core/supervision'
import { newDraft } from './draft.ts'
import { makeHonestFirms, newSociety } from './firms.ts'
import { addHardNegatives } from './hard-negatives.ts'
import { difficulties, levels, type Difficulty, type Level } from './levels.ts'
import { newCity, streamOf } from './market.ts'
import { withNoise } from './noise.ts'
import { independentSchemes } from './schemes/independent/index.ts'
import { schemes } from './schemes/index.ts'
import type { Stage } from './schemes/scheme.ts'
import { honestPayments, honestPurchases } from './trade.ts'
import {
  authors as allAuthors,
  planSchemes,
  schemeKinds,
  type Author,
  type IndependentKind,
  type OwnKind,
  type PlannedScheme,
  type Scheme,
} from './truth.ts'

export interface WorldOptions {
  readonly level: Level
  readonly difficulty: Difficulty
  readonly seed: number | string
  /** whose schemes there are; both when not said */
  readonly authors?: Author | 'both'
}

export interface GeneratedWorld {
  readonly world: World
  readonly schemes: readonly Scheme[]
  /** honest firms that look guilty */
  readonly hardNegatives: readonly string[]
}

export function generateWorld({ level, difficulty, seed, authors = 'both' }: WorldOptions): GeneratedWorld {
  const size = levels[level]
  const stream = `${level}/${seed}`
  const planned = planSchemes(size.eachScheme, difficulty, authors === 'both' ? allAuthors : [authors])
  const draft = newDraft(streamOf(stream, 'world'), difficulties[difficulty], level)
  const society = newSociety(draft)
  const city = newCity(draft, society)
  const honest = makeHonestFirms(draft, society, Math.round(0.9 * size.firms) - city.providers.length)
  const applicants = applicantsAmong(honest)
  honestPayments(draft, honest, city)
  honestPurchases(draft, applicants, city, Math.round(0.9 * size.contracts))
  const bystanders = applicants.slice(0, Math.min(applicants.length, 400))
  const stage = { draft, city, honest: bystanders }
  const own = planned.filter(({ author }) => author === 'own').map((plan) => layOutOwn(stage, plan))
  const hardNegatives = addHardNegatives(draft, city, size.eachScheme)
  // Last and from a stream of their own: the rest of the world is the same whether they are there or not.
  const apart = { ...stage, draft: { ...draft, random: streamOf(stream, 'independent') } }
  const others = planned
    .filter(({ author }) => author === 'independent')
    .map((plan) => ({ ...plan, expects: [], ...independentSchemes[plan.kind as IndependentKind](apart) }))
  addMeters(draft)
  const world = withNoise(draft.tables, streamOf(stream, 'noise'))
  return { world, schemes: [...own, ...others], hardNegatives }

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

/** The amount is what was redeemed on the contracts of its members. */
function layOutOwn(stage: Stage, plan: PlannedScheme): Scheme {
  const kind = plan.kind as OwnKind
  const { contracts, redemptions } = stage.draft.tables
  const before = [contracts.length, redemptions.length] as const
  const members = schemes[kind](stage)
  const known = new Set(members)
  const guilty = contracts
    .slice(before[0])
    .filter(({ applicant, provider }) => known.has(applicant) || known.has(provider))
  const ids = new Set(guilty.map(({ id }) => id))
  const redeemed = redemptions.slice(before[1]).filter(({ contract }) => ids.has(contract))
  const amountFen = redeemed.reduce((sum, { subsidyFen }) => sum + subsidyFen, 0)
  return { ...plan, expects: schemeKinds[kind].expects, members, amountFen }
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
