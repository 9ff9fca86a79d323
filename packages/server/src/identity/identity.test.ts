// Who gets in: sessions, locks, enrolment, the first administrator. Security goes by the wall clock, never by the
// programme's.
import { clientOf, faultsIn, must, PASSWORD, rawCall, testCity, testDatabase } from '@suanquan/testkit'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startServer } from '../main.ts'

const MINUTE = 60_000
let wall = Date.parse('2026-01-05T01:00:00Z')
const city = await testCity({ wallClock: () => wall })
const { adoptionId, firm } = city
afterAll(async () => {
  expect(await faultsIn(city.store.database)).toEqual([])
  await city.stop()
})

async function signedIn(login: string) {
  const client = clientOf(city.server.url)
  must(await client.signIn({ body: { login, password: PASSWORD } }))
  return client
}

async function newPerson(login: string): Promise<string> {
  const grants = [{ role: 'auditor' as const, district: null, organisationCreditCode: null }]
  const administrator = await signedIn('administrator')
  return must(await administrator.createPerson({ body: { login, displayName: '某', grants } })).enrolmentCode
}

describe('a session', () => {
  test('that expires half-way keeps the draft, and the same act under the same key succeeds after sign-in', async () => {
    const clerk = await signedIn('clerk')
    const { id } = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
    const save = (number: string) => ({
      key: `save-${number}`,
      params: { id },
      body: { contract: { number }, statements: {}, documents: [] },
    })
    must(await clerk.saveDraft(save('HT-FIRST')))
    wall += 31 * MINUTE
    expect(await clerk.saveDraft(save('HT-SECOND'))).toMatchObject({
      problem: { code: 'session.expired', status: 401 },
    })
    must(await clerk.signIn({ body: { login: 'clerk', password: PASSWORD } }))
    expect(must(await clerk.readApplication({ params: { id } })).draft.contract.number).toBe('HT-FIRST')
    expect(must(await clerk.saveDraft(save('HT-SECOND'))).draft.contract.number).toBe('HT-SECOND')
  })

  test('lives while it is used, and twelve hours at most', async () => {
    const clerk = await signedIn('clerk')
    for (let passed = 0; passed < 12 * 60; passed += 25) {
      must(await clerk.readSession({}))
      wall += 25 * MINUTE
    }
    expect(await clerk.readSession({})).toMatchObject({ problem: { code: 'session.expired' } })
  })

  test('ends with sign-out, on the server too', async () => {
    const clerk = await signedIn('clerk')
    must(await clerk.signOut({}))
    expect(await clerk.readSession({})).toMatchObject({ problem: { code: 'session.none' } })
  })

  test('is nothing that can be guessed or made up', async () => {
    for (const token of ['x'.repeat(43), '', "' or 1=1 --", 'a'.repeat(5000)]) {
      const answer = await rawCall(city.server.url, `suanquan_session=${token}`)('GET /api/session')
      expect(answer.problem.code).toBe('session.none')
    }
  })
})

describe('passwords', () => {
  test('five wrong ones lock the account for a quarter of an hour, the right one included', async () => {
    must(await city.anybody.enrol({ body: { code: await newPerson('locked'), password: PASSWORD } }))
    const client = clientOf(city.server.url)
    const wrong = { body: { login: 'locked', password: 'wrong password' } }
    const right = { body: { login: 'locked', password: PASSWORD } }
    for (let attempt = 0; attempt < 5; attempt++)
      expect(await client.signIn(wrong)).toMatchObject({ problem: { code: 'session.wrong_credentials' } })
    expect(await client.signIn(right)).toMatchObject({
      problem: { code: 'session.locked', params: { minutes: 15 } },
    })
    wall += 15 * MINUTE + 1
    must(await client.signIn(right))
  })

  test('forty wrong ones at once neither get in nor stop the server', async () => {
    must(await city.anybody.enrol({ body: { code: await newPerson('guessed'), password: PASSWORD } }))
    const guesses = Array.from({ length: 40 }, (_, index) =>
      city.anybody.signIn({ body: { login: 'guessed', password: `wrong ${index}` } }),
    )
    const codes = (await Promise.all(guesses)).map((outcome) => (outcome.ok ? 'in' : outcome.problem.code))
    expect(new Set(codes)).toEqual(new Set(['session.wrong_credentials', 'session.locked']))
    const right = await city.anybody.signIn({ body: { login: 'guessed', password: PASSWORD } })
    expect(right).toMatchObject({ problem: { code: 'session.locked' } })
    expect(must(await city.anybody.readHealth({})).ok).toBe(true)
  })

  test('an unknown name is answered like a wrong password', async () => {
    const answer = await city.anybody.signIn({ body: { login: 'no-such-person', password: PASSWORD } })
    expect(answer).toMatchObject({ problem: { code: 'session.wrong_credentials', status: 401 } })
  })
})

describe('an enrolment code', () => {
  test('is used once, of two at once by one, and not for a weak password', async () => {
    const code = await newPerson('enrolled')
    const weak = await city.anybody.enrol({ body: { code, password: 'enrolled-1' } })
    expect(weak).toMatchObject({ problem: { code: 'person.weak_password' } })
    const both = await Promise.all(
      [1, 2].map((n) => city.anybody.enrol({ body: { code, password: `${PASSWORD} ${n}` } })),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: { code: 'enrolment.unknown_code' } })
    const again = await city.anybody.enrol({ body: { code, password: PASSWORD } })
    expect(again).toMatchObject({ problem: { code: 'enrolment.unknown_code' } })
  })

  test('is shown once: a retry of the same act makes nobody twice and shows no code', async () => {
    const administrator = await signedIn('administrator')
    const grants = [{ role: 'auditor' as const, district: null, organisationCreditCode: null }]
    const ask = { key: 'create-once', body: { login: 'once', displayName: '某', grants } }
    const first = must(await administrator.createPerson(ask))
    expect(must(await administrator.createPerson(ask))).toEqual({ id: first.id, enrolmentCode: '' })
    must(await city.anybody.enrol({ body: { code: first.enrolmentCode, password: PASSWORD } }))
  })
})

test('a role that covers the whole city cannot be limited to a district: the limit would only seem to hold', async () => {
  const administrator = await signedIn('administrator')
  const limited = (role: 'finance' | 'auditor' | 'reviewer') => ({
    body: {
      login: `limited-${role}`,
      displayName: '某',
      grants: [{ role, district: '990102', organisationCreditCode: null }],
    },
  })
  for (const role of ['finance', 'auditor'] as const)
    expect(await administrator.createPerson(limited(role))).toMatchObject({
      problem: { code: 'person.role_without_district', status: 422 },
    })
  must(await administrator.createPerson(limited('reviewer')))
})

describe('an installation that is served', () => {
  test('has no demo accounts, and exactly one first administrator of however many ceremonies at once', async () => {
    const store = await testDatabase()
    const dataFolder = await mkdtemp(join(tmpdir(), 'suanquan-served-'))
    const site = { name: { zh: '市', en: 'City' }, jurisdiction: '990100', contact: '' }
    const server = await startServer({ address: store.address, dataFolder, site, tickEveryMs: 0 })
    try {
      const anybody = clientOf(server.url)
      expect(must(await anybody.readSite({}))).toMatchObject({ demo: false, demoAccounts: [] })
      expect(await store.database.kysely.selectFrom('person').selectAll().execute()).toEqual([])
      const guess = { token: 'x'.repeat(43), login: 'guesser', displayName: '某', password: PASSWORD }
      expect(await anybody.openSetup({ body: guess })).toMatchObject({
        problem: { code: 'setup.wrong_token' },
      })
      const tokens = [await server.setupToken(), await server.setupToken(), await server.setupToken()]
      const opened = await Promise.all(
        tokens.map((token, index) =>
          anybody.openSetup({ body: { ...guess, token: token!, login: `administrator${index}` } }),
        ),
      )
      expect(opened.filter(({ ok }) => ok)).toHaveLength(1)
      expect(await server.setupToken()).toBeNull()
      const later = await anybody.openSetup({ body: { ...guess, token: tokens[2]! } })
      expect(later).toMatchObject({ problem: { code: 'setup.closed', status: 410 } })
    } finally {
      await server.stop()
      await store.drop()
      await rm(dataFolder, { recursive: true, force: true })
    }
  })

  test('answers whoever asks too often with when to come back', async () => {
    const store = await testDatabase()
    const dataFolder = await mkdtemp(join(tmpdir(), 'suanquan-served-'))
    const site = { name: { zh: '市', en: 'City' }, jurisdiction: '990100', contact: '' }
    const server = await startServer({
      address: store.address,
      dataFolder,
      site,
      tickEveryMs: 0,
      requestsPerMinute: 3,
    })
    try {
      const call = rawCall(server.url)
      for (let asked = 0; asked < 3; asked++) expect((await call('GET /api/site')).status).toBe(200)
      expect((await call('GET /api/site')).problem).toMatchObject({ status: 429, code: 'request.too_many' })
    } finally {
      await server.stop()
      await store.drop()
      await rm(dataFolder, { recursive: true, force: true })
    }
  })
})
