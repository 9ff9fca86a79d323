// What everybody in the demo shares: the city, the clock, the people signed in, the cases and the count of events.
import type { BodyOf, Routes } from '@suanquan/api'
import type { Application, City, Month, Provider } from '@suanquan/city'
import { dayOf, type Day } from '@suanquan/core/calendar'
import type { RunningServer } from '@suanquan/server'
import type { Actor } from './actor.ts'
import type { Agenda } from './agenda.ts'
import type { DemoClock } from './clock.ts'

export interface Staff {
  readonly administrator: Actor
  readonly author: Actor
  /** prepares appropriations and batches; the other one approves them */
  readonly finance: readonly [Actor, Actor]
  /** by district; the city's own under the city's code */
  readonly reviewers: ReadonlyMap<string, Actor>
  readonly auditor: Actor
}

export interface Centre {
  readonly plan: Provider
  readonly organisationId: string
  readonly engineer: Actor
}

export type Invoice = BodyOf<Routes['submitClaim']>['invoices'][number]

/** A programme that the demo city has adopted; its events are counted under its name. */
export interface DemoProgramme {
  readonly name: 'voucher' | 'after_use' | 'deduction' | 'seller' | 'automatic'
  readonly adoptionId: string
}

/** One application as it goes along; what is null has not happened yet. */
export interface Case {
  readonly plan: Application
  readonly programme: DemoProgramme
  /** who applies: the firm's clerk, or the centre's engineer where the seller does */
  readonly clerk: Actor
  readonly organisationId: string
  readonly reviewer: Actor
  id: string | null
  number: string | null
  voucherId: string | null
  contractId: string | null
  /** the last day that was claimed for */
  claimedTo: Day | null
  /** the invoice of the last claim, which some try to use again */
  lastInvoice: Invoice | null
  /** slips that have happened: each happens once */
  readonly slipped: Set<string>
}

export interface Demo {
  readonly city: City
  readonly clock: DemoClock
  readonly agenda: Agenda
  readonly server: RunningServer
  readonly staff: Staff
  readonly centres: ReadonlyMap<string, Centre>
  readonly cases: readonly Case[]
  /** the vouchers' first */
  readonly programmes: readonly DemoProgramme[]
  readonly newKey: () => string
  /** what happened, counted under a name */
  readonly events: Map<string, number>
  /** by cluster: the last month whose accounting is in */
  readonly imported: Map<string, Month>
}

export function count(demo: Pick<Demo, 'events'>, event: string, times = 1): void {
  demo.events.set(event, (demo.events.get(event) ?? 0) + times)
}

/** An event of one programme: the vouchers' bear their plain names. */
export function countOf(demo: Pick<Demo, 'events'>, { name }: DemoProgramme, event: string, times = 1): void {
  count(demo, name === 'voucher' ? event : `${name}/${event}`, times)
}

export function today({ clock }: Pick<Demo, 'clock'>): Day {
  return dayOf(clock.now())
}
