// D01 关联方: buyer and provider of a contract are related on the day it was signed, if (a) the same person is legal
// representative, controller or director of both; (b) one owns at least 20 % of the other, or a common owner holds at
// least 20 % of both, by integrated ownership; (c) a chain of control of at most four hops reaches both.
import { checked, detector, refs, type Clause } from '../detector.ts'
import {
  controlChains,
  controllersOf,
  endsChains,
  isLost,
  isStateRoot,
  ownersOf,
  rolesOn,
  shareOf,
} from '../relations/ownership.ts'
import { contractsAsked } from '../world/asked.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const parameters = { leastShare: 0.2, controlShare: 0.5, mostHops: 4 } as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const relatedParty = detector({
  id: 'D01',
  name: 'related_party',
  version: 2,
  reach: 'firm',
  needs: ['contracts', 'firms', 'roles'],
  parameters,
  weight: 0.95,
  decisive: ['same_person', 'chain_of_control'],
  detect(world, limits, report) {
    for (const contract of contractsAsked(world)) {
      const clauses = clausesOf(world, contract, limits)
      if (clauses.length === 0) {
        const missing = unknownOf(world, contract)
        if (missing !== undefined) report.undecided({ table: 'contracts', id: contract.id }, missing)
        continue
      }
      const decisive = clauses.some(({ code }) => code !== 'ownership')
      report.suspect({
        subject: { table: 'contracts', id: contract.id },
        firms: [contract.applicant, contract.provider],
        severity: decisive ? 1 : Math.max(...clauses.map(({ values }) => Number(values['share']))),
        clauses,
        innocent: [
          checked('state_owner_only', sharedStateRoot(world, contract)),
          checked('independent_director', false),
        ],
        clears: ['register_extract_on_signing_day', 'programme_allows_affiliates'],
      })
    }
  },
})

/** Who stands behind a party is unknown: nobody is named on the day, or a shareholder without a usable share. */
function unknownOf(
  world: WorldIndex,
  { applicant, provider, signedOn }: Row<'contracts'>,
): string | undefined {
  const parties = [applicant, provider].map((firm) => rolesOn(world, firm, signedOn))
  if (parties.some((roles) => roles.length === 0)) return 'roles'
  if (parties.flat().some(({ holder }) => isLost(world, holder))) return 'holder'
  const open = parties.flat().some((role) => role.kind === 'shareholder' && shareOf(role) === undefined)
  return open ? 'share' : undefined
}

function clausesOf(world: WorldIndex, contract: Row<'contracts'>, limits: Limits): Clause[] {
  const { applicant, provider, signedOn } = contract
  const clauses: Clause[] = []
  const persons = new Map(controllersOf(world, applicant, signedOn).map((role) => [role.holder, role]))
  for (const role of controllersOf(world, provider, signedOn)) {
    const other = persons.get(role.holder)
    if (other === undefined || world.find('firms', role.holder) !== undefined) continue
    if (isLost(world, role.holder)) continue
    clauses.push({ code: 'same_person', values: { person: role.holder }, rows: refs('roles', [other, role]) })
  }
  const chain = commonControl(world, contract, limits)
  if (chain) clauses.push(chain)
  const share = commonOwnership(world, contract, limits.leastShare)
  if (share) clauses.push(share)
  return clauses
}

function commonControl(world: WorldIndex, contract: Row<'contracts'>, limits: Limits): Clause | undefined {
  const buyer = controlChains(world, contract.applicant, contract.signedOn, limits)
  const seller = controlChains(world, contract.provider, contract.signedOn, limits)
  for (const [holder, roles] of buyer) {
    const others = seller.get(holder)
    if (others === undefined) continue
    const path = [...roles, ...others]
    if (path.length === 0 || path.length > 2 * limits.mostHops) continue
    return {
      code: 'chain_of_control',
      values: { controller: holder, hops: path.length },
      rows: refs('roles', path),
    }
  }
  return undefined
}

function commonOwnership(world: WorldIndex, contract: Row<'contracts'>, least: number): Clause | undefined {
  const { applicant, provider, signedOn } = contract
  const buyer = ownersOf(world, applicant, signedOn)
  const seller = ownersOf(world, provider, signedOn)
  const direct = buyer.get(provider) ?? seller.get(applicant)
  if (direct && direct.share >= least)
    return {
      code: 'ownership',
      values: { share: Math.min(1, direct.share) },
      rows: refs('roles', direct.roles),
    }
  for (const [holder, left] of buyer) {
    const right = seller.get(holder)
    if (right === undefined || endsChains(world, holder)) continue
    const share = Math.min(left.share, right.share, 1)
    if (share >= least)
      return {
        code: 'ownership',
        values: { owner: holder, share },
        rows: refs('roles', [...left.roles, ...right.roles]),
      }
  }
  return undefined
}

function sharedStateRoot(world: WorldIndex, contract: Row<'contracts'>): boolean {
  const roots = (firm: string): string[] =>
    rolesOn(world, firm, contract.signedOn)
      .map((role) => role.holder)
      .filter((holder) => isStateRoot(world, holder))
  const buyer = new Set(roots(contract.applicant))
  return roots(contract.provider).some((root) => buyer.has(root))
}
