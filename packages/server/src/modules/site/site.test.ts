// The installation as its administrators see it: particulars, the platform's own work, and a job that fails.
import { must, testCity } from '@suanquan/testkit'
import { sql, connect } from '@suanquan/server'
import { afterAll, expect, test } from 'vitest'

const city = await testCity()
const administrator = city.as('administrator')
afterAll(() => city.stop())

const particulars = {
  name: { zh: '新名称', en: 'New Name' },
  authority: { zh: '示例市经济和信息化局', en: 'Demo City Bureau of Industry' },
  contact: '12345',
  address: '',
  domain: 'suanquan.example.gov.cn',
  languages: 'both' as const,
  siteCode: '',
  icpNumber: '',
  publicSecurityNumber: '',
}

test('the particulars are what every page and document says from then on', async () => {
  expect(must(await city.anybody.readSite())).toMatchObject({ name: { zh: '测试市' }, contact: '010-0000' })
  must(await administrator.changeParticulars({ body: particulars }))
  expect(must(await city.anybody.readSite())).toMatchObject({
    name: particulars.name,
    contact: '12345',
    particulars,
  })
  const system = must(await administrator.readSystem())
  expect(system.missing).toEqual(['siteCode', 'icpNumber', 'publicSecurityNumber'])
  const wrong = await administrator.changeParticulars({ body: { ...particulars, domain: 'not a domain' } })
  expect(wrong).toMatchObject({ problem: { code: 'request.malformed' } })
})

test('the platform’s own work is kept: runs, what was done, what comes next; a job that fails stops no other', async () => {
  await city.tick()
  const first = must(await administrator.readSystem())
  expect(first.jobs.map(({ name }) => name).toSorted()).toEqual([
    'close_usage_periods',
    'deliver',
    'end_notices',
    'end_offers',
    'expire_vouchers',
    'fund_waiting',
    'keep_archive',
    'lapse_corrections',
    'lapse_disputes',
    'lapse_hearings',
    'lapse_projects',
    'release_holds',
    'remind',
    'seal_journal',
    'tell_silence',
  ])
  expect(first.jobs.every(({ runs, failing }) => runs === 1 && !failing)).toBe(true)
  expect(first.migrations.map(({ name }) => name)).toContain('0004-offices')
  expect(first.database.version).toMatch(/^PostgreSQL \d+/)
  expect(first.disk.freeBytes).toBeGreaterThan(0)
  expect(first.queue.every(({ count }) => count === 0)).toBe(true)
  const superuser = connect({ ...city.store.address, connections: 1 })
  await sql`alter table voucher rename to voucher_away`.execute(superuser.kysely)
  city.setDay('2024-05-09')
  await expect(city.tick()).rejects.toThrow('voucher')
  await sql`alter table voucher_away rename to voucher`.execute(superuser.kysely)
  await superuser.close()
  const job = async (name: string) =>
    must(await administrator.readSystem()).jobs.find((each) => each.name === name)!
  expect(await job('expire_vouchers')).toMatchObject({ failing: true, failures: 1, runs: 2 })
  expect((await job('expire_vouchers')).lastError).toContain('voucher')
  expect(await job('fund_waiting')).toMatchObject({ failing: false, runs: 2 })
  city.setDay('2024-05-10')
  await city.tick()
  expect(await job('expire_vouchers')).toMatchObject({ failing: false, failures: 1, runs: 3 })
})
