// From a published measure to one in force, step by step; and the library in which authors keep measures.
import type { Client } from '@suanquan/api'
import { readAdoption } from '@suanquan/core/policy'
import { must, PASSWORD, signIn, testCity } from '@suanquan/testkit'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'

const city = await testCity()
const author = city.as('policy_author')
let second: Client
afterAll(() => city.stop())

const root = `${import.meta.dirname}/../../../../../programmes`
const given = readAdoption(
  await readFile(`${root}/demo-city/2024-adoption.yaml`, 'utf8'),
  'adoption.yaml',
).adoption!

beforeAll(async () => {
  const grants = [{ role: 'policy_author' as const, district: null, organisationCreditCode: null }]
  const body = { login: 'author2', displayName: '第二作者', grants }
  const { enrolmentCode } = must(await city.as('administrator').createPerson({ body }))
  must(await city.anybody.enrol({ body: { code: enrolmentCode, password: PASSWORD } }))
  second = await signIn(city.server.url, 'author2')
})

async function beijing() {
  const { items } = must(await author.listProgrammes())
  return items.find(({ id }) => id === 'cn.beijing.compute_voucher')!
}

const written = (value: string | readonly string[]): string[] =>
  typeof value === 'string' ? [value] : [...value]

test('the library shows every measure with its clauses, rules and cases, and who adopted it', async () => {
  const { items } = must(await author.listProgrammes())
  expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(['cn.beijing.compute_voucher']))
  const row = await beijing()
  expect(row.adoptions).toMatchObject([{ id: city.adoptionId }])
  const one = must(await author.readProgramme({ params: { hash: row.hash } }))
  expect(one.caseResults.length).toBe(row.cases)
  expect(one.caseResults.every(({ passed }) => passed)).toBe(true)
  const cites = new Set(one.clauseTexts.map(({ cite }) => cite))
  expect(one.ruleTexts.every(({ cite }) => cite === null || cites.has(cite))).toBe(true)
})

test('a file is checked with line and column, and a changed number turns a case', async () => {
  const row = await beijing()
  const { text, casesText } = must(await author.readProgramme({ params: { hash: row.hash } }))
  const broken = must(
    await author.checkProgramme({
      body: { text: text.replace('jurisdiction:', 'jurisdicton:'), casesText: null },
    }),
  )
  expect(broken.programme).toBeNull()
  expect(broken.diagnostics[0]).toMatchObject({ severity: 'error', column: expect.any(Number) as number })
  expect(broken.diagnostics[0]!.line).toBeGreaterThan(1)
  const next = text.replace(/version: ['"]?2023\.1['"]?/, "version: '2023.2'").replace('200万元', '150万元')
  const checked = must(
    await author.checkProgramme({
      body: { text: next, casesText: casesText!.replace('@2023.1', '@2023.2') },
    }),
  )
  expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(checked.caseResults.some(({ passed }) => !passed)).toBe(true)
})

test('an adoption is answered item by item and signed by somebody else; then the measure is in force', async () => {
  const { hash } = await beijing()
  const opened = must(
    await author.openAdoptionDraft({
      body: {
        programmeHash: hash,
        title: { zh: '测试市算力券', en: 'Test City vouchers' },
        authority: { zh: '测试市局', en: 'Test City Bureau' },
        districts: ['990101'],
      },
    }),
  )
  const params = { id: opened.id }
  expect(opened).toMatchObject({ state: 'answering', mine: true })
  const asked = opened.items.filter(({ required }) => required).map(({ key }) => key)
  expect(opened.missing).toBe(asked.length)
  const early = must(await author.previewAdoptionDraft({ params }))
  expect(early.items.some(({ same }) => !same)).toBe(true)
  const wrong = { key: 'answers.pool', value: ['many'], source: '决定第三条' }
  expect(await author.answerAdoptionItem({ params, body: wrong })).toMatchObject({
    problem: { code: 'adoption.answer_unfit' },
  })
  expect(
    await author.answerAdoptionItem({ params, body: { ...wrong, key: 'answers.nothing' } }),
  ).toMatchObject({
    problem: { code: 'adoption.item_unknown' },
  })
  expect(await second.signAdoptionDraft({ params, body: {} })).toMatchObject({
    problem: { code: 'adoption.incomplete' },
  })
  const all = [
    ...Object.entries(given.answers).map(([key, answer]) => [`answers.${key}`, answer] as const),
    ...Object.entries(given.parameters).map(([key, answer]) => [`parameters.${key}`, answer] as const),
  ]
  for (const [key, { value, source }] of all)
    must(await author.answerAdoptionItem({ params, body: { key, value: written(value), source } }))
  const ready = must(await author.readAdoptionDraft({ params }))
  expect(ready).toMatchObject({ state: 'ready', missing: 0 })
  expect(ready.items.find(({ key }) => key === 'answers.pool')!.answer).toMatchObject({
    value: ['3600万元'],
    signedBy: 'policy_author 某某',
  })
  expect(await author.signAdoptionDraft({ params, body: {} })).toMatchObject({
    problem: { code: 'adoption.own_draft' },
  })
  const { adoptionId } = must(await second.signAdoptionDraft({ params, body: {} }))
  const adoption = must(await city.anybody.readAdoption({ params: { id: adoptionId } }))
  expect(adoption).toMatchObject({
    title: { zh: '测试市算力券' },
    authority: '测试市局',
    opensOn: '2024-01-15',
  })
  expect(adoption.decisions.find(({ id }) => id === 'pool')).toMatchObject({ signedBy: 'policy_author 某某' })
  const done = must(await author.readAdoptionDraft({ params }))
  expect(done).toMatchObject({ state: 'in_force', signedBy: '第二作者', adoptionId })
  const late = await author.answerAdoptionItem({ params, body: { ...wrong, value: ['1元'] } })
  expect(late).toMatchObject({ problem: { code: 'adoption.draft_closed' } })
})

test('a published ceiling cannot be answered away', async () => {
  const { hash } = await beijing()
  const title = { zh: '题', en: 'title' }
  const body = { programmeHash: hash, title, authority: title, districts: [] }
  const draft = must(await author.openAdoptionDraft({ body }))
  const bounded = draft.items.find(({ bound, type }) => bound === 'at_most' && type === 'rate')!
  const answer = { key: bounded.key, value: ['99%'], source: '决定' }
  expect(await author.answerAdoptionItem({ params: { id: draft.id }, body: answer })).toMatchObject({
    problem: { code: 'adoption.answer_beyond_bounds' },
  })
  must(await author.discardAdoptionDraft({ params: { id: draft.id } }))
  expect(must(await author.listAdoptionDrafts()).items.map(({ id }) => id)).not.toContain(draft.id)
})
