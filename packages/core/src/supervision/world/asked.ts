// What a run is asked about: every row, or where it looks from one firm only the rows that concern it.
import type { Row } from './tables.ts'
import type { WorldIndex } from './world-index.ts'

/** Contracts that the firm signed, on either side. */
export function contractsAsked(world: WorldIndex): readonly Row<'contracts'>[] {
  const { focus } = world
  if (focus === undefined) return world.rows('contracts')
  return [
    ...world.where('contracts', 'applicant', focus),
    ...world.where('contracts', 'provider', focus).filter(({ applicant }) => applicant !== focus),
  ]
}

export function rowsOfContractsAsked<Name extends 'quotes' | 'redemptions'>(
  world: WorldIndex,
  table: Name,
): readonly Row<Name>[] {
  if (world.focus === undefined) return world.rows(table)
  return contractsAsked(world).flatMap(({ id }) =>
    world.where(table, 'contract' as keyof Row<Name> & string, id),
  )
}

export function vouchersAsked(world: WorldIndex): readonly Row<'vouchers'>[] {
  return world.focus === undefined ? world.rows('vouchers') : world.where('vouchers', 'firm', world.focus)
}

/** The whole chain of every contract that the firm signed or stands behind. */
export function operatorsAsked(world: WorldIndex): readonly Row<'operators'>[] {
  const { focus } = world
  if (focus === undefined) return world.rows('operators')
  const contracts = [
    ...contractsAsked(world).map(({ id }) => id),
    ...world.where('operators', 'firm', focus).map(({ contract }) => contract),
  ]
  return [...new Set(contracts)].flatMap((id) => world.where('operators', 'contract', id))
}

/** Firms that applied, each once, in the order of their first application. */
export function applicantsAsked(world: WorldIndex): readonly string[] {
  const { focus } = world
  if (focus === undefined) return [...new Set(world.rows('applications').map(({ firm }) => firm))]
  return world.count('applications', 'firm', focus) > 0 ? [focus] : []
}
