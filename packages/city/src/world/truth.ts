// The truth of a generated world. What schemes there will be, how well they hide and what should find them is settled
// before the first firm is made; members and contracts are named as each scheme is laid out. It is written apart from the
// world, where no detector reads it.
export const schemeKinds = {
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
export type SchemeKind = keyof typeof schemeKinds

export interface PlannedScheme {
  readonly id: string
  readonly kind: SchemeKind
  readonly difficulty: string
}

export interface Scheme extends PlannedScheme {
  readonly expects: readonly string[]
  /** firms that take part knowingly */
  readonly members: readonly string[]
}

export function planSchemes(each: number, difficulty: string): PlannedScheme[] {
  return (Object.keys(schemeKinds) as SchemeKind[]).flatMap((kind) =>
    Array.from({ length: each }, (_, index) => ({ id: `${kind}-${index + 1}`, kind, difficulty })),
  )
}

/** The truth as CSV, for the folder beside the world. */
export function writeTruth(schemes: readonly Scheme[]): string {
  const lines = schemes.map(({ id, kind, difficulty, expects, members }) =>
    [id, kind, difficulty, expects.join(' '), members.join(' ')].join(','),
  )
  return `${['id,kind,difficulty,expects,members', ...lines].join('\n')}\n`
}

export function readTruth(text: string): Scheme[] {
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [id, kind, difficulty, expects, members] = line.split(',') as [
        string,
        SchemeKind,
        string,
        string,
        string,
      ]
      return {
        id,
        kind,
        difficulty,
        expects: expects.split(' '),
        members: members.split(' ').filter((one) => one !== ''),
      }
    })
}
