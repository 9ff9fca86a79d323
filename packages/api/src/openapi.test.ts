// The OpenAPI document as its readers need it: valid in structure, complete against the route table.
import { describe, expect, test } from 'vitest'
import { writeOpenApi } from './openapi.ts'
import { routes, type RouteName } from './routes/index.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly security: readonly object[]
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: object }[]
  readonly requestBody?: { content: Record<string, { schema: object }> }
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
}

const document = writeOpenApi('1.2.3') as unknown as {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** Every `key` anywhere in the document, with where it stands. */
function every(key: string, part: unknown = document, at = '#'): { at: string; value: unknown }[] {
  if (part === null || typeof part !== 'object') return []
  return Object.entries(part).flatMap(([name, value]) => [
    ...(name === key ? [{ at, value }] : []),
    ...every(key, value, `${at}/${name}`),
  ])
}

describe('openapi.json', () => {
  test('is OpenAPI 3.1 with a title and the version it is asked for', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/)
    expect(document.info).toMatchObject({ version: '1.2.3' })
  })

  test('every reference leads to a schema, and every schema is used', () => {
    const references = every('$ref').map(({ value }) => String(value))
    const names = Object.keys(document.components.schemas)
    const dangling = references.filter(
      (text) => !names.some((name) => text === `#/components/schemas/${name}`),
    )
    expect(dangling).toEqual([])
    expect(names.filter((name) => !references.includes(`#/components/schemas/${name}`))).toEqual([])
    expect(names.filter((name) => !/^[A-Za-z0-9._-]+$/.test(name))).toEqual([])
  })

  test('has one operation for each route, named after it, in the order of the table', () => {
    expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(
      Object.keys(routes).sort(),
    )
    for (const { path, method, operation } of operations) {
      const route = routes[operation.operationId as RouteName]
      expect(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`).toBe(
        `${route.method} ${route.path}`,
      )
      expect(operation.security).toEqual(route.access === 'public' ? [] : [{ session: [] }])
    }
  })

  test('parameters of paths are declared and required, and no parameter twice', () => {
    for (const { path, operation } of operations) {
      const parameters = operation.parameters ?? []
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
      expect(inPath.map(({ name }) => name)).toEqual(named)
      expect(inPath.every(({ required }) => required)).toBe(true)
      const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  test('every answer has its content, every refusal is a Problem, and whoever needs a session can be refused', () => {
    for (const { operation } of operations) {
      expect(operation.responses['200']?.content).toBeDefined()
      for (const [status, response] of Object.entries(operation.responses)) {
        if (status === '200') continue
        expect(response.content).toEqual({
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        })
        expect(response.description.length).toBeGreaterThan(0)
      }
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '401', '403']))
    }
  })

  test('schemas are JSON Schema 2020-12: types are known, required names exist, patterns compile', () => {
    const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
    for (const { at, value } of every('type')) {
      if (typeof value === 'string' && !at.endsWith('/properties') && !at.includes('securitySchemes'))
        expect([at, types.includes(value)]).toEqual([at, true])
    }
    for (const { value } of every('pattern')) {
      if (typeof value === 'string') expect(() => new RegExp(value, 'u')).not.toThrow()
    }
    const schemas = [
      ...every('schema').map(({ value }) => value),
      ...Object.values(document.components.schemas),
    ]
    const check = (schema: unknown): void => {
      if (schema === null || typeof schema !== 'object') return
      const { required, properties } = schema as { required?: unknown; properties?: Record<string, unknown> }
      if (Array.isArray(required) && properties)
        expect(required.filter((name) => !(String(name) in properties))).toEqual([])
      Object.values(schema).forEach(check)
    }
    schemas.forEach(check)
  })
})
