// S01 nominee shells on both sides, S02 an affiliate behind two hops of ownership, S22 an undeclared sister firm, S23 an
// operator that nobody names, S16 a firm that rises again after its predecessor's cap.
import { addDays } from '@suanquan/core/calendar'
import { between, dayBetween } from '../draft.ts'
import { addRole, makeFirm, makePerson } from '../firms.ts'
import { FIRM_CAP_FEN } from '../market.ts'
import { purchase, RATE } from '../purchase.ts'
import { colluder, honestProvider, ordinary, type LayOut } from './scheme.ts'

/** Six applicants and three providers, registered within days, directed by three nominees (SkillsFuture 2017). */
export const nomineeShells: LayOut = (stage) => {
  const { draft, city } = stage
  const { random } = draft
  const nominees = Array.from({ length: 3 }, () => makePerson(draft))
  const born = dayBetween(random, '2024-01-10', 40)
  const addressHash = draft.secret()
  const shell = {
    staff: 1,
    declaredStaff: 20,
    paidInFen: 0,
    revenueFen: 1_000_000,
    hasSite: false,
    addressHash,
  }
  const providers = nominees.map((person) =>
    colluder(stage, { ...shell, registeredOn: addDays(born, random.int(7)), controller: person }),
  )
  const applicants = Array.from({ length: 6 }, (_, place) => {
    const firm = makeFirm(draft, city.society, {
      ...shell,
      registeredOn: addDays(born, random.int(7)),
      controller: nominees[place % 3]!,
      agent: `agent-of-${nominees[0]}`,
    })
    purchase(
      draft,
      city,
      { firm, provider: providers[place % 3]! },
      { signedOn: addDays(born, 60 + random.int(60)) },
    )
    return firm
  })
  return [...applicants, ...providers.map(({ firm }) => firm)].map(({ id }) => id)
}

/** A holding that owns parts of both; half of the time it controls, else it only has a say. */
export const affiliate: LayOut = (stage) => {
  const { draft, city } = stage
  const { random } = draft
  const [firm, provider] = [ordinary(stage), colluder(stage)]
  const holding = ordinary(stage)
  const controls = random.next() < 0.5
  const share = (): number => (controls ? between(random, 0.55, 0.8) : between(random, 0.3, 0.48))
  let owner = holding
  for (let hop = 0; hop < draft.knobs.extraHops; hop++) {
    const between_ = ordinary(stage)
    addRole(draft, {
      holder: owner.id,
      firm: between_.id,
      kind: 'shareholder',
      share: 0.9,
      from: '2019-01-01',
    })
    owner = between_
  }
  addRole(draft, { holder: owner.id, firm: firm.id, kind: 'shareholder', share: share(), from: '2020-01-01' })
  addRole(draft, {
    holder: holding.id,
    firm: provider.firm.id,
    kind: 'shareholder',
    share: share(),
    from: '2020-01-01',
  })
  purchase(draft, city, { firm, provider })
  return [firm.id, provider.firm.id]
}

/** Two applicants that share phone, mail, bank and device, and no register entry. */
export const undeclaredSister: LayOut = (stage) => {
  const { draft, city } = stage
  const shared = {
    phone: draft.secret(),
    device: draft.secret(),
    bank: draft.secret(),
    email: draft.secret(),
  }
  const kinds = Object.keys(shared).slice(0, draft.knobs.sharedKeys) as (keyof typeof shared)[]
  const plan = Object.fromEntries(kinds.map((kind) => [kind, shared[kind]]))
  const firms = [ordinary(stage, plan), ordinary(stage, plan)]
  for (const firm of firms) purchase(draft, city, { firm, provider: honestProvider(stage) })
  return firms.map(({ id }) => id)
}

/** The buyer's own firm stands between centre and buyer, and nobody says so. */
export const hiddenOperator: LayOut = (stage) => {
  const { draft, city } = stage
  const person = makePerson(draft)
  const [firm, operator] = [ordinary(stage, { controller: person }), ordinary(stage, { controller: person })]
  const provider = colluder(stage)
  const { contract } = purchase(draft, city, { firm, provider })
  draft.add('operators', { contract: contract.id, hop: 1, firm: ordinary(stage).id, disclosed: true })
  draft.add('operators', {
    contract: contract.id,
    hop: 2,
    firm: operator.id,
    disclosed: draft.knobs.cover > 0.5,
  })
  return [firm.id, operator.id, provider.firm.id]
}

export const phoenix: LayOut = (stage) => {
  const { draft, city } = stage
  const { random } = draft
  const shared = { phone: draft.secret(), bank: draft.secret(), device: draft.secret() }
  const before = ordinary(stage, shared)
  const first = purchase(
    draft,
    city,
    { firm: before, provider: honestProvider(stage) },
    {
      amountFen: Math.round(FIRM_CAP_FEN / RATE),
      faceFen: FIRM_CAP_FEN,
      signedOn: dayBetween(random, '2024-01-20', 40),
    },
  )
  const kinds = (['bank', 'phone', 'device'] as const).slice(0, Math.max(1, draft.knobs.sharedKeys - 1))
  const after = ordinary(stage, {
    ...Object.fromEntries(kinds.map((kind) => [kind, shared[kind]])),
    registeredOn: addDays(first.voucher.issuedOn, 15 + random.int(40)),
    addressHash: before.addressHash!,
    staff: 6,
  })
  purchase(
    draft,
    city,
    { firm: after, provider: honestProvider(stage) },
    {
      amountFen: Math.round((0.9 * FIRM_CAP_FEN) / RATE),
      signedOn: dayBetween(random, addDays(after.registeredOn, 60), 60),
    },
  )
  return [before.id, after.id]
}
