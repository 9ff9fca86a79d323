// D03 同一主体: two registrations that are one firm, by Fellegi and Sunter's linkage over name, address, phone, bank and
// legal representative. A firm is told by its credit code first, so every pair here has different codes. From 0.95 on it
// is a finding; between 0.5 and 0.95 a person should look, which the values say.
import { seededRandom } from '../../index.ts'
import { checked, detector } from '../detector.ts'
import {
  blockedPairs,
  judgedPairs,
  linkModel,
  type LinkField,
  type LinkInput,
  type Pairs,
} from '../mathematics/fellegi-sunter.ts'
import { applicantsAsked } from '../world/asked.ts'
import { compareTexts } from '../world/texts.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

const parameters = { leastProbability: 0.95, leastAgreements: 3, mostInBlock: 60 } as const

export const sameEntity = detector({
  id: 'D03',
  name: 'same_entity',
  version: 1,
  reach: 'firm',
  needs: ['firms', 'contacts', 'roles', 'applications'],
  parameters,
  weight: 0.5,
  decisive: [],
  detect(world, limits, report) {
    const { mostInBlock } = limits
    const model = world.population(`one entity ${mostInBlock}`, (all) => {
      const { input, candidates } = applicants(all, mostInBlock)
      return linkModel(input, candidates)
    })
    const { ids, records, candidates } =
      world.focus === undefined ? applicants(world, mostInBlock) : aboutFirm(world, mostInBlock)
    const { names, values, fields } = records
    for (const { left, right, weight, probability } of judgedPairs(fields, candidates, model)) {
      if (world.focus !== undefined && ids[left] !== world.focus && ids[right] !== world.focus) continue
      const agreed = names.filter(
        (_, index) => values[index]![left] !== '' && values[index]![left] === values[index]![right],
      )
      if (probability < limits.leastProbability || agreed.length < limits.leastAgreements) continue
      if (!agreed.includes('representative')) continue
      const firms = [ids[left]!, ids[right]!]
      report.suspect({
        subject: { table: 'firms', id: firms[0]! },
        firms,
        severity: probability,
        clauses: [
          {
            code: 'one_entity',
            values: { weight, probability, agreed: agreed.join(' ') },
            rows: firms.map((id) => ({ table: 'firms' as const, id })),
          },
        ],
        innocent: [checked('declared_group', world.find('firms', firms[0]!)?.declaredGroup !== null)],
        clears: ['two_register_extracts'],
      })
    }
  },
})

interface Records {
  readonly names: readonly string[]
  readonly values: readonly (readonly string[])[]
  readonly fields: readonly LinkField[]
}

function recordsOf(world: WorldIndex, ids: readonly string[]): Records {
  const columns = columnsOf(world, ids)
  const [names, values] = [Object.keys(columns), Object.values(columns)]
  const fields: LinkField[] = values.map((column, index) => ({
    values: column,
    compare: names[index] === 'name' ? 'likeness' : 'exact',
    termFrequency: names[index] !== 'name',
  }))
  return { names, values, fields }
}

function inputOf(
  fields: readonly LinkField[],
  blocks: readonly (readonly string[])[],
  mostInBlock: number,
): LinkInput {
  return { fields, blocks, random: seededRandom('supervision/same-entity'), mostInBlock }
}

function knownApplicants(world: WorldIndex): string[] {
  const applied = world.columns('applications')?.by('firm')
  return Array.from(world.columns('firms')?.codes('id') ?? [])
    .filter((id) => (applied?.of(id).length ?? 0) > 0)
    .map(world.texts.textOf)
}

interface Compared {
  readonly ids: readonly string[]
  readonly records: Records
  readonly input: LinkInput
  readonly candidates: Pairs
}

/** All applicants: the model is learnt from them, and they are judged by it. */
function applicants(world: WorldIndex, mostInBlock: number): Compared {
  return world.once(`applicants compared ${mostInBlock}`, () =>
    comparing(world, knownApplicants(world), mostInBlock),
  )
}

function comparing(world: WorldIndex, ids: readonly string[], mostInBlock: number): Compared {
  const records = recordsOf(world, ids)
  const input = inputOf(records.fields, records.values, mostInBlock)
  return { ids, records, input, candidates: blockedPairs(input) }
}

/** The firm that is looked at and those that share a block of at most so many with it. */
function aboutFirm(world: WorldIndex, most: number): Compared {
  const { focus, base } = world
  if (focus === undefined || base === undefined) return applicants(world, most)
  if (applicantsAsked(world).length === 0 || world.placeOf('firms', focus) < 0)
    return comparing(world, [], most)
  const { places, ids } = base.once('blocks', () => blocksOf(base))
  const own = recordsOf(world, [focus])
  const found = own.values.flatMap(([value], index) => {
    const others = (places[index]!.get(value!) ?? []).map((place) => ids[place]!)
    // The firm itself may be among them already.
    return value === '' || new Set([focus, ...others]).size > most ? [] : others
  })
  return comparing(world, [...new Set([...found, focus])].sort(compareTexts), most)
}

function blocksOf(world: WorldIndex): { ids: readonly string[]; places: Map<string, number[]>[] } {
  const ids = knownApplicants(world)
  const { values } = recordsOf(world, ids)
  return { ids, places: values.map((column) => grouped(column.keys(), (place) => column[place] || null)) }
}

function columnsOf(world: WorldIndex, ids: readonly string[]): Record<string, readonly string[]> {
  const contact = (kind: string) => (id: string) =>
    world.where('contacts', 'firm', id).find((row) => row.kind === kind)?.valueHash ?? ''
  const representative = (id: string): string =>
    world.where('roles', 'firm', id).find((role) => role.kind === 'legal_representative')?.holder ?? ''
  return {
    name: ids.map((id) => plainName(world.find('firms', id)!.name)),
    address: ids.map((id) => world.find('firms', id)!.addressHash ?? ''),
    phone: ids.map(contact('phone')),
    email: ids.map(contact('email')),
    bank: ids.map(contact('bank')),
    representative: ids.map(representative),
  }
}

/** The name without the words that every firm's name has. */
export function plainName(name: string): string {
  return name.replaceAll(/有限责任公司|股份有限公司|有限公司|公司|（[^）]*）|\([^)]*\)|\s/g, '')
}
