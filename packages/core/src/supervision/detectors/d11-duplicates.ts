// D11 重复票据、合同、图片: the same invoice handed in twice, in this city or another; two contracts whose texts are alike
// beyond the provider's template, with the same parties, period or amount; pictures that differ in at most six of 64 bits.
// Shingles that stand in more than 1 % of the contracts are boilerplate and are left out.
import { checked, detector, ref, refs } from '../detector.ts'
import {
  candidatePairs,
  closeHashes,
  hamming,
  jaccard,
  minHash,
  shingler,
  type Shingler,
} from '../mathematics/shingles.ts'
import type { Columns } from '../world/columns.ts'
import type { Row } from '../world/tables.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

const parameters = {
  leastLikeness: 0.85,
  boilerplateShare: 0.01,
  leastBoilerplate: 8,
  mostBucket: 200,
} as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const duplicateInvoice = detector({
  id: 'D11a',
  name: 'duplicate_invoice',
  version: 1,
  needs: ['invoices'],
  parameters: {},
  weight: 0.95,
  decisive: ['same_invoice'],
  detect(world, _, report) {
    const same = grouped(
      numberedTwice(world).filter((invoice) => invoice.redLetterOf === null),
      ({ number, issuedOn, amountFen, seller }) => `${number}|${issuedOn}|${amountFen}|${seller}`,
    )
    for (const invoices of same.values()) {
      if (invoices.length < 2) continue
      const [first] = invoices as [Row<'invoices'>]
      report.suspect({
        subject: ref('invoices', first),
        firms: [...new Set(invoices.map((invoice) => invoice.buyer))],
        severity: 1,
        clauses: [
          {
            code: 'same_invoice',
            values: { times: invoices.length, cities: new Set(invoices.map((invoice) => invoice.city)).size },
            rows: refs('invoices', invoices),
          },
        ],
        innocent: [checked('handed_in_again_after_refusal', false)],
        clears: ['tax_platform_record'],
      })
    }
  },
})

export const duplicateContract = detector({
  id: 'D11b',
  name: 'duplicate_contract',
  version: 1,
  needs: ['contracts'],
  parameters,
  weight: 0.6,
  decisive: [],
  detect(world, limits, report) {
    const each = shingler()
    const rare = rareShingles(world, each, limits)
    const table = world.columns('contracts')!
    const ownOf = (place: number): Uint32Array => {
      const own: number[] = []
      each(textAt(table, place), (shingle) => {
        if (rare(shingle)) own.push(shingle)
      })
      return Uint32Array.from(own).sort()
    }
    const places: number[] = []
    const signatures: Uint32Array[] = []
    for (const place of withText(table)) {
      const own = ownOf(place)
      if (own.length < LEAST_SHINGLES) continue
      places.push(place)
      signatures.push(minHash(own))
    }
    for (const [i, j] of candidatePairs(signatures, limits.mostBucket)) {
      const [left, right] = [table.row(places[i]!), table.row(places[j]!)]
      const shared = sharedFacts(left, right)
      if (shared.length === 0 || expected(left, right)) continue
      const likeness = jaccard(ownOf(places[i]!), ownOf(places[j]!))
      if (likeness < limits.leastLikeness) continue
      report.suspect({
        subject: ref('contracts', left),
        firms: [...new Set([left.applicant, right.applicant])],
        severity: likeness,
        clauses: [
          {
            code: 'alike_contracts',
            values: { likeness, shared: shared.join(' ') },
            rows: refs('contracts', [left, right]),
          },
        ],
        innocent: [checked('provider_template', false), checked('framework_call_off', false)],
        clears: ['both_contracts_with_acceptances'],
      })
    }
  },
})

export const duplicatePicture = detector({
  id: 'D11c',
  name: 'duplicate_picture',
  version: 1,
  needs: ['documents', 'applications'],
  parameters: { mostBits: 6 },
  weight: 0.5,
  decisive: [],
  detect(world, limits, report) {
    const pictures = world.rows('documents').filter((document) => document.dhash !== null)
    for (const [i, j] of closeHashes(
      pictures.map((picture) => picture.dhash!),
      limits.mostBits,
    )) {
      const [left, right] = [pictures[i]!, pictures[j]!]
      const [one, other] = [ownerOf(world, left), ownerOf(world, right)]
      if (one === other || one === undefined || other === undefined) continue
      const bits = hamming(left.dhash!, right.dhash!)
      report.suspect({
        subject: ref('documents', left),
        firms: [one, other],
        severity: 1 - bits / 64,
        clauses: [{ code: 'alike_pictures', values: { bits }, rows: refs('documents', [left, right]) }],
        innocent: [checked('stock_picture_of_the_provider', undefined)],
        clears: ['original_photographs'],
      })
    }
  },
})

/** The invoices whose number stands more than once: few, and all that can be the same. */
function numberedTwice(world: WorldIndex): Row<'invoices'>[] {
  const invoices = world.columns('invoices')!
  const [numbers, byNumber] = [invoices.codes('number'), invoices.by('number')]
  return Array.from(numbers.keys())
    .filter((place) => byNumber.of(numbers[place]!).length > 1)
    .map(invoices.row)
}

const LEAST_SHINGLES = 5
const SLOTS = 1 << 22

function withText(contracts: Columns<'contracts'>): number[] {
  const texts = contracts.codes('text')
  return Array.from(texts.keys()).filter((place) => texts[place]! >= 0)
}

/** The text of a contract, which is long and looked at once or twice: not kept as a string. */
function textAt(contracts: Columns<'contracts'>, place: number): Uint8Array {
  return contracts.texts.bytesOf(contracts.codes('text')[place]!)
}

/** Whether a shingle stands in no more contracts than copies ever would; counted in hashed slots, not one by one. */
function rareShingles(world: WorldIndex, each: Shingler, limits: Limits): (shingle: number) => boolean {
  const contracts = world.columns('contracts')!
  const places = withText(contracts)
  const counts = new Uint32Array(SLOTS)
  for (const place of places)
    each(textAt(contracts, place), (shingle) => {
      counts[shingle & (SLOTS - 1)]! += 1
    })
  const most = Math.max(limits.leastBoilerplate, limits.boilerplateShare * places.length)
  return (shingle) => counts[shingle & (SLOTS - 1)]! <= most
}

function sharedFacts(left: Row<'contracts'>, right: Row<'contracts'>): string[] {
  return [
    ...(left.applicant === right.applicant && left.provider === right.provider ? ['parties'] : []),
    ...(left.startsOn === right.startsOn && left.endsOn === right.endsOn ? ['period'] : []),
    ...(left.amountFen === right.amountFen ? ['amount'] : []),
  ]
}

/** Call-offs of one framework, and one period after another of the same parties. */
function expected(left: Row<'contracts'>, right: Row<'contracts'>): boolean {
  const sameParties = left.applicant === right.applicant && left.provider === right.provider
  const apart = left.endsOn <= right.startsOn || right.endsOn <= left.startsOn
  return (left.framework !== null && left.framework === right.framework) || (sameParties && apart)
}

function ownerOf(world: WorldIndex, document: Row<'documents'>): string | undefined {
  return world.find('applications', document.application)?.firm
}
