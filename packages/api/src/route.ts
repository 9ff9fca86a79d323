// A route is one typed value: method, path, who may, what goes in, what comes out and which refusals it can give.
// The server mounts the table, the client calls it, the OpenAPI writer prints it; nothing is said twice.
import type { Decision } from '@suanquan/core'
import { z } from 'zod'
import type { Action } from './permissions.ts'
import type { RefusalCode } from './refusals/index.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** How the body arrives or the answer leaves when it is not JSON; `events` are CloudEvents in any of their three modes. */
export type Transport = 'json' | 'upload' | 'download' | 'events'

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Code extends RefusalCode = RefusalCode,
> {
  readonly method: Method
  readonly path: `/api/${string}`
  readonly summary: { readonly zh: string; readonly en: string }
  /** the row of the permission table, or public */
  readonly access: Action | 'public'
  readonly transport: Transport
  /** its body may be as long as an upload */
  readonly large: boolean
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly answer: Answer
  readonly refusals: readonly Code[]
}

/** Refusals that any route can give, beside its own. */
export const commonRefusals = [
  'request.malformed',
  'request.not_found',
  'request.forbidden',
  'request.too_large',
  'request.too_many',
  'request.key_missing',
  'request.key_reused',
  'request.foreign_origin',
  'session.none',
  'session.expired',
] as const satisfies readonly RefusalCode[]

export type CommonCode = (typeof commonRefusals)[number]

const empty = z.object({})
type Empty = typeof empty

interface Options<P, Q, B, A, C> {
  readonly summary: { readonly zh: string; readonly en: string }
  readonly access: Action | 'public'
  readonly transport?: Transport
  readonly large?: boolean
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly answer: A
  readonly refusals?: readonly C[]
}

/** @param call `METHOD /api/path/:param` */
export function route<
  A extends z.ZodType,
  P extends z.ZodType = Empty,
  Q extends z.ZodType = Empty,
  B extends z.ZodType = Empty,
  const C extends RefusalCode = never,
>(call: `${Method} /api/${string}`, options: Options<P, Q, B, A, C>): Route<P, Q, B, A, C> {
  const [method, path] = call.split(' ') as [Method, `/api/${string}`]
  return {
    method,
    path,
    summary: options.summary,
    access: options.access,
    transport: options.transport ?? 'json',
    large: options.large ?? false,
    params: (options.params ?? empty) as P,
    query: (options.query ?? empty) as Q,
    body: (options.body ?? empty) as B,
    answer: options.answer,
    refusals: options.refusals ?? [],
  }
}

export type RouteTable = Readonly<Record<string, Route<z.ZodType, z.ZodType, z.ZodType, z.ZodType, never>>>

export type ParamsOf<R> =
  R extends Route<infer P, z.ZodType, z.ZodType, z.ZodType, infer _C> ? z.output<P> : never
export type QueryOf<R> =
  R extends Route<z.ZodType, infer Q, z.ZodType, z.ZodType, infer _C> ? z.output<Q> : never
export type BodyOf<R> =
  R extends Route<z.ZodType, z.ZodType, infer B, z.ZodType, infer _C> ? z.output<B> : never
export type AnswerOf<R> =
  R extends Route<z.ZodType, z.ZodType, z.ZodType, infer A, infer _C> ? z.output<A> : never
export type CodeOf<R> = R extends Route<z.ZodType, z.ZodType, z.ZodType, z.ZodType, infer C> ? C : never

/** What a handler gives back: the answer, or one of the refusals that its route declares. */
export type AnswerDecision<R> = Decision<AnswerOf<R>, CodeOf<R> | CommonCode>
