// D03 同一主体: two registrations that are one firm, by Fellegi and Sunter's linkage over name, address, phone, bank and
// legal representative. A firm is told by its credit code first, so every pair here has different codes. From 0.95 on it
// is a finding; between 0.5 and 0.95 a person should look, which the values say.
import { seededRandom } from '../../index.ts'
import { checked, detector } from '../detector.ts'
import { linkRecords, type LinkField } from '../mathematics/fellegi-sunter.ts'
import type { WorldIndex } from '../world/world-index.ts'

const parameters = { leastProbability: 0.95, leastAgreements: 3, mostInBlock: 60 } as const

export const sameEntity = detector({
  id: 'D03',
  name: 'same_entity',
  version: 1,
  needs: ['firms', 'contacts', 'roles', 'applications'],
  parameters,
  weight: 0.5,
  decisive: [],
  detect(world, limits, report) {
    const ids = [...new Set(world.rows('applications').map((application) => application.firm))].filter(
      (id) => world.find('firms', id) !== undefined,
    )
    const columns = columnsOf(world, ids)
    const names = Object.keys(columns)
    const values = Object.values(columns)
    const fields: LinkField[] = values.map((column, index) => ({
      values: column,
      compare: names[index] === 'name' ? 'likeness' : 'exact',
      termFrequency: names[index] !== 'name',
    }))
    const { pairs } = linkRecords({
      fields,
      blocks: values,
      random: seededRandom('supervision/same-entity'),
      mostInBlock: limits.mostInBlock,
    })
    for (const { left, right, weight, probability } of pairs) {
      const agreed = names.filter(
        (_, index) => values[index]![left] !== '' && values[index]![left] === values[index]![right],
      )
      if (probability < limits.leastProbability || agreed.length < limits.leastAgreements) continue
      if (!agreed.includes('representative')) continue
      const firms = [ids[left]!, ids[right]!]
      report.suspect({
        subject: { table: 'firms', id: firms[0]! },
        firms,
        severity: probability,
        clauses: [
          {
            code: 'one_entity',
            values: { weight, probability, agreed: agreed.join(' ') },
            rows: firms.map((id) => ({ table: 'firms' as const, id })),
          },
        ],
        innocent: [checked('declared_group', world.find('firms', firms[0]!)?.declaredGroup !== null)],
        clears: ['two_register_extracts'],
      })
    }
  },
})

function columnsOf(world: WorldIndex, ids: readonly string[]): Record<string, readonly string[]> {
  const contact = (kind: string) => (id: string) =>
    world.where('contacts', 'firm', id).find((row) => row.kind === kind)?.valueHash ?? ''
  const representative = (id: string): string =>
    world.where('roles', 'firm', id).find((role) => role.kind === 'legal_representative')?.holder ?? ''
  return {
    name: ids.map((id) => plainName(world.find('firms', id)!.name)),
    address: ids.map((id) => world.find('firms', id)!.addressHash ?? ''),
    phone: ids.map(contact('phone')),
    email: ids.map(contact('email')),
    bank: ids.map(contact('bank')),
    representative: ids.map(representative),
  }
}

/** The name without the words that every firm's name has. */
export function plainName(name: string): string {
  return name.replaceAll(/有限责任公司|股份有限公司|有限公司|公司|（[^）]*）|\([^)]*\)|\s/g, '')
}
