// D11 重复票据、合同、图片: the same invoice handed in twice, in this city or another; two contracts whose texts are alike
// beyond the provider's template, with the same parties, period or amount; pictures that differ in at most six of 64 bits.
// Shingles that stand in more than 1 % of the contracts are boilerplate and are left out.
import { checked, detector, ref, refs } from '../detector.ts'
import { closeHashes, hamming, hashIndex } from '../mathematics/shingles.ts'
import { pairsOfContracts } from '../relations/alike-contracts.ts'
import type { Row } from '../world/tables.ts'
import { compareTexts } from '../world/texts.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

const parameters = {
  leastLikeness: 0.85,
  boilerplateShare: 0.01,
  leastBoilerplate: 8,
  mostBucket: 200,
} as const

export const duplicateInvoice = detector({
  id: 'D11a',
  name: 'duplicate_invoice',
  version: 2,
  reach: 'feeds',
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
        severity: sharedOut(invoices) ? 0.5 : 1,
        clauses: [
          sharedOut(invoices)
            ? {
                code: 'one_invoice_for_several_contracts',
                values: { contracts: invoices.length },
                rows: refs('invoices', invoices),
              }
            : {
                code: 'same_invoice',
                values: {
                  times: invoices.length,
                  cities: new Set(invoices.map((invoice) => invoice.city)).size,
                },
                rows: refs('invoices', invoices),
              },
        ],
        innocent: [
          checked('handed_in_again_after_refusal', undefined),
          checked('invoice_covers_several_contracts', sharedOut(invoices)),
        ],
        clears: ['tax_platform_record'],
      })
    }
  },
})

/** One buyer names it in one city for as many contracts as rows: it may cover them all, which people must look at. */
function sharedOut(invoices: readonly Row<'invoices'>[]): boolean {
  const contracts = new Set(invoices.map(({ contract }) => contract))
  const [buyers, cities] = [
    new Set(invoices.map(({ buyer }) => buyer)),
    new Set(invoices.map(({ city }) => city)),
  ]
  return buyers.size === 1 && cities.size === 1 && contracts.size === invoices.length && !contracts.has(null)
}

export const duplicateContract = detector({
  id: 'D11b',
  name: 'duplicate_contract',
  version: 2,
  reach: 'firm',
  needs: ['contracts'],
  parameters,
  weight: 0.6,
  decisive: [],
  detect(world, limits, report) {
    for (const { left, right, likeness: measure } of pairsOfContracts(world, limits)) {
      const shared = sharedFacts(left, right)
      if (shared.length === 0 || expected(left, right)) continue
      const likeness = measure()
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
  reach: 'firm',
  needs: ['documents', 'applications'],
  parameters: { mostBits: 6 },
  weight: 0.5,
  decisive: [],
  detect(world, limits, report) {
    for (const [left, right] of pairsOfPictures(world, limits.mostBits)) {
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

/** Pairs of pictures that differ in few bits: all, or those of the firm that is looked at. */
function pairsOfPictures(
  world: WorldIndex,
  most: number,
): readonly (readonly [Row<'documents'>, Row<'documents'>])[] {
  const { focus, base } = world
  const pictured = (rows: readonly Row<'documents'>[]): readonly Row<'documents'>[] =>
    rows.filter((document) => document.dhash !== null)
  const hashes = (rows: readonly Row<'documents'>[]): string[] => rows.map(({ dhash }) => dhash!)
  if (focus === undefined || base === undefined) {
    const all = pictured(world.rows('documents'))
    return closeHashes(hashes(all), most).map(([i, j]) => [all[i]!, all[j]!])
  }
  const below = base.once('pictures', () => {
    const all = pictured(base.rows('documents'))
    return { all, near: hashIndex(hashes(all)) }
  })
  const added = pictured(world.added('documents'))
  const own = world
    .where('applications', 'firm', focus)
    .flatMap(({ id }) => pictured(world.where('documents', 'application', id)))
  return own.flatMap((picture) =>
    [
      ...below.near(picture.dhash!, most).map((place) => below.all[place]!),
      ...added.filter((other) => hamming(other.dhash!, picture.dhash!) <= most),
    ].map((other) =>
      compareTexts(other.id, picture.id) < 0 ? ([other, picture] as const) : ([picture, other] as const),
    ),
  )
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
