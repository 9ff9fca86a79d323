// Papers of the furnished city: a file that was read, answers of the tax authority, and what the provider buys from a centre.
import { randomUUID } from 'node:crypto'
import { JURISDICTION, must, type TestCity } from './test-city.ts'
import { eInvoiceXml } from './test-e-invoice.ts'

/** @param centreId whom the provider buys from */
export async function papersOf(city: TestCity, centreId: string): Promise<Record<string, string>> {
  const { firm, provider } = city
  const number = '24512000000000000777'
  const lines = [{ name: '*信息技术服务*GPU算力服务', fen: 100_000n, taxFen: 6_000n }]
  const parties = {
    seller: { name: '丙示例智算有限公司', creditCode: provider.creditCode },
    buyer: { name: '甲示例科技有限公司', creditCode: firm.creditCode },
  }
  const invoice = { number, issuedOn: '2024-06-03', lines, ...parties }
  const query = { organisationId: firm.id, kind: 'e_invoice' as const }
  const clerk = city.as('clerk')
  const read = async (): Promise<string> =>
    must(
      await clerk.checkTradePapers({
        query,
        file: { name: '发票.xml', bytes: eInvoiceXml(invoice), mediaType: 'application/xml' },
      }),
    ).id
  const taken = must(await clerk.takeTradePapers({ params: { id: await read() } }))
  const answers = must(
    await city.as('finance').checkTradePaperAnswers({
      query: { source: '发票查验平台' },
      file: {
        name: '查验.csv',
        bytes: new TextEncoder().encode(`发票号码,价税合计,查验结果\r\n${number},1060,正常`),
        mediaType: 'text/csv',
      },
    }),
  )
  return {
    trade_paper_id: taken.rows[0]!.paperId!,
    trade_paper_file_id: await read(),
    trade_paper_answer_id: answers.id,
    operator_id: provider.id,
    centre_id: centreId,
    upstream_contract_id: await upstreamOf(city, centreId),
  }
}

/** What the provider buys from a centre: its own row. */
async function upstreamOf(city: TestCity, centreId: string): Promise<string> {
  const { kysely } = city.store.database
  const { person_id: statedBy } = await kysely
    .selectFrom('role_grant')
    .select('person_id')
    .where('organisation_id', '=', city.provider.id)
    .executeTakeFirstOrThrow()
  const id = randomUUID()
  await kysely
    .insertInto('upstream_contract')
    .values({
      id,
      jurisdiction: JURISDICTION,
      district: '990101',
      operator_id: city.provider.id,
      centre_id: centreId,
      number: 'SY-2024-1',
      signed_on: '2024-05-01',
      starts_on: '2024-05-01',
      ends_on: '2025-04-30',
      amount_fen: 100_000_000n,
      prices: JSON.stringify([{ chip: 'a100', priceFenPerCardHour: '800' }]),
      attachment_id: null,
      stated_by: statedBy,
      stated_at: '2024-05-08T01:00:00Z',
      confirmed_by: null,
      confirmed_at: null,
    })
    .execute()
  return id
}
