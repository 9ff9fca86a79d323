// An audit firm, which examines for the bureau: in the register of a test city, with one of its people, and engaged.
import { seededRandom } from '@suanquan/core'
import { generateCreditCode } from '@suanquan/core/party'
import { enrolled, must, signIn, type TestCity, type TestOrganisation } from './test-city.ts'
import type { BodyOf, Client, Routes } from '@suanquan/api'

/** The body of a city; put into its register where it is not there yet. */
export async function testBody(city: TestCity): Promise<TestOrganisation> {
  const creditCode = generateCreditCode(seededRandom('test-body'), '91990103')
  const find = async (): Promise<TestOrganisation | undefined> => {
    const row = await city.store.database.kysely
      .selectFrom('organisation')
      .select('id')
      .where('credit_code', '=', creditCode)
      .executeTakeFirst()
    return row && { id: row.id, creditCode }
  }
  const there = await find()
  if (there !== undefined) return there
  const entry = {
    creditCode,
    name: '丁示例会计师事务所',
    kind: 'enterprise' as const,
    independentLegalPerson: true,
    region: '990103',
    status: 'active' as const,
    industry: 'L7241',
    employees: 60,
    revenueFen: null,
    assetsFen: null,
    establishedOn: '2012-03-01',
    dishonestWithinThreeYears: false,
    bankName: '示例银行',
    bankAccount: null,
    roles: ['body' as const],
  }
  const body = { source: '市场监管登记', asOf: '2024-05-01', entries: [entry] }
  must(await city.as('administrator').importOrganisations({ body }))
  return (await find())!
}

export interface EngagedBody {
  readonly body: TestOrganisation
  readonly engagementId: string
  /** one of the body's people */
  readonly inspector: Client
}

type Asked = BodyOf<Routes['proposeEngagement']>

/** Proposed by one reviewer of the city, confirmed by another. @param login of the body's person */
export async function engagedBody(
  city: TestCity,
  login = 'inspector',
  asked: Partial<Asked> = {},
): Promise<EngagedBody> {
  const body = await testBody(city)
  const grant = { role: 'inspector' as const, district: null, organisationCreditCode: body.creditCode }
  await enrolled(city, login, grant)
  const proposed = must(
    await city.as('reviewer').proposeEngagement({
      body: {
        bodyCreditCode: body.creditCode,
        adoptionId: city.adoptionId,
        district: null,
        tasks: ['materials', 'site', 'claims', 'performance'],
        contractNumber: '示数委〔2024〕3号',
        startsOn: '2024-05-01',
        endsOn: '2025-04-30',
        reason: '依据实施细则第十条委托第三方机构核查',
        ...asked,
      },
    }),
  )
  const decision = { decision: 'confirm' as const, reason: '采购程序完备' }
  must(await city.as('sweeper').decideEngagement({ params: { id: proposed.id }, body: decision }))
  return { body, engagementId: proposed.id, inspector: await signIn(city.server.url, login) }
}
