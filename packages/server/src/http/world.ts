// What a handler gets and gives. A query reads; a command decides and stores inside one transaction and hands back
// the postings that close it, so that the ledger is always last. A handler sees no HTTP and no clock.
import type {
  AnswerOf,
  BodyOf,
  CodeOf,
  CommonCode,
  Grant,
  ParamsOf,
  QueryOf,
  Routes,
  RouteName,
} from '@suanquan/api'
import type { Decision, Refusal } from '@suanquan/core'
import type { Day, Instant } from '@suanquan/core/calendar'
import type { Kysely, Transaction } from 'kysely'
import type { PostingPlan } from '../database/plan.ts'
import type { Tables } from '../database/tables.ts'

export interface Person {
  readonly id: string
  readonly displayName: string
  readonly grants: readonly Grant[]
}

/** The file of an upload, whole and hashed before the handler runs. */
export interface UploadedFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

export interface Asked<Name extends RouteName> {
  readonly params: ParamsOf<Routes[Name]>
  readonly query: QueryOf<Routes[Name]>
  readonly body: BodyOf<Routes[Name]>
  readonly file: UploadedFile | null
  /** null on public routes without a session */
  readonly person: Person | null
  readonly at: Instant
  readonly today: Day
}

/** What a read was of, for the trail; a handler of a query may name it. */
export interface Touched {
  readonly kind: string
  readonly id: string | null
  readonly organisationId?: string | null
}

export interface ReadContext {
  readonly db: Kysely<Tables>
  readonly touch: (touched: Touched) => void
}

export interface CommandContext {
  readonly tx: Transaction<Tables>
  readonly newId: () => string
  readonly touch: (touched: Touched) => void
}

/** What a command leaves: whom it is about, and the postings that must all be accepted for it to count. */
export interface Outcome<Code extends string = string> {
  readonly subject: string
  readonly plan?: PostingPlan<Code>
  /** parts of the answer that are shown once and never stored: an enrolment code */
  readonly once?: Readonly<Record<string, unknown>>
  /** the session token to hand over, or null to take it away */
  readonly cookie?: string | null
}

type Codes<Name extends RouteName> = CodeOf<Routes[Name]> | CommonCode

export interface Query<Name extends RouteName> {
  readonly kind: 'query'
  readonly run: (
    asked: Asked<Name>,
    read: ReadContext,
  ) => Promise<Decision<AnswerOf<Routes[Name]>, Codes<Name>>>
}

export interface Command<Name extends RouteName> {
  readonly kind: 'command'
  /** runs before the transaction and outlives a refusal: what is slow, or is counted even when it fails */
  readonly check?: (asked: Asked<Name>, read: ReadContext) => Promise<Decision<null, Codes<Name>>>
  readonly run: (
    asked: Asked<Name>,
    context: CommandContext,
  ) => Promise<Decision<Outcome<Codes<Name>>, Codes<Name>>>
  /** the answer, read after the commit; also what a retry with the same key is shown */
  readonly view: (subject: string, read: ReadContext, asked: Asked<Name>) => Promise<AnswerOf<Routes[Name]>>
}

/** What an act on many cases gets: each case is a command of its own, with its own transaction and its own key. */
export interface EachContext extends ReadContext {
  readonly act: <Name extends RouteName>(command: Command<Name>, one: OneAct<Name>) => Promise<Acted>
}

export interface OneAct<Name extends RouteName> {
  readonly name: Name
  readonly params: ParamsOf<Routes[Name]>
  readonly body: BodyOf<Routes[Name]>
  /** the same on a retry, so that what was done is not done twice */
  readonly key: string
}

export type Acted = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal }

/** An act on several cases at once; it has no transaction of its own. */
export interface Each<Name extends RouteName> {
  readonly kind: 'each'
  readonly run: (
    asked: Asked<Name>,
    context: EachContext,
  ) => Promise<Decision<AnswerOf<Routes[Name]>, Codes<Name>>>
}

export type Handler<Name extends RouteName> = Query<Name> | Command<Name> | Each<Name>

export type Handlers<Names extends RouteName = RouteName> = { readonly [Name in Names]: Handler<Name> }

export class RefusedError extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}
