// The form of a message's kind: its audience, how binding it is, its words.
import type { Action, Role } from '../permissions.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

export interface MessageKind {
  readonly to: readonly Role[]
  /** who may do this to the case is told of it: the scope of the permission table holds */
  readonly action: Action
  /** for people of a firm: whose people */
  readonly of: 'applicant' | 'payee' | 'provider' | 'office'
  /** decisions and deadlines: always in the portal */
  readonly required: boolean
  /** sent by SMS unless the person says otherwise */
  readonly urgent: boolean
  readonly name: Words
  readonly title: Words
  readonly body: Words
}

export type Told = Pick<MessageKind, 'name' | 'title' | 'body'>
export type Audience = Pick<MessageKind, 'to' | 'action' | 'of'>

export const APPLICANT: Audience = { to: ['clerk', 'provider'], action: 'application.read', of: 'applicant' }
export const PAYEE: Audience = { to: ['clerk', 'provider'], action: 'claim.read', of: 'payee' }
export const PROVIDER: Audience = { to: ['provider'], action: 'deduction.make', of: 'provider' }
export const REVIEWER: Audience = { to: ['reviewer'], action: 'application.decide', of: 'office' }
export const CLAIM_REVIEWER: Audience = { to: ['reviewer'], action: 'claim.decide', of: 'office' }
export const finance = (action: Action): Audience => ({ to: ['finance'], action, of: 'office' })

/** A decision or a deadline: required, and urgent. */
export const binding = (audience: Audience, told: Told): MessageKind => ({
  ...audience,
  ...told,
  required: true,
  urgent: true,
})
/** Required, but nothing is lost when it is read tomorrow. */
export const stating = (audience: Audience, told: Told): MessageKind => ({
  ...audience,
  ...told,
  required: true,
  urgent: false,
})
export const informing = (audience: Audience, told: Told): MessageKind => ({
  ...audience,
  ...told,
  required: false,
  urgent: false,
})

export const words = (name: Words, title: Words, body: Words): Told => ({ name, title, body })
