// Clocks that jump: the programme's by more than a year and back again, and the wall clock by which sessions go. Time only
// ever adds; what it did is not taken back, nothing is done twice, and the books are proved.
import { clientOf, faultsIn, FINDINGS, granted, applied, must, PASSWORD, testCity } from '@suanquan/testkit'
import { startOf } from '@suanquan/core/calendar'
import { afterAll, expect, test } from 'vitest'
import { sql } from './index.ts'

const DAY = 86_400_000
let wall = startOf('2024-05-08')
const city = await testCity({ wallClock: () => wall })
const { kysely } = city.store.database
afterAll(() => city.stop())

test('a case that cannot be carried out holds up no other, and is told', async () => {
  const reviewer = city.as('reviewer')
  const ids: string[] = []
  for (const index of [1, 2]) {
    const { id } = await applied(city, 'clerk', city.firm, { number: `HT-P${index}`, account: `p${index}` })
    const body = { decision: 'approve' as const, amountFen: '1000', findings: FINDINGS, reason: '符合条件' }
    must(await reviewer.decideApplication({ params: { id }, body }))
    ids.push(id)
  }
  must(await reviewer.publishNotice({ body: { adoptionId: city.adoptionId, applicationIds: ids } }))
  const broken = ids[0]!
  const reserved = async (): Promise<unknown> =>
    (
      await kysely
        .selectFrom('application')
        .select('approval')
        .where('id', '=', broken)
        .executeTakeFirstOrThrow()
    ).approval
  const before = JSON.stringify(await reserved())
  const other = before.replace(/"id":"[^"]+"/, `"id":"${broken}"`)
  const store = (approval: string): Promise<unknown> =>
    kysely.updateTable('application').set({ approval }).where('id', '=', broken).execute()
  await store(other)
  city.setDay('2024-05-20')
  await expect(city.tick()).rejects.toThrow()
  const states = async (): Promise<string[]> =>
    Promise.all(ids.map(async (id) => must(await reviewer.readApplication({ params: { id } })).state))
  expect(await states()).toEqual(['announced', 'granted'])
  const { jobs } = must(await city.as('administrator').readSystem({}))
  expect(jobs.find(({ name }) => name === 'end_notices')).toMatchObject({ failures: 1 })
  await store(before)
  await city.tick()
  expect(await states()).toEqual(['granted', 'granted'])
  expect(await faultsIn(city.store.database)).toEqual([])
  city.setDay('2024-05-08')
})

test('the programme’s clock 400 days ahead and back: a voucher ends once, and work goes on', async () => {
  const application = await granted(city, await applied(city, 'clerk', city.firm), '5000000')
  city.wait(400 * 24 * 60)
  await city.tick()
  const ended = await kysely.selectFrom('voucher').select('returned_at').executeTakeFirstOrThrow()
  expect(ended.returned_at).not.toBeNull()
  city.wait(-400 * 24 * 60)
  for (let ticks = 0; ticks < 2; ticks++) await city.tick()
  expect(await faultsIn(city.store.database)).toEqual([])
  const again = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-BACK' })
  const approve = {
    decision: 'approve' as const,
    amountFen: '100000',
    findings: { 'applicant.fits_city_ai_plan': true, 'applicant.sound_finance': true },
    reason: '符合条件',
  }
  must(await city.as('reviewer').decideApplication({ params: { id: again.id }, body: approve }))
  const { rows } = await sql<{ backwards: bigint }>`
    select count(*) as backwards from (select at < lag(at) over (partition by ledger order by seq) as back
      from ledger.posting) steps where back`.execute(kysely)
  expect(rows[0]!.backwards).toBe(0n)
  expect(must(await city.as('reviewer').readApplication({ params: { id: application.id } })).state).toBe(
    'granted',
  )
  expect(await faultsIn(city.store.database)).toEqual([])
})

test('the wall clock ahead ends sessions, and back again nobody is locked out', async () => {
  const client = clientOf(city.server.url)
  const enter = () => client.signIn({ body: { login: 'clerk3', password: PASSWORD } })
  must(await enter())
  for (const jump of [400 * DAY, -800 * DAY, 400 * DAY, -1000, 1000]) {
    wall += jump
    const answer = await client.countUnread()
    if (!answer.ok) expect(answer.problem.status).toBe(401)
    must(await enter())
    must(await client.countUnread())
  }
})
