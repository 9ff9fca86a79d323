// D23 借壳重生: a firm that begins within a year after another's cap was used up, a sanction or its deregistration, and
// shares at least two of its person in control, address, phone or device, bank, and customers. s = shared / 5.
import { addDays } from '../../calendar/index.ts'
import { checked, detector, ref, type Clause } from '../detector.ts'
import { groupsOf } from '../relations/groups.ts'
import { listed, moneyOf } from '../relations/money.ts'
import { applicantsAsked } from '../world/asked.ts'
import type { Row, RowRef } from '../world/tables.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

const parameters = { withinDays: 365, leastShared: 2, leastCustomers: 3, mostSharers: 20 } as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const phoenix = detector({
  id: 'D23',
  name: 'phoenix',
  version: 1,
  reach: 'firm',
  needs: ['firms', 'roles', 'contacts', 'applications', 'vouchers', 'programmes', 'sanctions'],
  parameters,
  weight: 0.6,
  decisive: [],
  detect(world, limits, report) {
    const { focus } = world
    const ends = endsOf(world)
    const traits = traitsOf(world)
    for (const id of successors(world, ends)) {
      const firm = world.find('firms', id)
      if (firm === undefined) continue
      for (const before of candidates(world, firm, traits, limits)) {
        const end = ends(before)
        if (end === undefined || (focus !== undefined && id !== focus && before !== focus)) continue
        if (firm.registeredOn < end.on || firm.registeredOn > addDays(end.on, limits.withinDays)) continue
        const shared = sharedTraits(world, firm, before, limits)
        if (shared.length < limits.leastShared) continue
        report.suspect({
          subject: ref('firms', firm),
          firms: [id, before],
          severity: Math.min(1, shared.length / 5),
          clauses: [
            {
              code: `after_${end.why}`,
              values: { endedOn: end.on, registeredOn: firm.registeredOn },
              rows: [end.row, ref('firms', firm)],
            },
            ...shared,
          ],
          innocent: [
            checked(
              'declared_group',
              groupsOf(world, 'declared').together(id, before) && firm.declaredGroup !== null,
            ),
          ],
          clears: ['succession_approved', 'other_persons_in_charge'],
        })
      }
    }
  },
})

interface End {
  readonly on: string
  readonly why: 'cap' | 'sanction' | 'deregistration'
  readonly row: RowRef
}

/** When and why a firm ended. */
function endsOf(world: WorldIndex): (firm: string) => End | undefined {
  const whole = world.base ?? world
  const ends = whole.once('ends', () => allEnds(whole))
  // What was added can only use up the cap of the firm that is looked at.
  return (firm) =>
    firm === world.focus && ends.get(firm)?.why !== 'sanction' && ends.get(firm)?.why !== 'deregistration'
      ? (closed(world, firm) ?? usedUp(world, world.where('vouchers', 'firm', firm)))
      : ends.get(firm)
}

function allEnds(world: WorldIndex): Map<string, End> {
  const ends = new Map<string, End>()
  for (const [firm, vouchers] of grouped(world.rows('vouchers'), (voucher) => voucher.firm)) {
    const end = usedUp(world, vouchers)
    if (end) ends.set(firm, end)
  }
  for (const { id, deregisteredOn } of world.rows('firms'))
    if (deregisteredOn !== null) ends.set(id, closed(world, id)!)
  for (const sanction of world.rows('sanctions'))
    ends.set(sanction.firm, { on: sanction.from, why: 'sanction', row: ref('sanctions', sanction) })
  return ends
}

function closed(world: WorldIndex, id: string): End | undefined {
  const firm = world.find('firms', id)
  const on = firm?.deregisteredOn ?? null
  return on === null ? undefined : { on, why: 'deregistration', row: { table: 'firms', id } }
}

/** The voucher with which the vouchers of a firm reached the cap of its programme. */
function usedUp(world: WorldIndex, vouchers: readonly Row<'vouchers'>[]): End | undefined {
  const cap = world.find('programmes', vouchers[0]?.programme ?? null)?.firmCapFen ?? null
  let sum = 0
  for (const voucher of [...vouchers].sort((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1))) {
    sum += voucher.faceFen
    if (cap !== null && sum >= 0.98 * cap)
      return { on: voucher.issuedOn, why: 'cap', row: ref('vouchers', voucher) }
  }
  return undefined
}

/** Applicants, or the firm that is looked at and, if it ended, those that share something with it. */
function successors(world: WorldIndex, ends: (firm: string) => End | undefined): Iterable<string> {
  const { focus } = world
  if (focus === undefined || ends(focus) === undefined) return applicantsAsked(world)
  const sharing = traits(world, focus).flatMap(({ trait }) => {
    const [kind, value] = trait.split(' ') as [string, string]
    if (kind === 'address') return world.where('firms', 'addressHash', value).map(({ id }) => id)
    if (kind === 'person') return world.where('roles', 'holder', value).map(({ firm }) => firm)
    return world.where('contacts', 'valueHash', value).map(({ firm }) => firm)
  })
  return new Set([focus, ...sharing].filter((firm) => world.count('applications', 'firm', firm) > 0))
}

/** Ended firms by each trait that a successor could share. */
function traitsOf(world: WorldIndex): (trait: string) => readonly string[] {
  const whole = world.base ?? world
  const known = whole.once('traits of ended firms', () => {
    const ended = whole.once('ends', () => allEnds(whole))
    const pairs = [...ended.keys()].flatMap((firm) =>
      traits(whole, firm).map(({ trait }) => ({ trait, firm })),
    )
    return new Map(
      [...grouped(pairs, ({ trait }) => trait)].map(([trait, own]) => [trait, own.map(({ firm }) => firm)]),
    )
  })
  const { focus } = world
  if (focus === undefined) return (trait) => known.get(trait) ?? []
  const own = new Set(endsOf(world)(focus) ? traits(world, focus).map(({ trait }) => trait) : [])
  return (trait) => {
    const firms = known.get(trait) ?? []
    return own.has(trait) && !firms.includes(focus) ? [...firms, focus] : firms
  }
}

function candidates(
  world: WorldIndex,
  firm: Row<'firms'>,
  known: (trait: string) => readonly string[],
  limits: Limits,
): Set<string> {
  const found = new Set<string>()
  for (const { trait } of traits(world, firm.id))
    for (const other of known(trait).slice(0, limits.mostSharers)) if (other !== firm.id) found.add(other)
  return found
}

function traits(world: WorldIndex, id: string): { trait: string; code: string; row: RowRef }[] {
  const firm = world.find('firms', id)
  const persons = world
    .where('roles', 'firm', id)
    .filter((role) => role.kind === 'legal_representative' || role.kind === 'controller')
  const contacts = world
    .where('contacts', 'firm', id)
    .filter(({ kind }) => kind !== 'domain' && kind !== 'network')
  return [
    ...(firm?.addressHash
      ? [{ trait: `address ${firm.addressHash}`, code: 'same_address', row: ref('firms', firm) }]
      : []),
    ...persons.map((role) => ({
      trait: `person ${role.holder}`,
      code: 'same_controller',
      row: ref('roles', role),
    })),
    ...contacts.map((contact) => ({
      trait: `${contact.kind} ${contact.valueHash}`,
      code: contact.kind === 'bank' ? 'same_bank' : 'same_phone_or_device',
      row: ref('contacts', contact),
    })),
  ]
}

function sharedTraits(world: WorldIndex, firm: Row<'firms'>, before: string, limits: Limits): Clause[] {
  const others = new Map(traits(world, before).map((item) => [item.trait, item]))
  const clauses = new Map<string, Clause>()
  for (const { trait, code, row } of traits(world, firm.id)) {
    const other = others.get(trait)
    if (other === undefined || clauses.has(code) || crowded(world, trait, limits.mostSharers)) continue
    clauses.set(code, { code, values: { predecessor: before }, rows: [row, other.row] })
  }
  const customers = sharedCustomers(world, firm.id, before, limits.leastCustomers)
  if (customers) clauses.set(customers.code, customers)
  return [...clauses.values()]
}

/** An address or contact that many firms have says nothing about two of them. */
function crowded(world: WorldIndex, trait: string, most: number): boolean {
  const [kind, value] = trait.split(' ') as [string, string]
  if (kind === 'person') return false
  return (
    (kind === 'address'
      ? world.where('firms', 'addressHash', value)
      : world.where('contacts', 'valueHash', value)
    ).length > most
  )
}

function sharedCustomers(world: WorldIndex, firm: string, before: string, least: number): Clause | undefined {
  if (!world.has('payments') || !world.has('accounts')) return undefined
  const money = moneyOf(world)
  const earlier = new Map(listed(money.into(before)).map((flow) => [flow.from, flow]))
  const same = [...new Map(listed(money.into(firm)).map((flow) => [flow.from, flow])).values()].filter(
    (flow) => earlier.has(flow.from),
  )
  if (same.length < least) return undefined
  const rows = same.flatMap((flow) => [
    ref('payments', flow.payment),
    ref('payments', earlier.get(flow.from)!.payment),
  ])
  return { code: 'same_customers', values: { customers: same.length, predecessor: before }, rows }
}
