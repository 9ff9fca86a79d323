// D10 拆分: one need cut into contracts that each stay under a threshold although together they reach it, within 90 days,
// between the same groups, for the same thing, with like texts or consecutive numbers; or firms of one group that take
// together more than one firm's cap. Call-offs of one framework and monthly renewals are one contract by design.
import { addDays, daysBetween } from '../../calendar/index.ts'
import { checked, detector, refs, type Clause } from '../detector.ts'
import { jaccard, shingles } from '../mathematics/shingles.ts'
import { controllersOf, endsChains, shareOf } from '../relations/ownership.ts'
import { unionFind } from '../mathematics/union-find.ts'
import { groupsOf, type Groups } from '../relations/groups.ts'
import type { Row } from '../world/tables.ts'
import { compareTexts } from '../world/texts.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

const parameters = { windowDays: 90, leastSimilarity: 0.8, renewalDays: 25, leastOverCap: 1.02 } as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const splitting = detector({
  id: 'D10',
  name: 'splitting',
  version: 2,
  reach: 'firm',
  needs: ['contracts', 'programmes', 'firms', 'roles', 'vouchers'],
  parameters,
  weight: 0.6,
  decisive: [],
  detect(world, limits, report) {
    for (const programme of world.rows('programmes')) {
      if (programme.thresholdFen !== null)
        for (const found of split(world, programme.id, programme.thresholdFen, limits))
          report.suspect({
            subject: { table: 'contracts', id: found.contracts[0]!.id },
            firms: [...new Set(found.contracts.map(({ applicant }) => applicant))],
            severity: Math.min(1, found.sumFen / programme.thresholdFen - 1 + found.similarity),
            clauses: found.clauses,
            innocent: [checked('framework_call_off', false), checked('monthly_renewal', false)],
            clears: ['separate_acceptances', 'framework_agreement'],
          })
      if (programme.firmCapFen !== null) {
        for (const found of overCap(world, programme.id, programme.firmCapFen, limits.leastOverCap))
          report.suspect({
            subject: { table: 'firms', id: found.firms[0]! },
            firms: found.firms,
            severity: Math.min(1, found.sumFen / programme.firmCapFen - 0.5),
            clauses: found.clauses,
            innocent: [checked('declared_to_the_programme', found.declared)],
            clears: ['cap_stated_per_group', 'independent_controllers'],
          })
      }
    }
  },
})

interface Split {
  readonly contracts: readonly Row<'contracts'>[]
  readonly sumFen: number
  readonly similarity: number
  readonly clauses: readonly Clause[]
}

function split(world: WorldIndex, programme: string, threshold: number, limits: Limits): Split[] {
  const groups = groupsOf(world)
  const small = contractsOf(world, groups, programme).filter(
    (contract) => contract.amountFen < threshold && contract.framework === null,
  )
  const pairs = grouped(
    small,
    (contract) =>
      `${groups.groupOf(contract.applicant)}|${groups.groupOf(contract.provider)}|${contract.sku}`,
  )
  return [...pairs.values()].flatMap((contracts) => splitOf(contracts, threshold, limits) ?? [])
}

/** The contracts of a programme, or those of the group of the firm that is looked at. */
function contractsOf(world: WorldIndex, groups: Groups, programme: string): readonly Row<'contracts'>[] {
  if (world.focus === undefined) return world.where('contracts', 'programme', programme)
  return groups
    .membersOf(groups.groupOf(world.focus))
    .flatMap((firm) => world.where('contracts', 'applicant', firm))
    .filter((contract) => contract.programme === programme)
}

function splitOf(all: readonly Row<'contracts'>[], threshold: number, limits: Limits): Split | undefined {
  if (all.length < 2) return undefined
  const ordered = [...all].sort((a, b) =>
    a.signedOn < b.signedOn ? -1 : a.signedOn > b.signedOn ? 1 : a.id < b.id ? -1 : 1,
  )
  for (const [index, first] of ordered.entries()) {
    const until = addDays(first.signedOn, limits.windowDays)
    const contracts = [first]
    let similarity = 1
    for (const next of ordered.slice(index + 1)) {
      if (next.signedOn > until) break
      const before = contracts.at(-1)!
      if (renewal(before, next, limits.renewalDays)) continue
      const alike = likeness(before, next)
      if (alike < limits.leastSimilarity) continue
      similarity = Math.min(similarity, alike)
      contracts.push(next)
    }
    const sumFen = contracts.reduce((sum, contract) => sum + contract.amountFen, 0)
    if (contracts.length < 2 || sumFen < threshold) continue
    const values = { contracts: contracts.length, sumFen, thresholdFen: threshold, similarity }
    return {
      contracts,
      sumFen,
      similarity,
      clauses: [{ code: 'split_contract', values, rows: refs('contracts', contracts) }],
    }
  }
  return undefined
}

/** One period after the other: it begins where the one before ends. */
function renewal(before: Row<'contracts'>, next: Row<'contracts'>, days: number): boolean {
  return (
    daysBetween(before.startsOn, next.startsOn) >= days &&
    Math.abs(daysBetween(before.endsOn, next.startsOn)) <= 5
  )
}

/** 1 for consecutive numbers, else the likeness of the texts. */
function likeness(left: Row<'contracts'>, right: Row<'contracts'>): number {
  const [a, b] = [/^(.*?)(\d+)$/.exec(left.number), /^(.*?)(\d+)$/.exec(right.number)]
  if (a && b && a[1] === b[1] && Math.abs(Number(a[2]) - Number(b[2])) === 1) return 1
  return left.text === null || right.text === null ? 0 : jaccard(shingles(left.text), shingles(right.text))
}

interface OverCap {
  readonly firms: readonly string[]
  readonly sumFen: number
  readonly declared: boolean
  readonly clauses: readonly Clause[]
}

/** Components of personal control and majority ownership whose vouchers exceed the cap of one firm. */
function overCap(world: WorldIndex, programme: string, cap: number, least: number): OverCap[] {
  const vouchers = vouchersOf(world, programme)
  const sets = unionFind()
  const bonds = new Map<string, Row<'roles'>[]>()
  for (const voucher of vouchers) {
    bonds.set(voucher.firm, bondsOf(world, voucher))
    for (const role of bonds.get(voucher.firm)!) sets.join(role.holder, voucher.firm)
  }
  const found: OverCap[] = []
  for (const own of grouped(vouchers, (voucher) => sets.rootOf(voucher.firm)).values()) {
    const firms = [...new Set(own.map((voucher) => voucher.firm))]
    const sumFen = own.reduce((sum, voucher) => sum + voucher.faceFen, 0)
    if (firms.length < 2 || sumFen < least * cap) continue
    const roles = firms.flatMap((firm) => bonds.get(firm) ?? [])
    const groups = new Set(firms.map((firm) => world.find('firms', firm)?.declaredGroup ?? null))
    found.push({
      firms,
      sumFen,
      declared: groups.size === 1 && !groups.has(null),
      clauses: [
        {
          code: 'group_over_cap',
          values: { firms: firms.length, sumFen, capFen: cap },
          rows: [...refs('vouchers', own), ...refs('roles', roles)],
        },
      ],
    })
  }
  return found
}

/** Who controls the firm of a voucher on the day of its issue, or owns most of it. */
function bondsOf(world: WorldIndex, voucher: Row<'vouchers'>): Row<'roles'>[] {
  const majority = world
    .where('roles', 'firm', voucher.firm)
    .filter(
      (role) => role.kind === 'shareholder' && (shareOf(role) ?? 0) > 0.5 && !endsChains(world, role.holder),
    )
  return [...controllersOf(world, voucher.firm, voucher.issuedOn), ...majority]
}

/** The vouchers of a programme, or those of the component of the firm that is looked at, in the order of their ids. */
function vouchersOf(world: WorldIndex, programme: string): readonly Row<'vouchers'>[] {
  if (world.focus === undefined) return world.where('vouchers', 'programme', programme)
  const own = (firm: string): Row<'vouchers'>[] =>
    world.where('vouchers', 'firm', firm).filter((voucher) => voucher.programme === programme)
  const bound = (firm: string, holder: string): boolean =>
    own(firm).some((voucher) => bondsOf(world, voucher).some((role) => role.holder === holder))
  const reached = new Set([world.focus])
  for (const node of reached) {
    for (const voucher of own(node)) for (const role of bondsOf(world, voucher)) reached.add(role.holder)
    for (const { firm } of world.where('roles', 'holder', node)) if (bound(firm, node)) reached.add(firm)
  }
  return [...reached].flatMap(own).sort((a, b) => compareTexts(a.id, b.id))
}
