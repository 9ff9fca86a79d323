// People as administrators keep them: codes, accounts, roles, the hand-over, three administrators kept apart, and who
// stands aside.
import type { AnswerOf, Client, Role, Routes } from '@suanquan/api'
import { applied, clientOf, digestOf, FINDINGS, must, PASSWORD, signIn, testCity } from '@suanquan/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const city = await testCity()
const administrator = city.as('administrator')
afterAll(() => city.stop())

const reason = '岗位调整'

async function made(login: string, roles: readonly [Role, string | null][] = []): Promise<string> {
  const grants = roles.map(([role, organisationCreditCode]) => ({
    role,
    district: null,
    organisationCreditCode,
  }))
  const body = { login, displayName: `${login} 某某`, grants }
  const { id, enrolmentCode } = must(await administrator.createPerson({ body }))
  must(await city.anybody.enrol({ body: { code: enrolmentCode, password: PASSWORD } }))
  return id
}

async function idOf(login: string): Promise<string> {
  const { items } = must(await administrator.listPeople({ query: { q: login } }))
  return items.find((person) => person.login === login)!.id
}

async function person(id: string): Promise<AnswerOf<Routes['readPerson']>> {
  return must(await administrator.readPerson({ params: { id } }))
}

const code = (outcome: Awaited<ReturnType<Client['grantRole']>> | Awaited<ReturnType<Client['handOver']>>) =>
  outcome.ok ? 'done' : outcome.problem.code

describe('accounts', () => {
  test('a new code ends the old one, and sets a new password', async () => {
    const body = { login: 'late', displayName: '迟到', grants: [] }
    const first = must(await administrator.createPerson({ body }))
    const { enrolmentCode } = must(await administrator.reissueEnrolment({ params: { id: first.id } }))
    const old = await city.anybody.enrol({ body: { code: first.enrolmentCode, password: PASSWORD } })
    expect(old).toMatchObject({ problem: { code: 'enrolment.unknown_code' } })
    must(await city.anybody.enrol({ body: { code: enrolmentCode, password: PASSWORD } }))
    await signIn(city.server.url, 'late')
    const seen = await person(first.id)
    expect(seen).toMatchObject({ enrolled: true, codeOpen: false, active: true })
    expect(seen.events.map(({ event }) => event)).toEqual(['enrolled', 'code_issued', 'created'])
  })

  test('a disabled person is out at once and cannot come back in, until enabled', async () => {
    const id = await made('leaver', [['auditor', null]])
    const client = await signIn(city.server.url, 'leaver')
    const params = { id }
    must(await administrator.changeActivity({ params, body: { active: false, reason } }))
    expect(await client.listAuditEvents({})).toMatchObject({ problem: { code: 'session.none' } })
    const again = await clientOf(city.server.url).signIn({ body: { login: 'leaver', password: PASSWORD } })
    expect(again).toMatchObject({ problem: { code: 'session.wrong_credentials' } })
    expect(await administrator.reissueEnrolment({ params })).toMatchObject({
      problem: { code: 'person.disabled' },
    })
    must(await administrator.changeActivity({ params, body: { active: true, reason } }))
    await signIn(city.server.url, 'leaver')
    const twice = await administrator.changeActivity({ params, body: { active: true, reason } })
    expect(twice).toMatchObject({ problem: { code: 'person.activity_unchanged' } })
  })

  test('nobody changes the own account, and the last administrator stays', async () => {
    const own = { id: await idOf('administrator') }
    const off = { active: false, reason }
    expect(await administrator.changeActivity({ params: own, body: off })).toMatchObject({
      problem: { code: 'person.own_account' },
    })
    const grant = { role: 'auditor' as const, district: null, organisationCreditCode: null, reason }
    expect(code(await administrator.grantRole({ params: own, body: grant }))).toBe('person.own_account')
    const second = { id: await made('second', [['administrator', null]]) }
    const other = await signIn(city.server.url, 'second')
    must(await administrator.changeActivity({ params: second, body: off }))
    must(await administrator.changeActivity({ params: second, body: { active: true, reason } }))
    const [held] = (await person(second.id)).grants
    must(await administrator.withdrawRole({ params: { id: held!.id }, body: { reason } }))
    expect(await other.changeActivity({ params: own, body: off })).toMatchObject({ problem: { status: 401 } })
    must(
      await administrator.grantRole({ params: second, body: { ...grant, role: 'security_administrator' } }),
    )
    const security = await signIn(city.server.url, 'second')
    const [last] = (await person(own.id)).grants
    expect(await security.withdrawRole({ params: { id: last!.id }, body: { reason } })).toMatchObject({
      problem: { code: 'person.last_administrator' },
    })
  })
})

describe('roles', () => {
  test('are granted and withdrawn with a reason, and work at once', async () => {
    const id = await made('newcomer')
    const client = await signIn(city.server.url, 'newcomer')
    expect(await client.listAuditEvents({})).toMatchObject({ problem: { code: 'request.forbidden' } })
    const grant = { role: 'auditor' as const, district: null, organisationCreditCode: null, reason }
    must(await administrator.grantRole({ params: { id }, body: grant }))
    must(await client.listAuditEvents({}))
    expect(code(await administrator.grantRole({ params: { id }, body: grant }))).toBe('person.role_held')
    const { grants } = await person(id)
    expect(grants).toMatchObject([{ role: 'auditor', grantedBy: '管理员' }])
    must(await administrator.withdrawRole({ params: { id: grants[0]!.id }, body: { reason } }))
    expect(await client.listAuditEvents({})).toMatchObject({ problem: { code: 'request.forbidden' } })
    expect((await person(id)).events.slice(0, 2)).toMatchObject([
      { event: 'withdrawn', reason, detail: { role: 'auditor' } },
      { event: 'granted', reason, doneBy: '管理员' },
    ])
  })
})

describe('when a clerk leaves', () => {
  test('open work is never left alone; a hand-over gives it to the successor and writes down what it was', async () => {
    const application = await applied(city, 'clerk', city.firm)
    const clerk = { id: await idOf('clerk') }
    const off = await administrator.changeActivity({ params: clerk, body: { active: false, reason } })
    expect(off).toMatchObject({
      problem: { code: 'person.leaves_open_work', params: { organisations: ['甲示例科技有限公司'] } },
    })
    const [held] = (await person(clerk.id)).grants
    expect(await administrator.withdrawRole({ params: { id: held!.id }, body: { reason } })).toMatchObject({
      problem: { code: 'person.leaves_open_work' },
    })
    const successorId = await made('successor')
    const client = await signIn(city.server.url, 'successor')
    const body = { organisationId: city.firm.id, successorId, reason }
    const wrong = { ...body, successorId: clerk.id }
    expect(code(await administrator.handOver({ params: clerk, body: wrong }))).toBe('person.unfit_successor')
    const elsewhere = { ...body, organisationId: city.otherFirm.id }
    expect(code(await administrator.handOver({ params: clerk, body: elsewhere }))).toBe('person.does_not_act')
    const { items } = must(await administrator.handOver({ params: clerk, body }))
    expect(items).toEqual([
      { kind: 'application', id: application.id, number: application.number, state: 'submitted' },
    ])
    expect(await city.as('clerk').readSession()).toMatchObject({ problem: { code: 'session.none' } })
    const before = await signIn(city.server.url, 'clerk')
    expect(await before.readApplication({ params: { id: application.id } })).toMatchObject({
      problem: { code: 'request.forbidden' },
    })
    must(await client.withdrawApplication({ params: { id: application.id }, body: { reason: '不再需要' } }))
    const successor = await person(successorId)
    expect(successor.takenOver).toMatchObject([{ from: 'clerk 某某', items }])
    expect(successor.acting.map(({ organisationId }) => organisationId)).toEqual([city.firm.id])
    must(await administrator.changeActivity({ params: clerk, body: { active: false, reason } }))
  })

  test('a firm with open work and nobody to act for it is shown', async () => {
    const list = must(await administrator.listActing({}))
    expect(list.unattended).toBe(0)
    expect(list.items.map(({ organisationName }) => organisationName)).toContain('示例大学')
    await applied(city, 'clerk3', city.university, { number: 'HT-9' })
    await city.store.database.kysely
      .updateTable('person')
      .set({ active: false })
      .where('login', '=', 'clerk3')
      .execute()
    const { items } = must(await administrator.listActing({ query: { show: 'unattended' } }))
    expect(items).toMatchObject([{ organisationName: '示例大学', open: 1, unattended: true }])
  })
})

describe('a conflict of interest', () => {
  test('that a reviewer declares about a case or a firm keeps that reviewer from deciding, for good', async () => {
    const reviewer = city.as('reviewer')
    const other = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-7' })
    const about = { about: 'application' as const, objectId: other.id, reason: '近亲属在该单位任职' }
    expect(must(await reviewer.declareConflict({ body: about }))).toMatchObject({
      label: other.number,
      mine: true,
    })
    expect(await reviewer.declareConflict({ body: about })).toMatchObject({
      problem: { code: 'conflict.declared' },
    })
    const before = await digestOf(city.store)
    const refuse = { decision: 'refuse' as const, findings: FINDINGS, reason: '不符合' }
    expect(await reviewer.decideApplication({ params: { id: other.id }, body: refuse })).toMatchObject({
      problem: { code: 'application.conflict_of_interest' },
    })
    expect(await digestOf(city.store)).toBe(before)
    must(await city.as('reviewer2').decideApplication({ params: { id: other.id }, body: refuse }))
    const firm = { ...about, about: 'organisation' as const, objectId: city.university.id }
    must(await reviewer.declareConflict({ body: firm }))
    const university = must(await city.as('auditor').listApplications({})).items.find(
      ({ organisationName }) => organisationName === '示例大学',
    )!
    expect(await reviewer.decideApplication({ params: { id: university.id }, body: refuse })).toMatchObject({
      problem: { code: 'application.conflict_of_interest' },
    })
    expect(must(await city.as('reviewer2').listConflicts()).items).toEqual([])
    expect(must(await city.as('auditor').listConflicts()).items).toHaveLength(2)
    const stranger = await city.as('reviewer2').declareConflict({ body: firm })
    expect(stranger).toMatchObject({ problem: { code: 'request.not_found' } })
  })
})

describe('three administrators kept apart', () => {
  const clients = new Map<Role, Client>()

  beforeAll(async () => {
    const early = await administrator.separateAdministrators()
    expect(early).toMatchObject({ problem: { code: 'site.administrators_missing' } })
    for (const role of ['security_administrator', 'audit_administrator'] as const) {
      await made(role.replace('_', '-'), [[role, null]])
      clients.set(role, await signIn(city.server.url, role.replace('_', '-')))
    }
    must(await administrator.separateAdministrators())
    clients.set('system_administrator', administrator)
  })

  const acts: readonly [string, Role, (client: Client, id: string) => Promise<{ readonly ok: boolean }>][] = [
    [
      'makes accounts',
      'system_administrator',
      (client) =>
        client.createPerson({
          body: { login: `p${Math.floor(performance.now() * 1000)}`, displayName: '某', grants: [] },
        }),
    ],
    [
      'grants roles',
      'security_administrator',
      (client, id) =>
        client.grantRole({
          params: { id },
          body: { role: 'finance', district: null, organisationCreditCode: null, reason },
        }),
    ],
    ['reads the trail', 'audit_administrator', (client) => client.listAuditEvents({})],
  ]

  test.each(acts)('who %s is the %s and nobody else', async (what, role, act) => {
    const id = await made(what.replaceAll(' ', '-'))
    const may: Role[] = []
    for (const [name, client] of clients) if ((await act(client, id)).ok) may.push(name)
    expect(may).toEqual([role])
  })

  test('an account is made without roles, and nobody holds two of the three', async () => {
    const body = {
      login: 'two-hats',
      displayName: '某',
      grants: [{ role: 'auditor' as const, district: null, organisationCreditCode: null }],
    }
    expect(await administrator.createPerson({ body })).toMatchObject({
      problem: { code: 'request.forbidden' },
    })
    const id = await made('hats')
    const security = clients.get('security_administrator')!
    const grant = { district: null, organisationCreditCode: null, reason }
    must(await security.grantRole({ params: { id }, body: { ...grant, role: 'audit_administrator' } }))
    for (const role of ['system_administrator', 'security_administrator', 'administrator'] as const)
      expect(code(await security.grantRole({ params: { id }, body: { ...grant, role } }))).toBe(
        'person.administrators_apart',
      )
    expect(await administrator.separateAdministrators()).toMatchObject({
      problem: { code: 'request.forbidden' },
    })
  })
})
