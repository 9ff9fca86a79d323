// docs/reference/openapi.json is printed from the route table: an output, never an input.
import { z } from 'zod'
import { problem } from './problem.ts'
import { refusals } from './refusals/index.ts'
import { commonRefusals, type Route } from './route.ts'
import { routes } from './routes/index.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of the whole route table, keys in a stable order. */
export function writeOpenApi(version: string): Json {
  const components: Json = {}
  const paths: Record<string, Json> = {}
  for (const [name, each] of Object.entries(routes)) {
    const entry = each as unknown as Route
    const path = entry.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [entry.method.toLowerCase()]: operation(name, entry, components) }
  }
  schemaOf(problem, components)
  return {
    openapi: '3.1.0',
    info: { title: '算券 Suanquan', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'suanquan_session' } },
    },
  }
}

function operation(name: string, route: Route, components: Json): Json {
  const parameters = [
    ...parametersOf(route.params, 'path', components),
    ...parametersOf(route.query, 'query', components),
  ]
  if (route.method !== 'GET') {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      schema: { type: 'string', maxLength: 200 },
    })
  }
  if (route.transport === 'upload') {
    parameters.push({
      name: 'X-File-Name',
      in: 'header',
      required: true,
      schema: { type: 'string', maxLength: 600 },
    })
  }
  return {
    operationId: name,
    summary: route.summary.zh,
    description: route.summary.en,
    security: route.access === 'public' ? [] : [{ session: [] }],
    'x-permission': route.access,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(route, components),
    responses: responsesOf(route, components),
  }
}

function bodyOf(route: Route, components: Json): Json {
  if (route.transport === 'upload') {
    const file = { schema: { type: 'string', format: 'binary' } }
    return { requestBody: { required: true, content: { 'application/octet-stream': file } } }
  }
  if (route.method !== 'POST' && route.method !== 'PUT') return {}
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemaOf(route.body, components) } },
    },
  }
}

function responsesOf(route: Route, components: Json): Json {
  const content =
    route.transport === 'download'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: schemaOf(route.answer, components) } }
  const responses: Json = { '200': { description: 'done', content } }
  const byStatus = new Map<number, string[]>()
  for (const code of [...commonRefusals, ...route.refusals]) {
    const { status } = refusals[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b)) {
    responses[String(status)] = {
      description: codes.join(', '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
  }
  return responses
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query', components: Json): Json[] {
  const shape = (schema as z.ZodObject).shape as Record<string, z.ZodType>
  return Object.entries(shape).map(([name, each]) => ({
    name,
    in: place,
    required: place === 'path' || !each.safeParse(undefined).success,
    schema: schemaOf(each, components, 'input'),
  }))
}

/** A JSON Schema with named parts moved to the components. */
function schemaOf(schema: z.ZodType, components: Json, io: 'input' | 'output' = 'output'): Json {
  const whole = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json
  const definitions = (whole['$defs'] ?? {}) as Json
  delete whole['$defs']
  delete whole['$schema']
  for (const [name, part] of Object.entries(definitions)) components[name] = relocate(part)
  const moved = relocate(whole) as Json
  const id = moved['id']
  if (typeof id !== 'string') return moved
  components[id] = withoutId(moved)
  return { $ref: `#/components/schemas/${id}` }
}

function withoutId(schema: Json): Json {
  const { id: _, ...rest } = schema
  return rest
}

function relocate(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(relocate)
  if (part === null || typeof part !== 'object') return part
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/$defs/', '#/components/schemas/')]
        : [key, relocate(value)],
    ),
  )
}
