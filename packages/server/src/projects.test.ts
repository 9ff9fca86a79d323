// W5 end to end over the routes: experts score, one reviewer proposes the list by rank and another decides on it, both
// parts of the money are reserved at once, the agreement is signed by both, and what is paid hangs on the acceptance.
import type { Client, DownloadedFile } from '@suanquan/api'
import { enrolled, faultsIn, must, readPdf, signIn, testCity, testProjects, upload } from '@suanquan/testkit'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'

const city = await testCity()
afterAll(() => city.stop())
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
const projects = await testProjects(city, { poolFen: 460_000_000n })
const { second } = projects

const START = '2024-05-08'
beforeEach(() => city.setDay(START))
afterEach(async () => {
  expect(await faultsIn(city.store.database)).toEqual([])
})

const pool = async (): Promise<object> => {
  const { leftFen, reservedFen } = must(
    await city.as('finance').readPool({ params: { id: projects.adoptionId } }),
  )
  return { leftFen, reservedFen }
}

async function candidate(
  title: string,
  points: [number, number, number],
  more: { clerk?: 'clerk2'; amountFen?: string } = {},
): Promise<string> {
  const { amountFen, ...planned } = more
  const id = await projects.submitted({ title, ...planned })
  await projects.scored(id, points)
  await projects.admitted(id, amountFen)
  return id
}

const stateOf = async (id: string): Promise<string> =>
  must(await reviewer.readApplication({ params: { id } })).state

/** Gives everything back, so that each test starts with a whole pool. */
async function leave(...ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const client = (await clerk.readApplication({ params: { id } })).ok ? clerk : city.as('clerk2')
    must(await client.withdrawApplication({ params: { id }, body: { reason: '不再申请' } }))
  }
}

describe('selection by rank', () => {
  test('the best within the pool, ties by the lowest score and then by who was first, the next in reserve', async () => {
    const before = await pool()
    const weak = await candidate('弱', [50, 60, 55])
    const tied = await candidate('并列后', [80, 80, 80], { clerk: 'clerk2' })
    const wide = await candidate('分差大', [70, 80, 90])
    const best = await candidate('最优', [95, 95, 95], { clerk: 'clerk2' })
    const last = await candidate('第四', [75, 75, 75])
    const query = { leastTenths: 600, reserves: 1 }
    const seen = must(await reviewer.readCandidates({ params: { id: projects.adoptionId }, query }))
    expect(seen.items.map(({ title, place, because }) => [title, place, because])).toEqual([
      ['最优', 'selected', null],
      ['并列后', 'selected', null],
      ['分差大', 'selected', null],
      ['第四', 'reserve', 'pool'],
      ['弱', 'passed_over', 'below_least'],
    ])
    const body = { adoptionId: projects.adoptionId, ...query, reason: '按专家评分' }
    const proposed = must(await reviewer.proposeSelection({ body }))
    expect(await pool()).toEqual(before)
    const params = { id: proposed.id }
    const decision = { approve: true, reason: '名次无误' }
    expect(await reviewer.decideSelection({ params, body: decision })).toMatchObject({
      problem: { code: 'project.own_selection' },
    })
    expect(await reviewer.proposeSelection({ body })).toMatchObject({
      problem: { code: 'project.selection_open' },
    })
    must(await second.decideSelection({ params, body: decision }))
    expect(await second.decideSelection({ params, body: decision })).toMatchObject({
      problem: { code: 'project.selection_decided' },
    })
    expect(await Promise.all([best, tied, wide, last, weak].map(stateOf))).toEqual([
      'proposed',
      'proposed',
      'proposed',
      'reserve',
      'refused',
    ])
    expect(await pool()).toEqual({ leftFen: '10000000', reservedFen: '450000000' })

    await leave(wide)
    const again = await projects.selected({ reserves: 1 })
    expect(again.items.map(({ title, place }) => [title, place])).toEqual([['第四', 'selected']])
    expect(await stateOf(last)).toBe('proposed')
    await leave(best, tied, last)
    expect(await pool()).toEqual(before)
  })

  test('nobody is ranked while a panel has not finished, and a list that has changed is not carried out', async () => {
    const scored = await candidate('已评分', [80, 80, 80])
    const unscored = await projects.submitted({ title: '未评分' })
    await projects.admitted(unscored)
    const body = { adoptionId: projects.adoptionId, leastTenths: 600, reserves: 0, reason: '按专家评分' }
    expect(await reviewer.proposeSelection({ body })).toMatchObject({
      problem: { code: 'project.experts_open' },
    })
    await projects.scored(unscored, [70, 70, 70])
    const { id } = must(await reviewer.proposeSelection({ body }))
    await leave(unscored)
    const decision = { approve: true, reason: '同意' }
    expect(await second.decideSelection({ params: { id }, body: decision })).toMatchObject({
      problem: { code: 'project.candidates_changed' },
    })
    must(await second.decideSelection({ params: { id }, body: { approve: false, reason: '名单有变' } }))
    await leave(scored)
    expect(await reviewer.proposeSelection({ body })).toMatchObject({
      problem: { code: 'project.nobody_selected' },
    })
  })

  test('a project short of its corpus is not admitted, and no contract is asked for', async () => {
    const id = await projects.submitted({ title: '条数不足', items: 99_999 })
    const application = must(await reviewer.readApplication({ params: { id } }))
    expect(application).toMatchObject({ eligible: 'no', contractNumber: null })
    const body = { decision: 'approve' as const, amountFen: '100', findings: {}, reason: '同意' }
    expect(await reviewer.decideApplication({ params: { id }, body })).toMatchObject({
      problem: { code: 'application.not_eligible' },
    })
    await leave(id)
  })
})

/** Of 20,000 yuan in all: half at the start, half at an excellent acceptance. */
async function selectedProject(title: string): Promise<string> {
  const id = await candidate(title, [90, 90, 90], { amountFen: '2000000' })
  await projects.selected()
  return id
}

describe('from agreement to acceptance', () => {
  test('the first part when both have signed, the second where acceptance is excellent', async () => {
    const before = await pool()
    const project = await projects.started(await selectedProject('优秀项目'))
    const params = { id: project.id }
    expect(project).toMatchObject({ state: 'agreement', firstFen: '1000000', secondFen: '1000000' })
    expect(await reviewer.countersignAgreement({ params, body: { reason: '同意' } })).toMatchObject({
      problem: { code: 'project.transition_not_allowed' },
    })
    must(await clerk.signAgreement({ params, body: { agreed: true } }))
    const running = must(await reviewer.countersignAgreement({ params, body: { reason: '同意' } }))
    expect(running.payments).toMatchObject([{ state: 'approved', amountFen: '1000000' }])
    expect(running.payments[0]!.number).toMatch(/-1$/)
    await projects.paid(running)
    city.setDay('2024-10-08')
    const early = { result: 'excellent' as const, reason: '同意' }
    must(await clerk.fileAcceptance({ params, body: await projects.filing(project) }))
    expect(await reviewer.concludeAcceptance({ params, body: early })).toMatchObject({
      problem: { code: 'project.no_expert_opinion' },
    })
    await projects.scored(project.applicationId, [95, 95, 95])
    must(await reviewer.concludeAcceptance({ params, body: early }))
    const decision = { approve: true, reason: '同意' }
    expect(await reviewer.decideAcceptance({ params, body: decision })).toMatchObject({
      problem: { code: 'project.own_conclusion' },
    })
    must(await second.decideAcceptance({ params, body: { approve: false, reason: '请补核条数' } }))
    must(await reviewer.concludeAcceptance({ params, body: early }))
    const done = must(await second.decideAcceptance({ params, body: decision }))
    expect(done).toMatchObject({ state: 'accepted', result: 'excellent' })
    expect(done.payments.map(({ amountFen }) => amountFen)).toEqual(['1000000', '1000000'])
    await projects.paid(done)
    const left = BigInt((before as { leftFen: string }).leftFen) - 2_000_000n
    expect(await pool()).toEqual({ leftFen: left.toString(), reservedFen: '0' })
    const asked = { params, query: { language: 'zh' as const } }
    for (const file of [await clerk.readAgreementDocument(asked), await clerk.readAcceptanceDocument(asked)])
      expect(readPdf((must(file) as DownloadedFile).bytes).pages.join('')).toContain('优秀项目')
  })

  test('qualified pays no more: the second part goes back to the pool', async () => {
    const before = await pool()
    const project = await projects.running(await selectedProject('合格项目'))
    await projects.paid(project)
    const done = await projects.judged(project, 'qualified')
    expect(done).toMatchObject({ state: 'accepted', result: 'qualified', toClawBackFen: '0' })
    expect(done.payments).toHaveLength(1)
    const left = BigInt((before as { leftFen: string }).leftFen) - 1_000_000n
    expect(await pool()).toEqual({ leftFen: left.toString(), reservedFen: '0' })
  })

  test('failed, all of the first part is taken back by the procedure of clawbacks, never a part of it', async () => {
    const project = await projects.running(await selectedProject('不合格项目'))
    await projects.paid(project)
    const failed = await projects.judged(project, 'failed')
    expect(failed).toMatchObject({ state: 'failed', toClawBackFen: '1000000', clawbackId: null })
    const { answerBy, claims } = must(
      await reviewer.readRecoverable({ params: { id: project.applicationId } }),
    )
    const proposal = {
      applicationId: project.applicationId,
      basis: 'acceptance_failed' as const,
      finding: '验收不合格，交付的语料未达到任务书指标',
      clause: '任务书第三条',
      evidence: ['验收决定书'],
      revokes: false,
      answerBy,
    }
    const { claimId } = claims[0]!
    const short = { ...proposal, lines: [{ claimId, amountFen: '100' }] }
    expect(await reviewer.proposeClawback({ body: short })).toMatchObject({
      problem: { code: 'clawback.not_whole' },
    })
    const whole = { ...proposal, lines: [{ claimId, amountFen: '1000000' }] }
    const clawback = must(await reviewer.proposeClawback({ body: whole }))
    const params = { id: clawback.id }
    must(await clerk.answerClawback({ params, body: { statement: '没有异议' } }))
    const decided = { decision: 'uphold' as const, fineFen: null, dueOn: '2024-12-31', reason: '收回全部' }
    expect(must(await second.decideClawback({ params, body: decided }))).toMatchObject({
      state: 'owed',
      owedFen: '1000000',
    })
    const paidBack = { kind: 'bank' as const, amountFen: '1000000', reference: 'ZH-1', receivedOn: START }
    expect(must(await city.as('finance').recordRecovery({ params, body: paidBack })).state).toBe('settled')
  })
})

describe('time and leaving', () => {
  test('an agreement that is not signed in time lapses; a running project that does not file in time has failed', async () => {
    const before = await pool()
    const unsigned = await projects.started(await selectedProject('未签'))
    city.setDay('2024-06-20')
    await city.tick()
    expect(must(await clerk.readProject({ params: { id: unsigned.id } })).state).toBe('lapsed')
    expect(await pool()).toEqual(before)

    city.setDay(START)
    const late = await projects.running(await selectedProject('逾期'))
    await projects.paid(late)
    const params = { id: late.id }
    expect(late.acceptBy).toBe('2024-10-30')
    const until = '2024-12-20'
    expect(
      await reviewer.extendProject({ params, body: { until: '2025-06-01', reason: '采集延后' } }),
    ).toMatchObject({ problem: { code: 'project.extension_outside' } })
    must(await reviewer.extendProject({ params, body: { until, reason: '采集延后' } }))
    expect(
      await reviewer.extendProject({ params, body: { until: '2024-12-25', reason: '再次' } }),
    ).toMatchObject({
      problem: { code: 'project.extended_already' },
    })
    city.setDay(until)
    await city.tick()
    expect(must(await clerk.readProject({ params })).state).toBe('running')
    city.setDay('2024-12-21')
    await city.tick()
    expect(must(await clerk.readProject({ params }))).toMatchObject({
      state: 'failed',
      toClawBackFen: '1000000',
    })
    const kinds = must(await clerk.listMessages({ query: { size: 100 } })).items.map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['project_lapsed', 'acceptance_due', 'project_failed']))
  })

  test('given up before the office has signed it costs nothing; given up after it all is owed', async () => {
    const before = await pool()
    const early = await projects.started(await selectedProject('早退'))
    const body = { reason: '团队调整' }
    expect(must(await clerk.withdrawProject({ params: { id: early.id }, body })).state).toBe('withdrawn')
    expect(await pool()).toEqual(before)
    city.setDay(START)
    const late = await projects.running(await selectedProject('中途退出'))
    await projects.paid(late)
    const left = must(await clerk.withdrawProject({ params: { id: late.id }, body }))
    expect(left).toMatchObject({ state: 'failed', toClawBackFen: '1000000' })
  })

  test('a filing that is returned gives the firm time again, and what is filed anew is judged anew', async () => {
    const project = await projects.running(await selectedProject('补充材料'))
    const params = { id: project.id }
    must(await clerk.fileAcceptance({ params, body: await projects.filing(project) }))
    await projects.scored(project.applicationId, [70, 70, 70])
    city.setDay('2024-10-30')
    const back = must(await reviewer.returnFiling({ params, body: { reason: '缺检测报告' } }))
    expect(back).toMatchObject({ state: 'running', deadlineOn: '2024-11-06' })
    must(await clerk.fileAcceptance({ params, body: await projects.filing(project) }))
    const body = { result: 'qualified' as const, reason: '达到指标' }
    expect(await reviewer.concludeAcceptance({ params, body })).toMatchObject({
      problem: { code: 'project.no_expert_opinion' },
    })
  })

  test('a stranger sees nothing of it, and papers of others cannot be filed', async () => {
    const project = await projects.running(await selectedProject('他人'))
    const params = { id: project.id }
    const stranger = city.as('clerk2')
    for (const tried of [
      await stranger.readProject({ params }),
      await stranger.fileAcceptance({ params, body: await projects.filing(project) }),
      await stranger.withdrawProject({ params, body: { reason: '试试' } }),
    ])
      expect(tried).toMatchObject({ problem: { code: 'request.not_found' } })
    const foreign = await upload(stranger, 'acceptance_report', city.otherFirm.id)
    const filing = await projects.filing(project)
    const body = { ...filing, documents: [{ kind: 'acceptance_report' as const, attachmentId: foreign }] }
    expect(await clerk.fileAcceptance({ params, body })).toMatchObject({
      problem: { code: 'attachment.unknown' },
    })
  })
})

test('nobody decides through a deputy on the own act, nor on what a deputy did in the own name', async () => {
  const lent = async (login: string): Promise<Client> => {
    const grants = { role: 'policy_author' as const, district: null, organisationCreditCode: null }
    deputies.set(login, await enrolled(city, login, grants))
    return signIn(city.server.url, login)
  }
  const deputies = new Map<string, string>()
  const deputy = await lent('deputy')
  const duty = { district: null, startsOn: START, endsOn: '2024-12-31', reason: '年度休假' }
  must(await reviewer.makeDelegation({ body: { ...duty, deputy: deputies.get('deputy')! } }))
  const id = await candidate('代办项目', [90, 90, 90], { amountFen: '2000000' })
  const body = { adoptionId: projects.adoptionId, leastTenths: 600, reserves: 0, reason: '按专家评分' }
  const decision = { approve: true, reason: '同意' }
  const own = { problem: { code: 'project.own_selection' } }
  const first = { id: must(await reviewer.proposeSelection({ body })).id }
  expect(await deputy.decideSelection({ params: first, body: decision })).toMatchObject(own)
  expect(await city.as('reviewer2').decideSelection({ params: first, body: decision })).toMatchObject({
    problem: { code: 'request.not_found' },
  })
  must(await second.decideSelection({ params: first, body: { approve: false, reason: '请代办人重提' } }))
  const again = { id: must(await deputy.proposeSelection({ body })).id }
  expect(await reviewer.decideSelection({ params: again, body: decision })).toMatchObject(own)
  must(await second.decideSelection({ params: again, body: decision }))
  const project = await projects.running(id)
  const params = { id: project.id }
  must(await clerk.fileAcceptance({ params, body: await projects.filing(project) }))
  await projects.scored(id, [95, 95, 95])
  const concluded = must(
    await deputy.concludeAcceptance({ params, body: { result: 'excellent', reason: '代为审核' } }),
  )
  expect(concluded.events.at(-1)).toMatchObject({ event: 'conclude', forName: 'reviewer 某某' })
  expect(await reviewer.decideAcceptance({ params, body: decision })).toMatchObject({
    problem: { code: 'project.own_conclusion' },
  })
  must(await second.decideAcceptance({ params, body: decision }))

  // who acts for the firm cannot have its case decided by a deputy either
  const both = [
    { role: 'reviewer' as const, district: null, organisationCreditCode: null },
    { role: 'clerk' as const, district: null, organisationCreditCode: city.firm.creditCode },
  ]
  city.setDay(START)
  await enrolled(city, 'both', ...both)
  const stand = await lent('stand')
  const giver = await signIn(city.server.url, 'both')
  must(await giver.makeDelegation({ body: { ...duty, deputy: deputies.get('stand')! } }))
  const other = await projects.submitted({ title: '本企业项目' })
  const approve = { decision: 'approve' as const, amountFen: '100', findings: {}, reason: '同意' }
  expect(await stand.decideApplication({ params: { id: other }, body: approve })).toMatchObject({
    problem: { code: 'application.conflict_of_interest' },
  })
  await leave(other)
})

test('what a fund grants one firm a year bounds its projects too: both on the list, or none', async () => {
  const [finance, finance2] = [city.as('finance'), city.as('finance2')]
  const { items } = must(await finance.listFunds({}))
  const fund = items.find(({ programmes }) =>
    programmes.some(({ adoptionId }) => adoptionId === projects.adoptionId),
  )!
  const ground = { documentNumber: '示财专〔2024〕9号', documentOn: '2024-05-06', reason: '每家企业合计上限' }
  const cap = { kind: 'shared_cap' as const, amountFen: '3000000', year: 2024, ...ground }
  const act = must(await finance.proposeFundAct({ params: { id: fund.id }, body: cap }))
  const agreed = { decision: 'approve' as const, reason: '' }
  must(await finance2.decideFundAct({ params: { id: act.id }, body: agreed }))
  const before = await pool()
  const both = [
    await candidate('限额内', [90, 90, 90], { amountFen: '2000000' }),
    await candidate('限额外', [85, 85, 85], { amountFen: '2000000' }),
  ]
  const body = { adoptionId: projects.adoptionId, leastTenths: 600, reserves: 0, reason: '按专家评分' }
  const { id } = must(await reviewer.proposeSelection({ body }))
  const decision = { approve: true, reason: '同意' }
  expect(await second.decideSelection({ params: { id }, body: decision })).toMatchObject({
    problem: { code: 'project.money_changed' },
  })
  expect(await Promise.all(both.map(stateOf))).toEqual(['candidate', 'candidate'])
  expect(await pool()).toEqual(before)
  must(await second.decideSelection({ params: { id }, body: { approve: false, reason: '超出限额' } }))
  await leave(...both)
})

test('a year ends with projects between their parts: what is reserved goes on and is paid in the next year', async () => {
  const [finance, finance2] = [city.as('finance'), city.as('finance2')]
  const project = await projects.running(await selectedProject('跨年项目'))
  await projects.paid(project)
  const before = (await pool()) as { leftFen: string; reservedFen: string }
  city.setDay('2025-01-03')
  const { items } = must(await finance.listFunds({}))
  const fund = items.find(({ programmes }) =>
    programmes.some(({ adoptionId }) => adoptionId === projects.adoptionId),
  )!
  const rules = fund.programmes.map(({ adoptionId }) => ({ adoptionId, rule: 'carry' as const }))
  const ground = { documentNumber: '示财结〔2025〕1号', documentOn: '2025-01-03', reason: '年终结账' }
  const close = must(
    await finance.proposeYearClose({ params: { id: fund.id }, body: { year: 2024, rules, ...ground } }),
  )
  const agreed = { decision: 'approve' as const, reason: '' }
  must(await finance2.decideYearClose({ params: { id: close.id }, body: agreed }))
  expect(await pool()).toEqual(before)
  const done = await projects.judged(project, 'excellent')
  expect(done.payments.map(({ amountFen }) => amountFen)).toEqual(['1000000', '1000000'])
  await projects.paid(done)
  const reservedFen = `${BigInt(before.reservedFen) - 1_000_000n}`
  expect(await pool()).toEqual({ leftFen: before.leftFen, reservedFen })
})
