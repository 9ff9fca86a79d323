// Two servers on one database, and one that is told to end while it works: nothing is done twice, nobody is cut off.
import { clientOf, faultsIn, must, PASSWORD, testCity, testFirm, usedSacct } from '@suanquan/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession, sql, startServer, type RunningServer } from './index.ts'

const city = await testCity()
const { kysely } = city.store.database
let other: RunningServer
const begin = (): Promise<RunningServer> =>
  startServer({
    address: city.store.address,
    dataFolder: city.server.world.dataFolder,
    site: city.server.world.site,
    clock: () => city.server.world.clock(),
    tickEveryMs: 0,
    requestsPerMinute: 0,
  })
beforeAll(async () => void (other = await begin()))
afterAll(async () => {
  await other.stop()
  await city.stop()
})

describe('two servers', () => {
  test('that let time act at once issue each voucher once', async () => {
    const firm = await testFirm(city)
    const ids: string[] = []
    for (let number = 0; number < 6; number++) {
      const { id } = await firm.submitted(`HT-TWO-${number}`)
      await firm.approve(id, 100_000n)
      ids.push(id)
    }
    await firm.announce(ids)
    city.setDay('2024-05-20')
    const at = city.server.world.clock()
    const ticked = await Promise.all(
      [city.server, other, city.server, other].map((server) => server.tick(at)),
    )
    expect(ticked.reduce((sum, { issued }) => sum + issued, 0)).toBe(6)
    expect(await faultsIn(city.store.database)).toEqual([])
  })

  test('that are given one act under one key do it once and answer the same', async () => {
    const [here, there] = [clientOf(city.server.url), clientOf(other.url)]
    for (const client of [here, there])
      must(await client.signIn({ body: { login: 'clerk', password: PASSWORD } }))
    const body = { adoptionId: city.adoptionId, organisationId: city.firm.id }
    const answers = await Promise.all(
      [here, there, here, there].map((client) => client.openDraft({ key: 'one-act-on-two-servers', body })),
    )
    expect(new Set(answers.map((answer) => must(answer).id)).size).toBe(1)
  })

  test('that are given one file of use take it once', async () => {
    const provider = clientOf(other.url)
    must(await provider.signIn({ body: { login: 'provider', password: PASSWORD } }))
    const bytes = usedSacct({ account: 'ht-two-0', day: '2024-05-21', hours: 2, cards: 8 })
    const file = { name: 'sacct.json', mediaType: 'application/json', bytes }
    const ask = (client: typeof provider, key: string) =>
      client.importUsage({ key, query: { organisationId: city.provider.id }, file })
    const taken = await Promise.all([
      ask(provider, 'file-of-use-1'),
      ask(city.as('provider'), 'file-of-use-2'),
    ])
    expect(taken.filter(({ ok }) => ok).length).toBeGreaterThan(0)
    const { rows } = await sql<{ count: bigint }>`select count(*) as count from usage_record`.execute(kysely)
    expect(rows[0]!.count).toBe(1n)
  })

  test('share their sessions: who signs out on one is out on the other', async () => {
    let cookie = ''
    const ask = (url: string, path: string, method = 'GET') =>
      fetch(`${url}${path}`, { method, headers: { cookie, 'content-type': 'application/json' } })
    const entered = await fetch(`${city.server.url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'reviewer', password: PASSWORD }),
    })
    cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!
    expect((await ask(other.url, '/api/messages/unread')).status).toBe(200)
    expect((await ask(other.url, '/api/session', 'DELETE')).status).toBe(200)
    expect((await ask(city.server.url, '/api/messages/unread')).status).toBe(401)
  })
})

test('a server that is told to end answers what it has begun and sends what is new elsewhere', async () => {
  const ending = await begin()
  const signIn = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const ask = () =>
    fetch(`${ending.url}/api/sessions`, {
      ...signIn,
      body: JSON.stringify({ login: 'clerk', password: PASSWORD }),
    })
  const holding = await openSession(city.store.address)
  await holding.query('begin; lock table suanquan.session in access exclusive mode')
  const begun = ask()
  const waiting = `select exists (select from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and not l.granted) as held`
  while (!(await holding.query<{ held: boolean }>(waiting)).rows[0]!.held)
    await new Promise((done) => setTimeout(done, 10))
  const over = ending.stop()
  const late = await ask()
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await late.json()).toMatchObject({ code: 'request.stopping' })
  await holding.query('commit')
  await holding.end()
  expect((await begun).status).toBe(200)
  await over
  await expect(ask()).rejects.toThrow('fetch failed')
})
