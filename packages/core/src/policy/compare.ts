// Two versions of a programme compared by what they say, not by how the file is laid out: every rule, number, cap, text
// and clause under its path, with its value written in one form.
import { writeValue } from './message.ts'
import type { Condition, Parameter, Programme, Provenance, RateRule, Text } from './programme.ts'
import { printed } from './check/printed.ts'
import type { Expression } from './types.ts'

export interface ProgrammeRule {
  /** dotted path: `parameters.rate`, `eligibility.registered`, `awards.compute.caps.enterprise_year` */
  readonly path: string
  readonly kind:
    | 'parameter'
    | 'definition'
    | 'condition'
    | 'amount'
    | 'rate'
    | 'cap'
    | 'leg'
    | 'stage'
    | 'term'
  readonly text: Text
  /** in one form: an expression of the profile, or a value */
  readonly is: string
  readonly cite: string | null
  readonly basis: Provenance['basis']
}

/** Every rule of a programme in the order of its file. */
export function rulesOf(programme: Programme): readonly ProgrammeRule[] {
  const rules: ProgrammeRule[] = []
  const add = (
    path: string,
    kind: ProgrammeRule['kind'],
    item: Provenance & { readonly text: Text },
    is: string,
  ): void => {
    rules.push({ path, kind, text: item.text, is, cite: item.cite ?? null, basis: item.basis })
  }
  for (const item of Object.values(programme.parameters))
    add(
      `parameters.${item.name}`,
      'parameter',
      { ...item, text: item.label },
      parameterValue(programme, item),
    )
  for (const item of Object.values(programme.definitions))
    add(`definitions.${item.name}`, 'definition', item, printed(item.is))
  const conditions = (path: string, list: readonly Condition[]): void => {
    for (const item of list) add(`${path}.${item.id}`, 'condition', item, printed(item.require))
  }
  const rates = (path: string, rule: RateRule | undefined): void => {
    if (rule === undefined) return
    const rows = rule.rows.map((row) => `${printed(row.when)} → ${printed(row.value)}`)
    const first = rule.default === undefined ? [] : [printed(rule.default)]
    add(path, 'rate', { ...rule, text: { zh: '支持比例', en: 'rate' } }, [...first, ...rows].join('; '))
  }
  conditions('eligibility', programme.eligibility)
  for (const award of programme.awards) {
    const path = `awards.${award.id}`
    conditions(`${path}.eligibility`, award.eligibility)
    add(`${path}.base`, 'amount', award.base, printed(award.base.is))
    rates(`${path}.rate`, award.rate)
    add(
      `${path}.round`,
      'term',
      { ...award.round, text: { zh: '取整', en: 'rounding' } },
      `${award.round.mode} ${award.round.to}`,
    )
    for (const cap of award.caps) add(`${path}.caps.${cap.id}`, 'cap', cap, capValue(cap))
  }
  if (programme.redemption !== undefined) {
    const { eligibility, legs, rate } = programme.redemption
    conditions('redemption.eligibility', eligibility)
    for (const leg of legs)
      add(`redemption.legs.${leg.id}`, 'leg', { basis: 'derived', ...leg }, printed(leg.is))
    rates('redemption.rate', rate)
  }
  for (const stage of programme.procedure?.stages ?? []) {
    const length = stage.within ?? stage.lasts
    const lasts = length === undefined ? '' : ` ${printed(length.length)} ${length.unit}`
    add(`procedure.${stage.id}`, 'stage', stage, `${stage.actor}${lasts}`)
  }
  const { governs } = programme
  add(
    'governs',
    'term',
    { ...governs, text: { zh: '适用期间', en: 'period governed' } },
    `${governs.by} ${governs.from}/${governs.to ?? ''}`,
  )
  return [...rules, ...rulesOfMoney(programme)]
}

/** Who bears the money, the voucher, and what providers may have in hand before they claim it. */
function rulesOfMoney({ funding, voucher, imprest }: Programme): readonly ProgrammeRule[] {
  const rule = (path: string, text: Text, item: Provenance, is: string): ProgrammeRule => {
    return { path, kind: 'term', text, is, cite: item.cite ?? null, basis: item.basis }
  }
  return [
    ...(funding ?? []).map(({ id, share, ...item }) =>
      rule(`funding.${id}`, item.text, item, `${share.numerator}/${share.denominator}`),
    ),
    ...(voucher === undefined
      ? []
      : [
          rule(
            'voucher',
            { zh: '券', en: 'voucher' },
            voucher,
            voucherTerms(voucher.usableUntil, voucher.claimsUntil),
          ),
        ]),
    ...(imprest === undefined
      ? []
      : [rule('imprest', { zh: '备用金', en: 'imprest' }, imprest, imprestTerms(imprest))]),
  ]
}

function imprestTerms({ share, amount, beyond, returnedWithin }: NonNullable<Programme['imprest']>): string {
  const bounds = [share, amount].filter((bound) => bound !== undefined).map(printed)
  return [...bounds, beyond, `${printed(returnedWithin.length)} ${returnedWithin.unit}`].join(' · ')
}

function voucherTerms(usable: Expression, claims: Expression | undefined): string {
  return [usable, ...(claims === undefined ? [] : [claims])].map(printed).join('; ')
}

function capValue(cap: Programme['awards'][number]['caps'][number]): string {
  const { limit, measure, subjects, period, counts } = cap
  return [printed(limit), measure, subjects.join('+'), period, counts.join('+')].join(' · ')
}

function parameterValue(programme: Programme, { type, bound, values }: Parameter): string {
  const style = { schema: programme.facts, language: 'zh' } as const
  const written = values.map(({ from, value }, index) => {
    const text = value === null ? '—' : writeValue(value, type, style)
    return index === 0 && values.length === 1 ? text : `${from} ${text}`
  })
  return [...written, ...(bound === 'exact' ? [] : [bound])].join(' · ')
}

export interface ProgrammeDifference {
  readonly path: string
  readonly text: Text
  /** null: the other version has no such thing */
  readonly before: string | null
  readonly after: string | null
}

/** What two versions say differently, in the order of the files; empty when they decide by the same words. */
export function compareProgrammes(before: Programme, after: Programme): readonly ProgrammeDifference[] {
  const [left, right] = [statements(before), statements(after)]
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((path) => {
    const [was, is] = [left.get(path), right.get(path)]
    if (was?.is === is?.is) return []
    return [{ path, text: (is ?? was)!.text, before: was?.is ?? null, after: is?.is ?? null }]
  })
}

function statements(programme: Programme): ReadonlyMap<string, { readonly text: Text; readonly is: string }> {
  const all = new Map<string, { text: Text; is: string }>()
  for (const { path, text, is, cite } of rulesOf(programme)) {
    all.set(path, { text, is })
    all.set(`${path}.text`, { text, is: text.zh })
    if (cite !== null) all.set(`${path}.cite`, { text, is: cite })
  }
  for (const [name, text] of Object.entries(programme.documents))
    all.set(`documents.${name}`, { text, is: text.zh })
  for (const { id, ask } of programme.openQuestions)
    all.set(`open_questions.${id}`, { text: ask, is: ask.zh })
  for (const source of programme.sources)
    for (const [clause, text] of Object.entries(source.clauses))
      all.set(`sources.${source.id}.${clause}`, { text, is: text.zh })
  return all
}
