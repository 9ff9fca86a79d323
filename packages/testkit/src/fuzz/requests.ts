// One request after another from the OpenAPI document: most of them whole, many with one thing wrong in the values, some
// with one thing wrong in the way they are sent. A request depends on the seed, its number and what the store holds.
import type { Random } from '@suanquan/core'
import { valueOf, type Schema, type Source } from './schema-values.ts'
import { addFile, SENDING, type Draft } from './sending.ts'
import { badText, spoilt, written } from './spoil.ts'

export interface Operation {
  readonly name: string
  readonly method: string
  /** with `{id}` where parameters stand */
  readonly path: string
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly required: boolean
    readonly schema: Schema
  }[]
  /** of a JSON body */
  readonly body?: Schema
  readonly upload: boolean
  readonly statuses: ReadonlySet<string>
}

export interface FuzzRequest {
  /** undefined where the request is for no route */
  readonly operation?: Operation
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** @param document what `writeOpenApi` gives */
export function operationsOf(document: Readonly<Record<string, unknown>>): Operation[] {
  const paths = document['paths'] as Record<string, Record<string, Record<string, unknown>>>
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const content = (
        operation['requestBody'] as { content?: Record<string, { schema: Schema }> } | undefined
      )?.content
      const body = content?.['application/json']?.schema
      return {
        name: String(operation['operationId']),
        method: method.toUpperCase(),
        path,
        parameters: (operation['parameters'] ?? []) as Operation['parameters'],
        ...(body === undefined ? {} : { body }),
        upload: content !== undefined && body === undefined,
        statuses: new Set(Object.keys(operation['responses'] as object)),
      }
    }),
  )
}

export function nextRequest(operation: Operation, source: Source, keys: string[]): FuzzRequest {
  const { random } = source
  const way = random.int(20)
  const wrong = way < 7 ? 'value' : way < 10 ? 'sending' : 'nothing'
  const draft = drafted(operation, source, wrong === 'value' ? random.pick(spoilable(operation)) : '')
  if (operation.method !== 'GET') draft.headers['idempotency-key'] = keyOf(random, keys)
  if (operation.upload) addFile(draft, random)
  if (wrong !== 'sending') return { operation, ...draft }
  const missing = random.pick(SENDING)(draft, random)
  return missing === 'elsewhere' ? draft : { operation, ...draft }
}

/** A request that fits its schema, all but the file of an upload. */
export function wholeRequest(operation: Operation, source: Source): FuzzRequest {
  return { operation, ...drafted(operation, source, '') }
}

function drafted(operation: Operation, source: Source, spoiledPlace: string): Draft {
  const draft: Draft = {
    method: operation.method,
    path: pathOf(operation, source, spoiledPlace) + queryOf(operation, source, spoiledPlace),
    headers: {},
  }
  if (operation.body !== undefined) addBody(draft, operation.body, source, spoiledPlace === 'body')
  return draft
}

function spoilable({ body, parameters, upload }: Operation): string[] {
  const places = parameters.filter((each) => each.in !== 'header').map((each) => `${each.in} ${each.name}`)
  return [
    ...places,
    ...(body === undefined ? [] : ['body', 'body', 'body']),
    ...(upload ? ['query unknown'] : []),
  ].concat(places.length === 0 && body === undefined ? ['query unknown'] : [])
}

function pathOf({ path, parameters }: Operation, source: Source, spoiledPlace: string): string {
  return path.replace(/([\w-]+)\/\{(\w+)\}/g, (_, noun: string, name: string) => {
    const { schema } = parameters.find((each) => each.in === 'path' && each.name === name)!
    const text = valueOf(schema, source, name === 'id' ? `${NOUNS[noun] ?? noun.replace(/s$/, '')}_id` : name)
    const shown = spoiledPlace === `path ${name}` ? badText(source.random).slice(0, 300) : String(text)
    return `${noun}/${encoded(shown)}`
  })
}

const NOUNS: Readonly<Record<string, string>> = {
  deliveries: 'delivery',
  inquiries: 'inquiry',
  people: 'person',
  receipts: 'application',
}

function queryOf({ parameters }: Operation, source: Source, spoiledPlace: string): string {
  const { random } = source
  const pairs = parameters.flatMap(({ name, in: place, required, schema }) => {
    if (place !== 'query') return []
    const spoiled = spoiledPlace === `query ${name}`
    if (!spoiled && !required && random.int(2) === 0) return []
    const value = spoiled ? badText(random).slice(0, 300) : String(valueOf(schema, source, name))
    return [`${name}=${encoded(value)}`, ...(spoiled && random.int(4) === 0 ? [`${name}=2`] : [])]
  })
  if (spoiledPlace === 'query unknown') pairs.push(`${random.pick(['__proto__', 'a[]', 'page[x]', ''])}=1`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** Percent-encoded as it stands, halves of surrogate pairs as the bytes they would be. */
function encoded(text: string): string {
  return /\p{Cs}/u.test(text) ? '%ED%A0%80' : encodeURIComponent(text)
}

function keyOf(random: Random, keys: string[]): string {
  if (keys.length > 0 && random.int(12) === 0) return random.pick(keys)
  const key = `key-${random.int(2 ** 31)}-${random.int(2 ** 31)}`
  keys.push(key)
  if (keys.length > 200) keys.shift()
  return key
}

function addBody(draft: Draft, schema: Schema, source: Source, spoiled: boolean): void {
  const { random } = source
  let value = valueOf(schema, source)
  if (spoiled) value = spoilt(value, random)
  draft.headers['content-type'] = 'application/json'
  draft.body = written(value)
}
