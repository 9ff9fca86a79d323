// The fair-competition check of a programme (公平竞争审查条例, articles 8 to 10; from general knowledge, the city's own
// lawyer confirms it): terms that favour the place, name a provider or a platform, or close a list. A finding forbids
// nothing: the measure may state an exception of article 12, which people decide and sign for.
import type { CompetitionException, Programme, Provenance, Text } from './programme.ts'
import { referencesOf } from './references.ts'
import type { Expression, Place } from './types.ts'

export type CompetitionKind =
  | 'local_only'
  | 'local_terms'
  | 'named_provider'
  | 'named_platform'
  | 'closed_list'
  | 'origin'

export interface CompetitionFinding extends Place {
  readonly kind: CompetitionKind
  /** the article that it touches */
  readonly article: 8 | 9 | 10
  /** dotted path of the rule */
  readonly path: string
  readonly text: Text
  readonly cite: string | null
  /** what it reads that favours some, facts and `p.<parameter>` */
  readonly reads: readonly string[]
}

const ARTICLES: Readonly<Record<CompetitionKind, CompetitionFinding['article']>> = {
  local_only: 9,
  local_terms: 10,
  named_provider: 8,
  named_platform: 8,
  closed_list: 8,
  origin: 10,
}

/** What a rule reads tells what it favours. Where the applicant itself is registered is no term of the purchase. */
const FAVOURS: Readonly<Record<string, CompetitionKind>> = {
  'provider.region': 'local_only',
  'contract.settled_local': 'local_terms',
  'provider.at_designated_centre': 'named_provider',
  'contract.via_city_platform': 'named_platform',
  'contract.metered_on_platform': 'named_platform',
  'contract.via_data_exchange': 'named_platform',
  'provider.listed': 'closed_list',
  'contract.listed_product': 'closed_list',
  'applicant.in_partner_plan': 'closed_list',
  'contract.on_domestic_chips': 'origin',
}

interface Rule extends Provenance {
  readonly path: string
  readonly text: Text
  readonly is: Expression
  readonly place: Place
  /** decides whether there is support at all, or only how much */
  readonly decides: 'whether' | 'how_much'
}

/** @returns what a fair-competition review must look at, in the order of the programme; empty when nothing is favoured */
export function competitionFindings(programme: Programme): readonly CompetitionFinding[] {
  return rulesOf(programme).flatMap((rule) => {
    const { facts, parameters } = referencesOf(programme, [rule.is])
    const named = [...parameters].filter((name) => isListOfNames(programme, name))
    const reads = [
      ...[...facts].filter((fact) => Object.hasOwn(FAVOURS, fact)),
      ...named.map((name) => `p.${name}`),
    ]
    const kinds = new Set(reads.map((name) => kindOf(name, rule)))
    return [...kinds].map((kind) => ({
      kind,
      article: ARTICLES[kind],
      path: rule.path,
      text: rule.text,
      cite: rule.cite ?? null,
      reads: reads.filter((name) => kindOf(name, rule) === kind),
      line: rule.place.line,
      column: rule.place.column,
    }))
  })
}

/** Names a finding: one rule may favour in two ways. */
export function competitionKey({ path, kind }: Pick<CompetitionFinding, 'path' | 'kind'>): string {
  return `${path}.${kind}`
}

/** @returns the keys of the findings that no exception answers, in words and with a name under it */
export function unexplained(
  programme: Programme,
  exceptions: Readonly<Record<string, CompetitionException>>,
): readonly string[] {
  return competitionFindings(programme)
    .map(competitionKey)
    .filter((key) => {
      const given = exceptions[key]
      return given === undefined || given.reason.trim() === '' || given.signedBy.trim() === ''
    })
}

function isListOfNames({ parameters }: Programme, name: string): boolean {
  const type = parameters[name]!.type
  return type.kind === 'list' && type.of.kind === 'string'
}

/** Better terms for local compute are no closed door, and are told apart. */
function kindOf(name: string, { decides }: Rule): CompetitionKind {
  if (name.startsWith('p.')) return 'named_provider'
  const kind = FAVOURS[name]!
  return kind === 'local_only' && decides === 'how_much' ? 'local_terms' : kind
}

function rulesOf({ eligibility, awards }: Programme): readonly Rule[] {
  const conditions = [
    ...eligibility.map((item) => ({ item, path: `eligibility.${item.id}` })),
    ...awards.flatMap((award) =>
      award.eligibility.map((item) => ({ item, path: `awards.${award.id}.eligibility.${item.id}` })),
    ),
  ].map(({ item, path }): Rule => ({ ...item, path, is: item.require, decides: 'whether' }))
  const amounts = awards.flatMap(({ id, title, base, rate, round }): Rule[] => [
    { ...base, path: `awards.${id}.base`, place: round.place, decides: 'how_much' },
    ...(rate?.rows ?? []).map((row): Rule => ({
      ...row,
      path: `awards.${id}.rate.${row.id}`,
      text: title,
      is: row.when,
      decides: 'how_much',
    })),
  ])
  return [...conditions, ...amounts]
}
