// `suanquan api` against a real server: sessions and permissions are the server's own, the answer is JSON on stdout.
import { PASSWORD, testCity, type TestCity } from '@suanquan/testkit'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { apiCommand } from './api.ts'

let city: TestCity
const folder = mkdtempSync(join(tmpdir(), 'api-command-'))

beforeAll(async () => {
  city = await testCity()
  process.env['SUANQUAN_PASSWORD'] = PASSWORD
})
afterAll(async () => {
  delete process.env['SUANQUAN_PASSWORD']
  await city.stop()
})

async function call(...words: string[]): Promise<string> {
  let out = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  try {
    await apiCommand().parseAsync([...words, '--url', city.server.url], { from: 'user' })
  } finally {
    spy.mockRestore()
  }
  return out
}

test('a route is called with the session and the rights of whoever signs in', async () => {
  const listed = JSON.parse(await call('listPeople', '--login', 'administrator')) as { items: unknown[] }
  expect(listed.items.length).toBeGreaterThan(5)
  await expect(call('listPeople', '--login', 'clerk')).rejects.toMatchObject({
    refusal: { code: 'request.forbidden' },
  })
  await expect(call('listPeople')).rejects.toMatchObject({ refusal: { code: 'session.none' } })
})

test('register entries come in from a file, and texts of files stand in a body', async () => {
  const entry = {
    creditCode: '91110108MA01234567',
    name: '新来科技有限公司',
    kind: 'enterprise',
    independentLegalPerson: true,
    region: '990102',
    status: 'active',
    industry: 'I65',
    employees: 40,
    revenueFen: null,
    assetsFen: null,
    establishedOn: '2020-01-01',
    dishonestWithinThreeYears: false,
    bankName: '',
    bankAccount: null,
    roles: ['applicant'],
  }
  const file = join(folder, 'organisations.json')
  writeFileSync(file, JSON.stringify({ source: '市场主体登记', asOf: '2024-05-01', entries: [entry] }))
  const answer = JSON.parse(await call('importOrganisations', '--login', 'administrator', '--body', file))
  expect(answer).toMatchObject({ created: 1, updated: 0 })
  const programme = new URL(
    '../../../../programmes/beijing/2023-compute-voucher/programme.yaml',
    import.meta.url,
  )
  expect(readFileSync(programme, 'utf8')).toContain('policy/v1')
  const texts = [`programmeText=${programme.pathname}`, `adoptionText=${programme.pathname}`]
  await expect(
    call('createAdoption', '--login', 'policy_author', '--text', texts[0]!, '--text', texts[1]!),
  ).rejects.toMatchObject({ refusal: { code: 'adoption.malformed' } })
})

test('wrong use is said before anything is sent', async () => {
  await expect(call('noSuchRoute')).rejects.toThrow(/noSuchRoute/)
  await expect(call('readVoucher', '--login', 'clerk')).rejects.toThrow(/--set id=/)
  await expect(call('listPeople', '--set', 'q')).rejects.toThrow(/name=value|名称=值/)
  await expect(call('importOrganisations', '--body', join(folder, 'none.json'))).rejects.toThrow(/none\.json/)
})
