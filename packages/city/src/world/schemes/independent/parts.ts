// What the schemes of the second author share: firms behind firms, money that passes through hands, rows set right
// afterwards. `care` says how far the cheats go to hide.
import type { Row, TableName } from '@suanquan/core/supervision'
import { addDays, type Day } from '@suanquan/core/calendar'
import { between, dayBetween, lognormal, type Draft } from '../../draft.ts'
import { addRole, makePerson, type FirmPlan } from '../../firms.ts'
import type { Provider } from '../../market.ts'
import type { Observed } from '../../observed.ts'
import { purchase, type Purchase } from '../../purchase.ts'
import { invoice, pay } from '../../trade.ts'
import { colluder, ordinary, type Stage } from '../scheme.ts'

/** What a scheme answers: who took part knowingly, and the support that it drew wrongly. */
export interface Laid {
  readonly members: readonly string[]
  readonly amountFen: number
}
export type LayOutApart = (stage: Stage) => Laid

export const IDLE: Observed = {
  work: 'idle',
  declaredClass: 'serving',
  observedClass: null,
  image: 'vllm:0.5',
}

/** 0 for cheats who trust that nobody looks, 1 for careful ones, 2 for those who know what is looked at. */
export function care({ draft }: Stage): 0 | 1 | 2 {
  return Math.min(2, draft.knobs.extraHops) as 0 | 1 | 2
}

/** A contract sum that draws no eye: far from the threshold, from the firm's cap and from round numbers. */
export function modestFen({ draft }: Stage, medianFen = 3e7): number {
  return Math.round(Math.min(1.1e8, Math.max(6e6, lognormal(draft.random, medianFen, 0.5))))
}

/** Early enough that what follows redemption falls within the year that the sources cover. */
export function earlyDay({ draft }: Stage): Day {
  return dayBetween(draft.random, '2024-02-05', 80)
}

export function people(draft: Draft, count: number): string[] {
  return Array.from({ length: count }, () => makePerson(draft))
}

/** A provider that takes part and lives mostly of customers who know of nothing. */
export function dealer(stage: Stage, plan: FirmPlan = {}): Provider {
  const provider = colluder(stage, plan)
  for (let left = 2 + 2 * care(stage); left > 0; left--)
    purchase(
      stage.draft,
      stage.city,
      { firm: ordinary(stage), provider },
      { amountFen: modestFen(stage), months: 3 },
    )
  return provider
}

/** A firm that a stranger represents, most of which the holder owns. */
export function ownedBy(stage: Stage, holder: string, plan: FirmPlan = {}): Row<'firms'> {
  const firm = ordinary(stage, plan)
  giveShare(stage, { firm, holder, share: 0.7 })
  return firm
}

interface Given {
  readonly firm: Row<'firms'>
  readonly holder: string
  readonly share: number
}

/** Another holder beside those who are there; the founder, who holds the first share, keeps a tenth at least. */
export function giveShare({ draft }: Stage, { firm, holder, share }: Given): void {
  const held = draft.tables.roles.filter((role) => role.firm === firm.id && role.kind === 'shareholder')
  const others = held.slice(1).reduce((sum, role) => sum + role.share!, 0)
  amend(draft, 'roles', held[0]!.id, { share: Math.min(held[0]!.share!, 1 - others - share) })
  addRole(draft, { holder, firm: firm.id, kind: 'shareholder', share, from: firm.registeredOn })
}

/** Firms one above the other below the head; the last of them holds what is to be held. */
export function holdingsBelow(stage: Stage, head: string, count: number): string[] {
  const holdings: string[] = []
  for (let left = count; left > 0; left--)
    holdings.push(ownedBy(stage, holdings.at(-1) ?? head, { staff: 2 + stage.draft.random.int(6) }).id)
  return holdings
}

export interface Passing {
  /** holders of accounts, from the first to the last */
  readonly path: readonly string[]
  readonly paidOn: Day
  readonly amountFen: number
}

/** Money that goes through hands: each keeps a little and takes its time. */
export function pass({ draft }: Stage, { path, paidOn, amountFen }: Passing): void {
  const { random, knobs } = draft
  let [on, left] = [paidOn, amountFen]
  for (let hop = 1; hop < path.length; hop++) {
    pay(draft, { from: path[hop - 1]!, to: path[hop]!, paidOn: on, amountFen: left })
    left = Math.round(left * (1 - between(random, 0.2, 0.6) * knobs.fee))
    on = addDays(on, 1 + random.int(knobs.delayDays))
  }
}

/** A payment with an invoice over services behind it. */
export function payForServices(
  draft: Draft,
  flow: { readonly from: string; readonly to: string; readonly paidOn: Day; readonly amountFen: number },
): void {
  pay(draft, flow)
  invoice(draft, { ...flow, seller: flow.to, buyer: flow.from, category: 'service' })
}

/** A sum in so many uneven pieces. */
export function pieces({ draft }: Stage, sumFen: number, count: number): number[] {
  const weights = Array.from({ length: count }, () => between(draft.random, 0.6, 1.4))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => Math.round((sumFen * weight) / whole))
}

/** Sets facts of a row right that was made not long ago. */
export function amend<Name extends TableName>(
  draft: Draft,
  table: Name,
  id: string,
  facts: Partial<Row<Name>>,
): Row<Name> {
  const rows = draft.tables[table] as Row<Name>[]
  const at = rows.findLastIndex((row) => row.id === id)
  return (rows[at] = { ...rows[at]!, ...facts })
}

export function deviceOf(draft: Draft, usage: Row<'usage'>): Row<'devices'> {
  return draft.tables.devices.findLast(({ id }) => id === usage.device)!
}

export function supportFen(deals: readonly Purchase[]): number {
  return deals.reduce((sum, { redemption }) => sum + redemption.subsidyFen, 0)
}
