// Nothing that a programme reads is out of reach of an application: every fact of every programme that comes with
// Suanquan has an origin, and what the wizard, the registers and a reviewer supply is enough to decide its cases as
// they are worked out.
import { readFileSync, readdirSync } from 'node:fs'
import { env } from 'node:process'
import { describe, expect, test } from 'vitest'
import {
  checkProgramme,
  cnVoucherFacts,
  determine,
  grantFacts,
  readCases,
  readFacts,
  runCase,
  withAnswers,
  type Facts,
  type Programme,
  type WorkedCase,
} from '../policy/index.ts'
import { applicationFacts, type FactsInput, type Findings } from './facts.ts'
import { factOrigins, factsToDeclare, statedValue, valuesToFind, wrongStatements } from './fact-origins.ts'

const root = new URL('../../../../programmes/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('programme.yaml'))
  .map((path) => path.replace('/programme.yaml', ''))
/** without the long run the latest of every second place */
const tried: readonly string[] =
  env['SUANQUAN_FULL'] === '1'
    ? folders
    : [...new Map(folders.toSorted().map((folder) => [folder.split('/')[0], folder])).values()].filter(
        (_, index) => index % 2 === 0,
      )
const load = (folder: string): Programme =>
  checkProgramme(read(`${folder}/programme.yaml`), folder).programme!

/** The kinds that the wizard has a field for. */
const KINDS = ['bool', 'int', 'string', 'money', 'date', 'region', 'industry', 'enumeration']

/** An application as people would make it who know the case: each fact by the way its origin says. */
function applied(programme: Programme, given: Facts): Facts {
  const values = readFacts(programme.facts, given).facts
  const stated: Record<string, boolean | string> = {}
  const findings: Record<string, boolean | string> = {}
  const held: Record<string, unknown> = {}
  for (const { fact, origin } of factOrigins(programme)) {
    const value = values.get(fact.path)
    if (value === undefined) continue
    const typed = typeof value === 'boolean' ? value : String(value)
    if (origin === 'declared') stated[fact.path] = typed
    else if (origin === 'reviewer') findings[fact.path] = typed
    else held[fact.path] = value
  }
  const made = applicationFacts({ ...nobody, programme, statements: { declared: stated }, findings })
  const supplied = made.filter(({ source }) => source === 'declared' || source === 'reviewer')
  return { ...(held as Facts), ...Object.fromEntries(supplied.map(({ id, value }) => [id, value])) }
}

const day = '2026-01-01' as FactsInput['submittedOn']
const nobody: Omit<FactsInput, 'programme'> = {
  applicant: { creditCode: '', codeSource: null },
  readings: Object.fromEntries(
    [
      'kind',
      'region',
      'status',
      'independentLegalPerson',
      'industry',
      'establishedOn',
      'dishonestWithinThreeYears',
      'onDishonestyList',
      'majorPenaltyWithinThreeYears',
      'sizeClass',
      'employees',
      'revenueFen',
      'assetsFen',
    ].map((field) => [field, { state: 'unknown' }]),
  ) as unknown as FactsInput['readings'],
  contract: {},
  statements: {},
  provider: null,
  buyer: null,
  findings: {},
  settled: null,
  submittedOn: day,
}

describe.each(tried)('%s', (folder: string) => {
  const programme = load(folder)
  test('every fact that it reads has its origin, and what is stated has a field', () => {
    const origins = factOrigins(programme)
    expect(origins.map(({ fact }) => fact)).toEqual(grantFacts(programme))
    for (const { fact, origin } of origins)
      if (origin === 'declared' || origin === 'reviewer') expect(KINDS).toContain(fact.type.kind)
  })
  test('an application with the facts of a worked case is decided as the case', () => {
    const { answers, cases } = readCases(programme, read(`${folder}/cases.yaml`), 'cases.yaml').cases!
    const answered = withAnswers(programme, answers)
    const grants = cases.filter(({ act }) => act === 'grant')
    const failed = grants.filter((worked) => !agrees(answered, worked)).map(({ name }) => name)
    expect(grants.length).toBeGreaterThan(0)
    expect(failed).toEqual([])
  })
})

function agrees(programme: Programme, worked: WorkedCase): boolean {
  const given = applied(programme, worked.given)
  const same = { ...worked, given: { ...onlyUnread(programme, worked.given), ...given } }
  if (!runCase(programme, same).passed) return false
  const inputs = [worked.given, same.given].map((facts) => {
    const { balances, award, on } = worked
    return determine(withAnswers(programme, worked.parameters), {
      facts,
      balances,
      ...(award === undefined ? {} : { award }),
      ...(on === undefined ? {} : { on }),
    })
  })
  return inputs.every((found) => found.ok) && inputs[0]!.ok && inputs[1]!.ok
    ? inputs[0]!.value.ceilingFen === inputs[1]!.value.ceilingFen &&
        inputs[0]!.value.outcome === inputs[1]!.value.outcome
    : false
}

/** What the case gives although no grant reads it. */
function onlyUnread(programme: Programme, given: Facts): Facts {
  const readPaths = new Set(grantFacts(programme).map(({ path }) => path))
  return Object.fromEntries(Object.entries(given).filter(([path]) => !readPaths.has(path)))
}

describe('what applicants state', () => {
  const hubei = load('hubei/2025-cloud-voucher')
  test('is asked fact by fact, amounts too', () => {
    expect(factsToDeclare(hubei)).toEqual(
      expect.arrayContaining(['contract.cloud_resources', 'applicant.listed_as_provider']),
    )
    expect(factsToDeclare(load('beijing/2023-compute-voucher'))).not.toContain('applicant.sound_finance')
  })
  test('counts only in the type of its fact', () => {
    expect(statedValue(cnVoucherFacts, 'contract.cloud_resources', '12345')).toBe(12345n)
    expect(statedValue(cnVoucherFacts, 'application.direction', 'open_source')).toBe('open_source')
    expect(
      wrongStatements(hubei, { 'contract.cloud_resources': 'much', 'applicant.region': 'here', odd: true }),
    ).toEqual(['contract.cloud_resources', 'applicant.region', 'odd'])
  })
  test('never answers what the programme leaves to a register or a reviewer', () => {
    const programme = load('qingdao/2025-compute-reward')
    const declared = { 'applicant.meets_green_threshold': true, 'applicant.status': 'active' }
    const made = applicationFacts({ ...nobody, programme, statements: { declared } })
    expect(made.map(({ id }) => id)).toEqual(['application.submitted_on'])
  })
  test('leaves amounts that people decide to the reviewer', () => {
    const programme = load('qingyang/2024-compute-voucher')
    expect(valuesToFind(programme).map(({ path }) => path)).toEqual(['review.decided_amount'])
    const findings: Findings = { 'review.decided_amount': '500' }
    const made = applicationFacts({ ...nobody, programme, findings })
    expect(made.find(({ id }) => id === 'review.decided_amount')?.value).toBe(500n)
  })
})
