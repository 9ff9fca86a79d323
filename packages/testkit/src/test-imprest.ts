// An imprest of the city's provider: money that the fund's programmes share, and an advance of it, each by two people.
import type { BodyOf, Routes } from '@suanquan/api'
import { must, type TestCity } from './test-city.ts'

export interface TestAdvance {
  readonly adoptionId: string
  readonly amountFen: string
  readonly paidOn: string
  readonly returnBy: string
}

/** @returns the id of the imprest */
export async function advancedImprest(city: TestCity, advance: TestAdvance): Promise<string> {
  const [finance, finance2] = [city.as('finance'), city.as('finance2')]
  const { items: funds } = must(await finance.listFunds({}))
  const fund = funds.find(({ programmes }) =>
    programmes.some(({ adoptionId }) => adoptionId === advance.adoptionId),
  )!
  const acts: Omit<BodyOf<Routes['proposeFundAct']>, 'documentNumber' | 'documentOn' | 'reason'>[] = [
    { kind: 'appropriate', amountFen: advance.amountFen },
    { kind: 'advance', providerId: city.provider.id, ...advance },
  ]
  for (const act of acts) {
    const document = { documentNumber: '示财备〔2024〕1号', documentOn: advance.paidOn, reason: '备用金' }
    const body = { ...document, ...act }
    const { id } = must(await finance.proposeFundAct({ params: { id: fund.id }, body }))
    must(await finance2.decideFundAct({ params: { id }, body: { decision: 'approve', reason: '' } }))
  }
  const { items } = must(await finance.listImprests({ query: {} }))
  return items.find(({ adoptionId }) => adoptionId === advance.adoptionId)!.id
}
