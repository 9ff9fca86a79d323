// Somebody leaves: announced, approved, handed over, signed out; and the administrators kept apart are together again.
import { joinAdministratorsByOperator } from '../../operations.ts'
import { must, PASSWORD, signIn, testCity } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const city = await testCity()
afterAll(() => city.stop())
const { firm } = city
const administrator = city.as('administrator')

async function enrolled(login: string, role: 'security_administrator' | 'audit_administrator' | null) {
  const grants = role === null ? [] : [{ role, district: null, organisationCreditCode: null }]
  const made = must(await administrator.createPerson({ body: { login, displayName: login, grants } }))
  must(await city.anybody.enrol({ body: { code: made.enrolmentCode, password: PASSWORD } }))
  return must(await administrator.listPeople({ query: { q: login } })).items[0]!.id
}

test('a clerk who leaves is succeeded: drafts go over, the sessions of the old end, once only', async () => {
  const successorId = await enrolled('colleague', null)
  const colleague = await signIn(city.server.url, 'colleague')
  const clerk = await signIn(city.server.url, 'clerk')
  const draft = must(
    await clerk.openDraft({ body: { adoptionId: city.adoptionId, organisationId: firm.id } }),
  )
  const body = { organisationId: firm.id, successor: 'colleague', leavesOn: '2024-06-01', reason: '调岗' }
  const leave = must(await clerk.announceLeave({ body }))
  expect(await clerk.announceLeave({ body })).toMatchObject({ problem: { code: 'leave.announced' } })
  expect(await city.as('clerk2').withdrawLeave({ params: { id: leave.id } })).toMatchObject({
    problem: { code: 'request.not_found' },
  })
  const decide = (decision: 'approve' | 'refuse', successor: string | null) =>
    administrator.decideLeave({
      params: { id: leave.id },
      body: { decision, successorId: successor, reason: '已核实' },
    })
  expect(await decide('approve', null)).toMatchObject({ problem: { code: 'leave.successor_needed' } })
  const both = await Promise.all([decide('approve', successorId), decide('approve', successorId)])
  expect(both.map((each) => (each.ok ? each.value.state : each.problem.code)).toSorted()).toEqual([
    'approved',
    'leave.decided',
  ])
  expect(await clerk.readSession({})).toMatchObject({ problem: { code: 'session.none' } })
  expect(must(await colleague.readApplication({ params: { id: draft.id } })).number).toBe(draft.number)
})

test('the separation of administrators ends on the machine, with a reason that is kept', async () => {
  await enrolled('security', 'security_administrator')
  await enrolled('trail', 'audit_administrator')
  const join = (reason: string) =>
    joinAdministratorsByOperator(city.store.database, {
      jurisdiction: '990100',
      reason,
      at: Date.UTC(2024, 4, 9),
    })
  expect(await join('人员不足')).toMatchObject({ refusal: { code: 'site.administrators_together' } })
  must(await administrator.separateAdministrators({}))
  const grant = { role: 'auditor' as const, district: null, organisationCreditCode: null, reason: '需要' }
  const clerk2 = must(await administrator.listPeople({ query: { q: 'clerk2' } })).items[0]!.id
  const give = () => administrator.grantRole({ params: { id: clerk2 }, body: grant })
  expect(await give()).toMatchObject({ problem: { code: 'request.forbidden' } })
  expect(await join('')).toMatchObject({ refusal: { code: 'site.reason_needed' } })
  expect(await join('安全管理员离岗')).toMatchObject({ ok: true })
  must(await give())
  const events = await city.store.database.kysely
    .selectFrom('site_event')
    .select(['event', 'reason'])
    .execute()
  expect(events).toEqual([{ event: 'administrators_together', reason: '安全管理员离岗' }])
})
