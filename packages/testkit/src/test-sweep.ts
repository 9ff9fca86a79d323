// Builders for support that nobody applies for: the adoption of Hangzhou's measure, and contracts of which the platform holds
// use while the firm has no application on them.
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AnswerOf, BodyOf, Routes } from '@suanquan/api'
import { must, type TestCity } from './test-city.ts'
import type { Sale, Seller } from './test-seller.ts'

type List = BodyOf<Routes['makeSweep']>

export interface Sweeps {
  readonly adoptionId: string
  /** makes the platform hold a contract of the city's first firm with its use */
  readonly held: (sale: Sale) => Promise<List['awards'][number]>
  readonly listOf: (...awards: List['awards']) => List
  /** swept by one reviewer; the case waits for its sign-off */
  readonly swept: (sale: Sale) => Promise<string>
  readonly signOff: (id: string) => Promise<AnswerOf<Routes['readApplication']>>
  readonly accountEnding: () => Promise<string>
}

const programmes = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'programmes')

/** In force from June 2025, as Hangzhou's own; `reviewer` sweeps, `reviewer2` of district 990102 is not asked. */
export async function testSweeps(
  city: TestCity,
  seller: Seller,
  options: { readonly poolFen: bigint; readonly silence?: 'declines' | 'consents' },
): Promise<Sweeps> {
  const adoptionId = await adopt(city, options)
  const { firm } = city
  const held: Sweeps['held'] = async (sale) => {
    const { id } = await seller.submitted(sale)
    const body = { reason: '改由买方享受' }
    must(await city.as('provider').withdrawApplication({ params: { id }, body }))
    const { creditCode } = firm
    return { creditCode, contractNumber: sale.number, percent: 30, approvedOn: '2025-12-31' }
  }
  const listOf: Sweeps['listOf'] = (...awards) => ({
    adoptionId,
    source: '国家智能券 2025 年核定名单',
    awards,
  })
  return {
    adoptionId,
    held,
    listOf,
    swept: async (sale) => {
      const sweep = must(await city.as('sweeper').makeSweep({ body: listOf(await held(sale)) }))
      return sweep.items[0]!.applicationId!
    },
    signOff: async (id) => {
      const reviewer = city.as('reviewer')
      const { ceilingFen } = must(await reviewer.readApplication({ params: { id } }))
      const body = { decision: 'approve' as const, amountFen: ceilingFen!, findings: {}, reason: '核定无误' }
      return must(await reviewer.decideApplication({ params: { id }, body }))
    },
    accountEnding: async () => {
      const { bank_account: account } = await city.store.database.kysely
        .selectFrom('organisation')
        .select('bank_account')
        .where('id', '=', firm.id)
        .executeTakeFirstOrThrow()
      return account!.replace(/\D/g, '').slice(-4)
    },
  }
}

async function adopt(
  city: TestCity,
  { poolFen, silence }: { readonly poolFen: bigint; readonly silence?: string },
): Promise<string> {
  const read = (path: string): Promise<string> => readFile(join(programmes, path), 'utf8')
  const adoptionText = (await read('demo-city/2024-matching-adoption.yaml')).replace(/^governs:.*\n/m, '')
  const programmeText = await read('hangzhou/2025-matching-reward/programme.yaml')
  const body = {
    programmeText: programmeText.replace('silence: declines', `silence: ${silence ?? 'declines'}`),
    adoptionText,
  }
  const { id } = must(await city.as('policy_author').createAdoption({ body }))
  const money = { adoptionId: id, documentNumber: '示财预〔2026〕3号', amountFen: poolFen.toString() }
  const { id: appropriation } = must(await city.as('finance').proposeAppropriation({ body: money }))
  must(await city.as('finance2').approveAppropriation({ params: { id: appropriation } }))
  return id
}
