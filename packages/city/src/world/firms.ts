// Firms, their people, addresses, agents and accounts. A third sits in incubators and serviced offices, a quarter is
// registered by a bookkeeping agent that leaves its own phone and mail everywhere, a tenth is part of a declared group.
import type { Random } from '@suanquan/core'
import { addDays, type Day } from '@suanquan/core/calendar'
import type { Row } from '@suanquan/core/supervision'
import { between, chance, dayBetween, lognormal, momentOn, YEAR, type Draft } from './draft.ts'
import { levels } from './levels.ts'

export interface FirmPlan {
  readonly registeredOn?: Day
  readonly staff?: number
  readonly declaredStaff?: number
  readonly paidInFen?: number
  readonly revenueFen?: number
  readonly addressHash?: string
  readonly hasSite?: boolean
  readonly agent?: string
  readonly phone?: string
  readonly email?: string
  readonly bank?: string
  readonly device?: string
  readonly legalRepresentative?: string
  readonly controller?: string
  readonly declaredGroup?: string
  readonly deregisteredOn?: Day
  readonly name?: string
}

export interface Society {
  readonly incubators: readonly string[]
  readonly agents: readonly {
    readonly id: string
    readonly phone: string
    readonly email: string
    readonly network: string
  }[]
  readonly stateRoot: string
}

const DISTRICTS = ['990101', '990102', '990103']
const INDUSTRIES = ['I6513', 'I6531', 'I6450', 'C3491', 'C3670', 'M7320']
const SYLLABLES = [
  ...'澜岚璟翊珩钧曦霁筠昀澄琰骁翎穹砚沐禾栩熠瀚桁朔屹翮旸淏昶图数维码核元界识构链域智弈策源芯',
]
const TRADES = ['软件', '智能科技', '数据技术', '机器人', '汽车电子', '生物技术']

export function newSociety(draft: Draft): Society {
  const { firms } = levels[draft.level]
  const root = makeBare(draft, { name: '示例市国有资产监督管理委员会', stateRoot: true })
  return {
    incubators: Array.from({ length: Math.max(2, Math.round(firms / 110)) }, draft.secret),
    agents: Array.from({ length: Math.max(2, Math.round(firms / 160)) }, (_, index) => ({
      id: `agent-${index + 1}`,
      phone: draft.secret(),
      email: draft.secret(),
      network: draft.secret(),
    })),
    stateRoot: root.id,
  }
}

/** An ordinary firm, where the plan does not say otherwise. */
export function makeFirm(draft: Draft, society: Society, plan: FirmPlan = {}): Row<'firms'> {
  const { random } = draft
  const staff = plan.staff ?? Math.max(1, Math.round(lognormal(random, 18, 1.1)))
  const agent = plan.agent ?? (chance(random, 0.25) ? random.pick(society.agents).id : null)
  const age = Math.min(30, -7 * Math.log(1 - random.next())) * 365
  const firm = draft.add('firms', {
    id: firmId(random),
    name: plan.name ?? firmName(random),
    registeredOn: plan.registeredOn ?? addDays('2023-09-01', -Math.round(age)),
    deregisteredOn: plan.deregisteredOn ?? null,
    paidInFen: plan.paidInFen ?? Math.round(lognormal(random, 2e8, 1)),
    insuredStaff: staff,
    declaredStaff: plan.declaredStaff ?? Math.max(1, Math.round(staff * between(random, 0.95, 1.15))),
    lastYearRevenueFen: plan.revenueFen ?? Math.round(staff * lognormal(random, 4e7, 0.6)),
    industry: random.pick(INDUSTRIES),
    district: random.pick(DISTRICTS),
    addressHash: plan.addressHash ?? (chance(random, 0.3) ? random.pick(society.incubators) : draft.secret()),
    hasSite: plan.hasSite ?? !chance(random, 0.08),
    agent,
    declaredGroup: plan.declaredGroup ?? null,
    stateRoot: false,
  })
  addPeople(draft, firm, plan)
  addContacts(draft, society, firm, plan)
  draft.add('accounts', { id: accountOf(firm.id), holder: firm.id })
  return firm
}

export function accountOf(holder: string): string {
  return `account of ${holder}`
}

export function makePerson(draft: Draft): string {
  const person = draft.add('persons', { id: `p${draft.secret()}`, nameHash: draft.secret() })
  draft.add('accounts', { id: accountOf(person.id), holder: person.id })
  return person.id
}

export function addRole(
  draft: Draft,
  role: { holder: string; firm: string; kind: string; share?: number; from: Day; to?: Day },
): Row<'roles'> {
  return draft.add('roles', { to: null, share: null, ...role })
}

function addPeople(draft: Draft, firm: Row<'firms'>, plan: FirmPlan): void {
  const own = plan.legalRepresentative ?? makePerson(draft)
  const share = plan.declaredGroup === undefined ? between(draft.random, 0.51, 1) : 0.1
  const from = firm.registeredOn
  draft.add('roles', {
    holder: own,
    firm: firm.id,
    kind: 'legal_representative',
    share: null,
    from,
    to: null,
  })
  draft.add('roles', { holder: own, firm: firm.id, kind: 'shareholder', share, from, to: null })
  if (plan.controller !== undefined)
    draft.add('roles', {
      holder: plan.controller,
      firm: firm.id,
      kind: 'controller',
      share: null,
      from,
      to: null,
    })
}

function addContacts(draft: Draft, society: Society, firm: Row<'firms'>, plan: FirmPlan): void {
  const agent = society.agents.find(({ id }) => id === firm.agent)
  const values = {
    phone: plan.phone ?? agent?.phone ?? draft.secret(),
    email: plan.email ?? agent?.email ?? draft.secret(),
    network: agent?.network ?? draft.secret(),
    device: plan.device ?? draft.secret(),
    bank: plan.bank ?? draft.secret(),
  }
  for (const [kind, valueHash] of Object.entries(values))
    draft.add('contacts', { firm: firm.id, kind, valueHash, from: firm.registeredOn })
}

function makeBare(draft: Draft, { name, stateRoot }: { name: string; stateRoot: boolean }): Row<'firms'> {
  return draft.add('firms', {
    id: firmId(draft.random),
    name,
    registeredOn: '2003-06-01',
    deregisteredOn: null,
    paidInFen: null,
    insuredStaff: null,
    declaredStaff: null,
    lastYearRevenueFen: null,
    industry: 'S9120',
    district: DISTRICTS[0]!,
    addressHash: null,
    hasSite: null,
    agent: null,
    declaredGroup: null,
    stateRoot,
  })
}

/** Drawn, not counted, so that nothing can be read from the order of ids. */
function firmId(random: Random): string {
  return `F${Array.from({ length: 3 }, () => random.int(65_536).toString(36).padStart(4, '0')).join('')}`.toUpperCase()
}

function firmName(random: Random): string {
  const word = Array.from({ length: 4 }, () => random.pick(SYLLABLES)).join('')
  return `${word}示例${random.pick(TRADES)}有限公司`
}

/** The honest firms of the world: alone, in declared groups, owned by the state. */
export function makeHonestFirms(draft: Draft, society: Society, count: number): Row<'firms'>[] {
  const firms: Row<'firms'>[] = []
  const { random } = draft
  while (firms.length < count) {
    const draw = random.next()
    if (draw < 0.016) firms.push(...makeGroup(draft, society))
    else firms.push(makeFirm(draft, society))
    if (draw > 0.97)
      addRole(draft, {
        holder: society.stateRoot,
        firm: firms.at(-1)!.id,
        kind: 'shareholder',
        share: 0.4,
        from: firms.at(-1)!.registeredOn,
      })
  }
  return firms
}

/** A parent that owns two to eleven others, under one roof, with one treasury. */
function makeGroup(draft: Draft, society: Society): Row<'firms'>[] {
  const { random } = draft
  const [declaredGroup, addressHash] = [`group-${draft.secret()}`, draft.secret()]
  const parent = makeFirm(draft, society, { declaredGroup, addressHash })
  const members = [parent]
  for (let left = 1 + random.int(10); left > 0; left--) {
    const member = makeFirm(draft, society, { declaredGroup, addressHash })
    const share = between(random, 0.55, 0.9)
    addRole(draft, {
      holder: parent.id,
      firm: member.id,
      kind: 'shareholder',
      share,
      from: member.registeredOn,
    })
    members.push(member)
  }
  for (const member of members.slice(1))
    for (let month = 0; month < 3; month++) {
      const day = dayBetween(random, YEAR.first, 360)
      const amountFen = Math.round(lognormal(random, 5e7, 0.8))
      draft.add('payments', {
        fromAccount: accountOf(member.id),
        toAccount: accountOf(parent.id),
        at: momentOn(random, day),
        amountFen,
        contract: null,
      })
    }
  return members
}
