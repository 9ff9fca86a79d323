// What the editor offers at the cursor: the keys and the values that the schema has at that place; in an expression the
// facts, parameters and definitions that it may name, and the members of a fact that it compares; clauses after `cite`.
import type { Said, Texts } from './look.ts'

export interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly description?: string
}

export interface Vocabulary {
  readonly schemas: Readonly<Record<keyof Texts, Schema>>
  readonly facts: readonly {
    readonly path: string
    readonly label: Said
    readonly type: Said
    /** of an enumeration: what it may be, each in words */
    readonly members: readonly { readonly name: string; readonly text: Said }[]
  }[]
}

export interface Offer {
  readonly label: string
  readonly kind: 'property' | 'enum' | 'variable' | 'constant'
  readonly detail: Said | null
}

export interface Offered {
  readonly vocabulary: Vocabulary
  readonly file: keyof Texts
  /** the programme’s text, for which cases are written, too */
  readonly programme: string
}

const KEY = /^(\s*)((?:- +)*)([\w.-]+):(?:\s|$)/

/** The keys above a line by indentation: `awards`, `caps`, `over`. A list item stands for its list. */
export function pathAt(lines: readonly string[], line: number, indent: number): readonly string[] {
  const path: string[] = []
  let below = indent
  for (let at = line - 1; at >= 0 && below > 0; at--) {
    const [, space = '', dashes = '', key = ''] = KEY.exec(lines[at]!) ?? []
    if (key === '' || space.length + dashes.length >= below) continue
    path.unshift(key)
    below = space.length
  }
  return path
}

interface Place {
  readonly path: readonly string[]
  readonly isKey: boolean
}

/** @param typed the line up to the cursor */
export function placeAt(lines: readonly string[], line: number, typed: string): Place {
  const block = KEY.exec(typed)
  const indent = /^\s*(?:- +)*/.exec(typed)![0].length
  const path = [...pathAt(lines, line, indent)]
  if (block !== null) path.push(block[3]!)
  const rest = typed.slice(block?.[0].length ?? indent)
  const open: { key: string | null; isMap: boolean }[] = []
  for (const [token, key] of rest.matchAll(/'[^']*'?|"[^"]*"?|([\w.-]+):(?=\s|$)|[{}[\],]/g)) {
    const top = open.at(-1)
    if (token === '{' || token === '[') open.push({ key: null, isMap: token === '{' })
    else if (token === '}' || token === ']') open.pop()
    else if (token === ',' && top !== undefined) top.key = null
    else if (key !== undefined && top?.isMap) top.key = key
  }
  const keys = open.flatMap(({ key }) => (key === null ? [] : [key]))
  const top = open.at(-1)
  const isKey = top === undefined ? block === null : top.isMap && top.key === null
  return { path: [...path, ...keys], isKey }
}

export function schemaAt(schema: Schema, path: readonly string[]): Schema | undefined {
  let here: Schema | undefined = schema
  for (const key of path) {
    if (here?.items) here = here.items
    const any: Schema | boolean | undefined = here?.additionalProperties
    here = here?.properties?.[key] ?? (typeof any === 'object' ? any : undefined)
  }
  return here?.items ?? here
}

/** What may be written where the cursor is, the likeliest kinds alone. */
export function offersAt(offered: Offered, lines: readonly string[], line: number, typed: string): Offer[] {
  const { path, isKey } = placeAt(lines, line, typed)
  const members = comparedMembers(offered.vocabulary, typed)
  if (members.length > 0) return members
  return isKey ? keysAt(offered, path) : valuesAt(offered, path)
}

/** After `applicant.kind == "` or `in ["`: what that fact may be. */
function comparedMembers(vocabulary: Vocabulary, typed: string): Offer[] {
  const compared = /([\w.]+)\s*(?:==|!=|in)\s*\[?(?:"\w*"\s*,\s*)*"\w*$/.exec(typed)?.[1]
  return membersOf(vocabulary, compared)
}

function membersOf({ facts }: Vocabulary, fact: string | undefined): Offer[] {
  const members = facts.find(({ path }) => path === fact)?.members ?? []
  return members.map(({ name, text }) => ({ label: name, kind: 'enum', detail: text }))
}

function keysAt(offered: Offered, path: readonly string[]): Offer[] {
  const properties = schemaAt(offered.vocabulary.schemas[offered.file], path)?.properties
  if (properties === undefined) return offered.file === 'cases' ? factsOf(offered) : []
  return Object.entries(properties).map(([label, { description }]) => ({
    label,
    kind: 'property',
    detail: description === undefined ? null : { zh: description, en: description },
  }))
}

function valuesAt(offered: Offered, path: readonly string[]): Offer[] {
  const { vocabulary, file, programme } = offered
  const last = path.at(-1) ?? ''
  const schema = schemaAt(vocabulary.schemas[file], path)
  const members = [schema, ...(schema?.anyOf ?? [])].flatMap(
    (each) => each?.enum ?? (typeof each?.const === 'string' ? [each.const] : []),
  )
  const ofFact = membersOf(vocabulary, last)
  if (ofFact.length > 0) return ofFact
  if (members.length > 0) return members.map((label) => ({ label, kind: 'enum', detail: null }))
  const names = namesIn(programme)
  const named = NAMED[last]?.(names)
  if (named !== undefined) return named.map((label) => ({ label, kind: 'constant', detail: null }))
  if (file === 'cases') return []
  return [
    ...factsOf(offered),
    ...names.parameters.map((label): Offer => ({ label: `p.${label}`, kind: 'variable', detail: null })),
    ...names.definitions.map((label): Offer => ({ label: `d.${label}`, kind: 'variable', detail: null })),
  ]
}

interface Names {
  readonly parameters: readonly string[]
  readonly definitions: readonly string[]
  readonly documents: readonly string[]
  readonly questions: readonly string[]
  readonly conditions: readonly string[]
  readonly awards: readonly string[]
  readonly caps: readonly string[]
  readonly clauses: readonly string[]
}

/** Keys whose value is the name of something in the programme. */
const NAMED: Readonly<Record<string, (names: Names) => readonly string[]>> = {
  cite: ({ clauses }) => clauses,
  evidence: ({ documents }) => documents,
  question: ({ questions }) => questions,
  binding: ({ caps }) => caps,
  award: ({ awards }) => awards,
  failed: ({ conditions }) => conditions,
}

/** The names that stand in a programme, read by line so that a text half written has them, too. */
export function namesIn(text: string): Names {
  const names: { -readonly [Key in keyof Names]: string[] } = {
    parameters: [],
    definitions: [],
    documents: [],
    questions: [],
    conditions: [],
    awards: [],
    caps: [],
    clauses: [],
  }
  const lists: Readonly<Record<string, keyof Names>> = {
    caps: 'caps',
    awards: 'awards',
    eligibility: 'conditions',
    open_questions: 'questions',
  }
  const lines = text.split('\n')
  let source = ''
  for (const [at, line] of lines.entries()) {
    const indent = /^\s*(?:- +)?/.exec(line)![0].length
    const path = pathAt(lines, at, indent)
    const under = path.at(-1) ?? ''
    const id = /^\s*-? *(?:\{ *)?id: *["']?(\w+)/.exec(line)?.[1]
    const key = /^\s*["']?([\w.]+)["']?:/.exec(line)?.[1]
    if (id !== undefined && under === 'sources') source = id
    const list = lists[under]
    if (id !== undefined && list !== undefined && !names[list].includes(id)) names[list].push(id)
    if (key === undefined) continue
    if (under === 'clauses') names.clauses.push(`${source}.${key}`)
    if (path.length === 1 && (under === 'parameters' || under === 'definitions' || under === 'documents'))
      names[under].push(key)
  }
  return names
}

function factsOf({ vocabulary }: Offered): Offer[] {
  return vocabulary.facts.map(({ path, label }) => ({ label: path, kind: 'variable', detail: label }))
}

/** What a word of the file means: a fact, or a key by its description; null without a meaning. */
export function meaningOf(word: string, { vocabulary, file }: Offered): Said | null {
  const fact = vocabulary.facts.find(({ path }) => path === word)
  if (fact !== undefined)
    return {
      zh: `${fact.label.zh}（${fact.type.zh}）`,
      en: `${fact.label.en} (${fact.type.en})`,
    }
  const described = describedIn(vocabulary.schemas[file], word)
  return described === null ? null : { zh: described, en: described }
}

function describedIn(schema: Schema, key: string): string | null {
  const own = schema.properties?.[key]?.description
  if (own !== undefined) return own
  const any = schema.additionalProperties
  const parts = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])]
  for (const part of typeof any === 'object' ? [...parts, any] : parts) {
    const found = describedIn(part, key)
    if (found !== null) return found
  }
  return null
}
