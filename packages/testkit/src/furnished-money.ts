// The money of a furnished city: an allotment, a move, an act of the fund, the closing of a year and a
// take-over, each waiting.
import { randomUUID } from 'node:crypto'
import { JURISDICTION, must, type TestCity } from './test-city.ts'

/** An allotment that has no money yet, and a move that waits for its second person. */
export async function moneyInParts(city: TestCity): Promise<Record<string, string>> {
  const { adoptionId } = city
  const finance = city.as('finance')
  const open = { adoptionId, kind: 'district' as const, district: '990103', reference: '', name: '丙区额度' }
  must(await finance.openAllotment({ body: open }))
  const tier = {
    ...open,
    kind: 'tier' as const,
    name: '丙区配套',
    cityShare: '60%',
    restPaidBy: 'city' as const,
  }
  const { parts } = must(await finance.openAllotment({ body: tier }))
  const of = (kind: string): string => parts.find((part) => part.kind === kind)!.id!
  const ends = { adoptionId, from: 'pool' as const, to: 'appropriation' as const, amountFen: '100' }
  const document = { documentNumber: '示财调〔2024〕99号', documentOn: '2024-06-01', reason: '收回待分配' }
  const move = must(await finance.proposePoolMove({ body: { ...ends, ...document } }))
  return { allotment_id: of('district'), tier_id: of('tier'), pool_move_id: move.id }
}

/** An act of the fund and the closing of a year, each waiting for its second person. */
export async function fundThings(city: TestCity): Promise<Record<string, string>> {
  const finance = city.as('finance')
  const fund = must(await finance.listFunds({})).items.find(({ programmes }) =>
    programmes.some(({ adoptionId }) => adoptionId === city.adoptionId),
  )!
  const document = {
    documentNumber: '示财专〔2024〕99号',
    documentOn: '2024-06-01',
    reason: '退回未分配资金',
  }
  const act = must(
    await finance.proposeFundAct({
      params: { id: fund.id },
      body: { kind: 'withdraw', amountFen: '100', ...document },
    }),
  )
  const { kysely } = city.store.database
  const { id: proposedBy } = await kysely
    .selectFrom('person')
    .select('id')
    .where('login', '=', 'finance')
    .executeTakeFirstOrThrow()
  const close = {
    id: randomUUID(),
    jurisdiction: JURISDICTION,
    district: JURISDICTION,
    fund: fund.number,
    year: 2024,
    rules: '{}',
    document_number: document.documentNumber,
    document_on: document.documentOn,
    reason: '年度结账',
    state: 'proposed' as const,
    proposed_by: proposedBy,
    proposed_at: '2024-06-11T01:00:00Z',
  }
  await kysely.insertInto('year_close').values(close).execute()
  return { fund_id: fund.id, fund_act_id: act.id, year_close_id: close.id }
}

/** A take-over that was begun: its own row. */
export async function takeOverOf(city: TestCity): Promise<Record<string, string>> {
  const { kysely } = city.store.database
  const { id: openedBy } = await kysely
    .selectFrom('person')
    .select('id')
    .where('login', '=', 'finance')
    .executeTakeFirstOrThrow()
  const id = randomUUID()
  await kysely
    .insertInto('take_over')
    .values({
      id,
      jurisdiction: JURISDICTION,
      district: JURISDICTION,
      number: 'JG-2024-99999',
      adoption_id: city.adoptionId,
      system_name: '旧算力券系统',
      cut_over_on: '2024-05-01',
      state: 'open',
      opened_by: openedBy,
      opened_at: '2024-05-08T01:00:00Z',
    })
    .execute()
  return { take_over_id: id }
}
