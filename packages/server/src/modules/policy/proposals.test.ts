// Into the library by two signatures: what is refused before it may be proposed, who signs, and what is signed; and a
// measure that favours some is adopted only with its ground.
import type { BodyOf, Client, Routes } from '@suanquan/api'
import { checkProgramme, mutationScore } from '@suanquan/core/policy'
import { enrolled, must, otherVersion, signIn, testCity } from '@suanquan/testkit'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'

const city = await testCity()
const author = city.as('policy_author')
let second: Client
afterAll(() => city.stop())

beforeAll(async () => {
  await enrolled(city, 'author2', { role: 'policy_author', district: null, organisationCreditCode: null })
  second = await signIn(city.server.url, 'author2')
})

const WUXI = 'cn.wuxi.compute_reward'
const reason = '决定第三条：两年后复评'
const grounds = [
  'eligibility.local_within_settled.local_terms',
  'awards.local.base.local_terms',
  'awards.outside.base.local_terms',
].map((key) => ({ key, ground: 'innovation' as const, reason }))

async function wuxi(version: string) {
  return { ...(await otherVersion(author, WUXI, version)), exceptions: grounds }
}

test('what lacks cases, fails one, favours without a ground or proves too little is not proposed', async () => {
  const whole = await wuxi('2026.1')
  const refused = async (body: Omit<BodyOf<Routes['proposeProgramme']>, 'survivors'>, code: string) =>
    expect(await author.proposeProgramme({ body: { ...body, survivors: [] } })).toMatchObject({
      problem: { code },
    })
  await refused(
    { ...whole, text: whole.text.replace('jurisdiction:', 'jurisdicton:') },
    'adoption.programme_invalid',
  )
  await refused({ ...whole, casesText: null }, 'programme.cases_missing')
  const other = whole.text.replace('values: {2025-01-01: 30%}', 'values: {2025-01-01: 31%}')
  await refused({ ...whole, text: other }, 'programme.cases_failed')
  await refused({ ...whole, exceptions: grounds.slice(1) }, 'programme.competition_unexplained')
  await refused({ ...whole, casesText: fewer(whole.casesText) }, 'programme.faults_unnoticed')
  const same = await otherVersion(author, WUXI, '2025.1')
  await refused({ ...same, exceptions: grounds }, 'programme.published')
  const changed = {
    ...same,
    text: same.text.replace('en: highest rate for compute elsewhere', 'en: highest rate outside'),
    exceptions: grounds,
  }
  await refused(changed, 'programme.version_taken')
})

/** Its first case alone. */
function fewer(casesText: string): string {
  const starts = [...casesText.matchAll(/^ {2}- name:/gm)].map(({ index }) => index)
  return casesText.slice(0, starts[1])
}

test('a fault that no case notices may stand with its reason', async () => {
  const whole = await wuxi('2026.2')
  const body = { ...whole, casesText: fewer(whole.casesText) }
  const { programme } = checkProgramme(body.text, 'programme.yaml')
  const { survivors: names } = mutationScore(programme!, body.casesText, 'cases.yaml')
  const survivors = names.map((mutant) => ({ mutant, reason }))
  expect(await author.proposeProgramme({ body: { ...body, survivors: survivors.slice(1) } })).toMatchObject({
    problem: { code: 'programme.faults_unnoticed', params: { mutants: [names[0]] } },
  })
  const proposed = must(await author.proposeProgramme({ body: { ...body, survivors } }))
  expect(proposed.survivors).toEqual(survivors)
})

test('somebody else signs the very text; then it is a version of the library', async () => {
  const first = must(await author.proposeProgramme({ body: await wuxi('2026.3') }))
  expect(first).toMatchObject({ state: 'proposed', mine: true, scoreBasisPoints: 10_000 })
  expect(first.exceptions).toMatchObject([{ article: 10, ground: 'innovation', reason }, {}, {}])
  const params = { id: first.id }
  const body = { contentHash: first.contentHash }
  const refusedTo = async (client: Client, code: string, signed = body) =>
    expect(await client.signProgrammeProposal({ params, body: signed })).toMatchObject({ problem: { code } })
  await refusedTo(author, 'programme.own_proposal')
  await refusedTo(city.as('finance'), 'request.forbidden')
  expect(await second.proposeProgramme({ body: await wuxi('2026.3') })).toMatchObject({
    problem: { code: 'programme.proposed_by_another' },
  })
  expect(await second.withdrawProgrammeProposal({ params })).toMatchObject({
    problem: { code: 'programme.others_proposal' },
  })
  const told = must(await second.listMessages({})).items
  expect(
    told.filter(({ kind, aboutId }) => kind === 'programme_to_sign' && aboutId === first.id),
  ).toHaveLength(1)
  const stricter = {
    ...(await wuxi('2026.3')),
    exceptions: grounds.map((each) => ({ ...each, reason: '另一理由' })),
  }
  const changed = must(await author.proposeProgramme({ body: stricter }))
  expect(changed.id).toBe(first.id)
  await refusedTo(second, 'programme.proposal_changed')
  const listed = async () => must(await author.listProgrammes({})).items.map(({ hash }) => hash)
  expect(await listed()).not.toContain(first.programmeHash)
  const { hash } = must(
    await second.signProgrammeProposal({ params, body: { contentHash: changed.contentHash } }),
  )
  expect(await listed()).toContain(hash)
  const { items } = must(await city.as('auditor').listProgrammeProposals({}))
  expect(items.find(({ id }) => id === first.id)).toMatchObject({ state: 'published', mine: false })
  await refusedTo(second, 'programme.proposal_closed')
  const before = must(await author.listProgrammes({})).items.find(({ version }) => version === '2025.1')!
  must(await author.compareProgrammes({ params: { hash }, query: { before: before.hash } }))
})

test('what is withdrawn cannot be signed, and its version is free again', async () => {
  const proposed = must(await author.proposeProgramme({ body: await wuxi('2026.4') }))
  const params = { id: proposed.id }
  must(await author.withdrawProgrammeProposal({ params }))
  const { contentHash } = proposed
  expect(await second.signProgrammeProposal({ params, body: { contentHash } })).toMatchObject({
    problem: { code: 'programme.proposal_closed' },
  })
  const again = must(await second.proposeProgramme({ body: await wuxi('2026.4') }))
  expect(again.id).not.toBe(proposed.id)
})

const root = `${import.meta.dirname}/../../../../../programmes`
const file = (path: string): Promise<string> => readFile(`${root}/${path}`, 'utf8')

test('an adoption in one piece needs a ground for each rule that favours some; the public reads it', async () => {
  const programmeText = await file('chengdu/2025-compute-voucher/programme.yaml')
  const adoptionText = await file('demo-city/2024-deduction-adoption.yaml')
  const silent = adoptionText.replace(/\ncompetition:[\s\S]*$/, '\n')
  const body = { programmeText, adoptionText: silent }
  expect(await author.createAdoption({ body })).toMatchObject({
    problem: {
      code: 'adoption.competition_unexplained',
      params: { rules: ['eligibility.listed_provider.closed_list'] },
    },
  })
  const { id } = must(await author.createAdoption({ body: { programmeText, adoptionText } }))
  const read = must(await city.anybody.readCompetition({ params: { id } }))
  expect(read).toMatchObject({
    decidedOn: '2023-12-20',
    items: [{ kind: 'closed_list', article: 8, ground: 'innovation', signedBy: '示例市新经济局长（演示）' }],
  })
})

test('an adoption item by item asks for the ground, and takes only those of article 12', async () => {
  const { hash } = must(await author.listProgrammes({})).items.find(
    ({ id, version }) => id === WUXI && version === '2025.1',
  )!
  const title = { zh: '题', en: 'title' }
  const opened = must(
    await author.openAdoptionDraft({ body: { programmeHash: hash, title, authority: title, districts: [] } }),
  )
  const asked = opened.items.filter(({ kind }) => kind === 'competition')
  expect(asked.map(({ key, required }) => [key, required])).toEqual(
    grounds.map(({ key }) => [`competition.${key}`, true]),
  )
  const answer = { key: asked[0]!.key, value: ['custom'], source: reason }
  const params = { id: opened.id }
  expect(await author.answerAdoptionItem({ params, body: answer })).toMatchObject({
    problem: { code: 'adoption.answer_unfit' },
  })
  const done = must(await author.answerAdoptionItem({ params, body: { ...answer, value: ['by_law'] } }))
  expect(done.missing).toBe(opened.missing - 1)
})
