// The truth of a generated world. What schemes there will be, how well they hide and what should find them is settled
// before the first firm is made; members and contracts are named as each scheme is laid out. It is written apart from the
// world, where no detector reads it. Two authors wrote schemes: the one who wrote the detectors, who knows what should
// find each, and an independent one, who knew the tables and the documented cases only and expects nothing.
export const authors = ['own', 'independent'] as const
export type Author = (typeof authors)[number]

const ownKinds = {
  S01: { name: 'nominee_shells', expects: ['D01', 'D04'] },
  S02: { name: 'affiliate_by_ownership', expects: ['D01'] },
  S03: { name: 'return_flow', expects: ['D05'] },
  S04: { name: 'return_through_persons', expects: ['D05'] },
  S05: { name: 'inflated_price', expects: ['D08', 'D07'] },
  S06: { name: 'split_contract', expects: ['D10'] },
  S07: { name: 'group_over_cap', expects: ['D10'] },
  S08: { name: 'invoice_in_two_cities', expects: ['D11a'] },
  S09: { name: 'edited_contract', expects: ['D11b'] },
  S10: { name: 'burn_in', expects: ['D15'] },
  S11: { name: 'mining', expects: ['D16'] },
  S12: { name: 'replayed_log', expects: ['D17'] },
  S13: { name: 'oversold_device', expects: ['D18'] },
  S14: { name: 'voucher_resale', expects: ['D19'] },
  S15: { name: 'applicant_factory', expects: ['D21'] },
  S16: { name: 'phoenix', expects: ['D23'] },
  S17: { name: 'relabelled_chip', expects: ['D18'] },
  S18: { name: 'corrupt_reviewer', expects: ['D26'] },
  S19: { name: 'two_programmes', expects: ['D12'] },
  S20: { name: 'undelivered', expects: ['D13'] },
  S21: { name: 'cover_quotes', expects: ['D22'] },
  S22: { name: 'undeclared_sister', expects: ['D02'] },
  S23: { name: 'hidden_operator', expects: ['D28'] },
  S24: { name: 'pictures_used_twice', expects: ['D11c'] },
} as const
const independentKinds = {
  I01: { name: 'divested_affiliate', expects: [] },
  I02: { name: 'own_machines_rented_back', expects: [] },
  I03: { name: 'subsidy_shared_as_services', expects: [] },
  I04: { name: 'one_purse', expects: [] },
  I05: { name: 'returned_after_subsidy', expects: [] },
  I06: { name: 'old_contract_new_paper', expects: [] },
  I07: { name: 'one_job_many_buyers', expects: [] },
  I08: { name: 'scripted_work', expects: [] },
  I09: { name: 'shaved_meter', expects: [] },
  I10: { name: 'two_prices', expects: [] },
  I11: { name: 'borrowed_names', expects: [] },
  I12: { name: 'silent_partner', expects: [] },
} as const
export const schemeKinds = { ...ownKinds, ...independentKinds } as const
export type OwnKind = keyof typeof ownKinds
export type IndependentKind = keyof typeof independentKinds
export type SchemeKind = OwnKind | IndependentKind

export interface PlannedScheme {
  readonly id: string
  readonly kind: SchemeKind
  readonly author: Author
  readonly difficulty: string
}

export interface Scheme extends PlannedScheme {
  readonly expects: readonly string[]
  /** firms that take part knowingly */
  readonly members: readonly string[]
  /** the support drawn wrongly: all that was redeemed, or the part of it that was not due */
  readonly amountFen: number
}

export function planSchemes(
  each: number,
  difficulty: string,
  by: readonly Author[] = authors,
): PlannedScheme[] {
  return (Object.keys(schemeKinds) as SchemeKind[]).flatMap((kind) => {
    const author = authorOf(kind)
    if (!by.includes(author)) return []
    return Array.from({ length: each }, (_, index) => ({
      id: `${kind}-${index + 1}`,
      kind,
      author,
      difficulty,
    }))
  })
}

function authorOf(kind: SchemeKind): Author {
  return kind in independentKinds ? 'independent' : 'own'
}

/** The truth as CSV, for the folder beside the world. */
export function writeTruth(schemes: readonly Scheme[]): string {
  const lines = schemes.map(({ id, kind, author, difficulty, amountFen, expects, members }) =>
    [id, kind, author, difficulty, amountFen, expects.join(' '), members.join(' ')].join(','),
  )
  return `${['id,kind,author,difficulty,amountFen,expects,members', ...lines].join('\n')}\n`
}

export function readTruth(text: string): Scheme[] {
  const lines = text.trimEnd().split('\n').slice(1)
  return lines.map((line) => {
    const [id, kind, author, difficulty, amountFen, expects, members] = line.split(',') as [
      string,
      ...string[],
    ]
    return {
      id,
      kind: kind as SchemeKind,
      author: author as Author,
      difficulty: difficulty!,
      amountFen: Number(amountFen),
      expects: words(expects!),
      members: words(members!),
    }
  })
}

function words(text: string): string[] {
  return text.split(' ').filter((one) => one !== '')
}
