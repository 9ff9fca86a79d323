// What a furnished city has of review: an appeal, a deputy, a seal that waits for its second person, an engaged body with a
// case before it, and a file of the archive on a list of files to dispose of.
import { randomUUID } from 'node:crypto'
import { png } from './png.ts'
import { engagedBody } from './test-body.ts'
import { applied, FINDINGS } from './test-case.ts'
import { enrolled, JURISDICTION, must, signIn, type TestCity } from './test-city.ts'

/** An authority that hears appeals. */
export const APPEALS = `
procedure:
  appeal: {workdays: 30, decide_workdays: 30}
  source: 测试
  signed_by: 测试
`

/** An appeal against a refusal, and a reviewer whom another lets act later in the year. */
export async function appealAndDelegation(city: TestCity): Promise<Record<string, string>> {
  const { id } = await applied(city, 'clerk', city.firm, { number: 'HT-6', account: 'sixth' })
  const body = { decision: 'refuse' as const, findings: FINDINGS, reason: '用途不符' }
  must(await city.as('reviewer').decideApplication({ params: { id }, body }))
  const grounds = { grounds: '用途属于计划所列的方向', attachmentIds: [] }
  const appeal = must(await city.as('clerk').appealApplication({ params: { id }, body: grounds }))
  await enrolled(city, 'here-reviewer', { role: 'reviewer', district: null, organisationCreditCode: null })
  const giver = await signIn(city.server.url, 'here-reviewer')
  const deputy = await enrolled(city, 'deputy', {
    role: 'reviewer',
    district: '990103',
    organisationCreditCode: null,
  })
  const days = { startsOn: '2024-12-30', endsOn: '2024-12-31' }
  const given = { deputy, district: null, ...days, reason: '休假' }
  const delegation = must(await giver.makeDelegation({ body: given }))
  const administrator = city.as('administrator')
  const { authorities } = must(await administrator.listStamps({}))
  const file = { name: 'seal.png', bytes: png(), mediaType: 'image/png' }
  const query = { authority: authorities[0]!, validFrom: '2024-12-31' }
  const stamp = must(await administrator.proposeStamp({ query, file }))
  return { appeal_id: appeal.id, delegation_id: delegation.id, deputy, stamp_id: stamp.id }
}

/** A body that is engaged, and a case before it. */
export async function engagementAndInspection(city: TestCity): Promise<Record<string, string>> {
  const { id } = await applied(city, 'clerk', city.firm, { number: 'HT-7', account: 'seventh' })
  const { body, engagementId } = await engagedBody(city, 'here-inspector')
  const asked = { question: '请核对合同和用途', dueOn: '2024-12-01' }
  const inspection = must(
    await city.as('reviewer').assignInspection({
      body: { engagementId, about: 'application', objectId: id, task: 'materials', ...asked },
    }),
  )
  return { body_id: body.id, engagement_id: engagementId, inspection_id: inspection.id }
}

/** The file of a case and a list of files: their own rows. */
export async function fileAndDisposal(
  city: TestCity,
  applicationId: string,
): Promise<Record<string, string>> {
  const { kysely } = city.store.database
  const { id: proposedBy } = await kysely
    .selectFrom('person')
    .select('id')
    .where('login', '=', 'sweeper')
    .executeTakeFirstOrThrow()
  const [fileId, disposalId] = [randomUUID(), randomUUID()]
  const at = '2024-05-08T01:00:00Z'
  await kysely
    .insertInto('archive_disposal')
    .values({
      id: disposalId,
      jurisdiction: JURISDICTION,
      district: JURISDICTION,
      number: 'XH-2024-99999',
      reason: '保管期满',
      state: 'proposed',
      proposed_by: proposedBy,
      proposed_at: at,
    })
    .execute()
  await kysely
    .insertInto('archive_file')
    .values({
      id: fileId,
      jurisdiction: JURISDICTION,
      district: '990101',
      number: `${JURISDICTION}-WS·1990-D30-99999`,
      kind: 'application',
      object_id: applicationId,
      object_number: 'SQ-1990-00001',
      title: '甲示例科技有限公司',
      organisation_id: city.firm.id,
      application_id: applicationId,
      year: 1990,
      category: 'document',
      years: 30,
      source_zh: '测试',
      source_en: 'a test',
      closed_on: '1990-06-01',
      archived_at: at,
      papers: 0,
      digest: '',
      ends_on: '2020-12-31',
    })
    .execute()
  return { archive_id: fileId, file_id: fileId, disposal_id: disposalId }
}
