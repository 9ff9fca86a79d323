// A changed rule over what was determined: the sums are those of a hand count, nothing is left unsaid, and who may not
// see it is told nothing.
import { impactTitle } from '@suanquan/api'
import { checkProgramme } from '@suanquan/core/policy'
import { applied, granted, must, testCity } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { storeProgrammeFile } from './create-adoption.ts'

const city = await testCity()
afterAll(() => city.stop())
const author = city.as('policy_author')
const params = { id: city.adoptionId }

const decided = await granted(city, await applied(city, 'clerk', city.firm), '100000000')
const waiting = await applied(city, 'clerk', city.firm, { number: 'HT-2', account: 'second' })

const shipped = must(await author.listProgrammes()).items.find(({ adoptions }) => adoptions.length > 0)!
const { text } = must(await author.readProgramme({ params: { hash: shipped.hash } }))

async function stored(version: string, change: (programme: string) => string): Promise<string> {
  const next = change(text).replace(/version: ['"]?2023\.1['"]?/, `version: '${version}'`)
  const { programme } = checkProgramme(next, 'programme.yaml')
  const { world, database } = city.server
  const file = { programme: programme!, text: next, at: world.clock() }
  return database.kysely.transaction().execute((tx) => storeProgrammeFile(tx, world, file))
}

test('the version in force against itself changes nothing', async () => {
  const { items } = must(await author.listImpactVersions({ params }))
  expect(items.filter(({ inForce }) => inForce)).toMatchObject([{ hash: shipped.hash }])
  const impact = must(await author.readImpact({ params, query: { programme: shipped.hash } }))
  expect(impact.sums).toMatchObject({ rows: 2, gain: 0, lose: 0 })
  expect(impact.sums.beforeFen).toBe(impact.sums.afterFen)
  expect(impact.broken).toBe(0)
  expect(impactTitle(impact.sums, 'zh-CN')).toBe('改动后没有申请多得或少得')
})

test('a lower cap: who loses, how much and why are those of a hand count; what is not known yet is said', async () => {
  // 5.2 million yuan less 0.2 excluded, at most 2 million a firm and year; the cap falls to 0.9 million
  const programme = await stored('2023.3', (it) => it.replaceAll('200万元', '90万元'))
  const impact = must(await city.as('finance').readImpact({ params, query: { programme } }))
  const row = impact.items.find(({ applicationId }) => applicationId === decided.id)!
  expect(row).toMatchObject({ change: 'less', beforeFen: decided.ceilingFen, afterFen: '90000000' })
  expect(row.reasons).toMatchObject([{ kind: 'limited_by' }])
  const other = impact.items.find(({ applicationId }) => applicationId === waiting.id)!
  expect(other).toMatchObject({ change: 'unknown', reasons: [] })
  expect(impact.sums).toEqual({
    rows: 2,
    gain: 0,
    lose: 1,
    unknown: 1,
    beforeFen: decided.ceilingFen,
    afterFen: '90000000',
  })
  expect(impact.counts).toEqual({ newly: 0, more: 0, less: 1, no_longer: 0, same: 0, unknown: 1 })
  for (const groups of [impact.districts, impact.sizes, impact.months])
    expect(groups.reduce((sum, { lose, unknown }) => sum + lose + unknown, 0)).toBe(2)
  const less = must(await author.readImpact({ params, query: { programme, change: 'less' } }))
  expect(less).toMatchObject({ total: 1, items: [{ number: decided.number }] })
  const earlier = must(await author.readImpact({ params, query: { programme, to: '2020-12-31' } }))
  expect(earlier.sums.rows).toBe(0)
})

test('a measure of other facts is refused, and neither reviewers nor firms see the list', async () => {
  const query = { programme: shipped.hash }
  for (const login of ['reviewer', 'clerk', 'provider'])
    expect(await city.as(login).readImpact({ params, query })).toMatchObject({
      problem: { code: 'request.forbidden' },
    })
  const all = must(await author.listProgrammes()).items
  const same = new Set(must(await author.listImpactVersions({ params })).items.map(({ hash }) => hash))
  for (const { hash } of all.filter((it) => !same.has(it.hash)).slice(0, 1))
    expect(await author.readImpact({ params, query: { programme: hash } })).toMatchObject({ ok: false })
})
