// The desk through its routes: what a correction lets change, many cases under one reason, search within what one may
// read, saved views, and the office's clock while a correction is awaited.
import { applied, FINDINGS, granted, must, testCity } from '@suanquan/testkit'
import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'

const city = await testCity()
const { firm, otherFirm } = city
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
afterAll(() => city.stop())

const codeOf = (outcome: { ok: boolean; problem?: { code: string } }): string | undefined =>
  outcome.ok ? 'done' : outcome.problem?.code

describe('a correction by field', async () => {
  const { id } = await applied(city, 'clerk', firm, { number: 'BZ-1', account: 'bz1' })
  const ask = (field: string): Promise<{ ok: boolean }> =>
    reviewer.decideApplication({
      params: { id },
      body: {
        decision: 'request_correction',
        fields: [{ field, remark: '与合同正文不一致' }],
        reason: '请补正后重新提交',
      },
    })

  test('names only fields that the application has', async () => {
    expect(codeOf(await ask('contract.colour'))).toBe('application.field_not_correctable')
    expect(codeOf(await ask('proofs.invoices'))).toBe('application.field_not_correctable')
    const before = must(await reviewer.readApplication({ params: { id } }))
    expect(before.correctable).toContain('contract.endsOn')
    expect(before.changes).toEqual([])
    expect(codeOf(await ask('contract.endsOn'))).toBe('done')
  })

  test('lets only those be changed, whoever saves', async () => {
    const { draft } = must(await clerk.readApplication({ params: { id } }))
    const changed = (contract: object): typeof draft => ({
      ...draft,
      contract: { ...draft.contract, ...contract },
    })
    const save = (body: typeof draft): Promise<{ ok: boolean }> => clerk.saveDraft({ params: { id }, body })
    expect(codeOf(await save(changed({ amountFen: '999' })))).toBe('application.field_not_asked')
    expect(codeOf(await save({ ...draft, documents: draft.documents.slice(1) }))).toBe(
      'application.field_not_asked',
    )
    expect(codeOf(await save(changed({ endsOn: '2025-01-31' })))).toBe('done')
    expect(codeOf(await save(draft))).toBe('done')
    expect(codeOf(await save(changed({ endsOn: '2025-02-28' })))).toBe('done')
  })

  test('and the reviewer sees the difference after it came back', async () => {
    must(await clerk.submitApplication({ params: { id } }))
    const { changes } = must(await reviewer.readApplication({ params: { id } }))
    expect(changes).toMatchObject([
      { field: 'contract.endsOn', after: [{ text: '2025-02-28', attachmentId: null }] },
    ])
    expect(changes[0]!.before[0]!.text).not.toBe('2025-02-28')
  })
})

test('the clock of the review stands still while a correction is awaited', async () => {
  const left = async (id: string): Promise<number | null> =>
    must(await reviewer.readApplication({ params: { id } })).workingDaysLeft
  city.setDay('2024-05-13')
  const { id } = await applied(city, 'clerk2', otherFirm, { number: 'TB-1' })
  const whole = (await left(id))!
  city.setDay('2024-05-16')
  expect(await left(id)).toBe(whole - 3)
  const fields = [{ field: 'statements.purpose', remark: '请写明用途' }]
  const body = { decision: 'request_correction' as const, fields, reason: '用途不清' }
  must(await reviewer.decideApplication({ params: { id }, body }))
  city.setDay('2024-05-21')
  must(await city.as('clerk2').submitApplication({ params: { id } }))
  expect(await left(id)).toBe(whole - 3)
})

describe('many cases under one reason', async () => {
  const first = await applied(city, 'clerk', firm, { number: 'PL-1', account: 'pl1' })
  const second = await applied(city, 'clerk', firm, { number: 'PL-2', account: 'pl2' })
  const third = await applied(city, 'clerk2', otherFirm, { number: 'PL-3', account: 'pl3' })
  const item = (id: string, amountFen: string): { id: string; amountFen: string; findings: object } => ({
    id,
    amountFen,
    findings: FINDINGS,
  })
  const nowhere = randomUUID()
  const act = (id: string) => ({
    id,
    reason: '材料齐全，符合条件',
    act: {
      decision: 'approve' as const,
      items: [
        item(first.id, '100000'),
        item(second.id, '99999999999999'),
        item(third.id, '200000'),
        item(nowhere, '1'),
      ] as { id: string; amountFen: string; findings: Record<string, boolean> }[],
    },
  })
  const id = randomUUID()

  test('are decided one by one, and the answer says which were refused and why', async () => {
    must(
      await reviewer.declareConflict({
        body: { about: 'organisation', objectId: otherFirm.id, reason: '近亲属任职' },
      }),
    )
    const done = must(await reviewer.decideApplications({ body: act(id) }))
    expect(done.items.map(({ refusal }) => refusal?.code ?? 'done')).toEqual([
      'done',
      'application.above_ceiling',
      'application.conflict_of_interest',
      'request.not_found',
    ])
    expect(done).toMatchObject({ done: 1, refused: 3 })
    expect(done.items[0]).toMatchObject({ number: first.number, state: 'proposed' })
    const { state } = must(await reviewer.readApplication({ params: { id: second.id } }))
    expect(state).toBe('submitted')
  })

  test('a retry gives the first answer and decides nothing anew, a refused case included', async () => {
    const journal = async (): Promise<unknown> =>
      city.store.database.kysely.selectFrom('workflow_event').select('id').orderBy('id').execute()
    const before = await journal()
    const again = must(await reviewer.decideApplications({ body: act(id) }))
    expect(again.items.map(({ refusal }) => refusal?.code ?? 'done')).toEqual([
      'done',
      'application.above_ceiling',
      'application.conflict_of_interest',
      'request.not_found',
    ])
    expect(must(await reviewer.readBulk({ params: { id } }))).toEqual(again)
    expect(await journal()).toEqual(before)
  })

  test('the same id for something else is refused, and nobody reads another’s', async () => {
    const other = { ...act(id), reason: '另一个理由' }
    expect(codeOf(await reviewer.decideApplications({ body: other }))).toBe('request.key_reused')
    expect(codeOf(await city.as('reviewer2').decideApplications({ body: act(id) }))).toBe(
      'request.key_reused',
    )
    expect(codeOf(await city.as('reviewer2').readBulk({ params: { id } }))).toBe('request.not_found')
  })

  test('when two come at once under one id, each case is decided once', async () => {
    const twice = {
      id: randomUUID(),
      reason: '不符合支持方向',
      act: { decision: 'refuse' as const, items: [{ id: second.id, findings: {} }] },
    }
    const answers = await Promise.all([1, 2].map(() => reviewer.decideApplications({ body: twice })))
    expect(answers.map((answer) => must(answer).done)).toEqual([1, 1])
    const { events } = must(await reviewer.readApplication({ params: { id: second.id } }))
    expect(events.filter(({ event }) => event === 'refuse')).toHaveLength(1)
  })

  test('of another district nothing is told but the refusal', async () => {
    const { id: foreign } = await applied(city, 'clerk', firm, { number: 'PL-9', account: 'pl9' })
    const body = {
      id: randomUUID(),
      reason: '不符合条件',
      act: { decision: 'refuse' as const, items: [{ id: foreign, findings: {} }] },
    }
    const answer = must(await city.as('reviewer2').decideApplications({ body }))
    expect(answer.items).toMatchObject([
      { number: null, organisationName: null, state: null, refusal: { code: 'request.not_found' } },
    ])
  })
})

describe('search', async () => {
  const granting = await granted(
    city,
    await applied(city, 'clerk', firm, { number: 'SS%_1', account: 'ss1' }),
    '500000',
  )
  const voucher = must(await clerk.readVoucher({ params: { id: granting.voucherId! } }))
  const foundBy = async (name: string, q: string): Promise<Record<string, string[]>> => {
    const { groups } = must(await city.as(name).searchAll({ query: { q } }))
    return Object.fromEntries(groups.map(({ kind, items }) => [kind, items.map(({ id }) => id)]))
  }
  const { items } = must(await reviewer.listMyOrganisations({}))
  const { name } = items.find(({ id }) => id === firm.id)!

  test('finds by any part of a name, a number and a credit code', async () => {
    for (const q of [name.slice(1, 4), name, firm.creditCode.slice(4, 12), firm.creditCode.toLowerCase()]) {
      expect([q, (await foundBy('reviewer', q))['organisation']]).toEqual([q, [firm.id]])
    }
    expect((await foundBy('clerk', granting.number))['application']).toEqual([granting.id])
    expect((await foundBy('clerk', voucher.number.slice(2)))['voucher']).toEqual([voucher.id])
    expect((await foundBy('finance', firm.creditCode))['voucher']).toEqual([voucher.id])
    expect(Object.keys(await foundBy('auditor', name))).toContain('notice')
  })

  test('takes what it was given as it stands: a percent sign is a percent sign', async () => {
    expect((await foundBy('clerk', 'SS%_1'))['application']).toEqual([granting.id])
    expect(await foundBy('clerk', 'SS_%1')).toEqual({})
    expect(await foundBy('clerk', '%%')).toEqual({})
  })

  test('within what the person may read: own, district, and a draft only its own firm', async () => {
    const draft = must(
      await clerk.openDraft({ body: { adoptionId: city.adoptionId, organisationId: firm.id } }),
    )
    expect((await foundBy('clerk', draft.number))['application']).toEqual([draft.id])
    expect(await foundBy('reviewer', draft.number)).toEqual({})
    expect(await foundBy('clerk2', firm.creditCode)).not.toHaveProperty('organisation')
    expect(Object.keys(await foundBy('clerk2', granting.number))).toEqual(['notice'])
    expect(await foundBy('reviewer2', granting.number)).not.toHaveProperty('application')
    expect(codeOf(await city.as('administrator').searchAll({ query: { q: name } }))).toBe('request.forbidden')
  })

  test('programmes by their title, as everybody may read them', async () => {
    const { title } = must(await city.anybody.readAdoption({ params: { id: city.adoptionId } }))
    expect((await foundBy('clerk2', title.zh.slice(2, 6)))['programme']).toEqual([city.adoptionId])
  })

  test('what was typed stands in the trail', async () => {
    await foundBy('reviewer', 'ZZ-77')
    const { items: trail } = must(await city.as('auditor').listAuditEvents({ query: { size: 50 } }))
    expect(trail.find(({ action }) => action === 'searchAll')).toMatchObject({
      objectId: 'ZZ-77',
      reads: true,
    })
  })
})

describe('saved views', () => {
  const body = {
    page: '/review/applications',
    name: '本周到期',
    search: 'state=submitted&columns=number%2Cstate',
  }

  test('follow the person, are replaced under the same name, and are nobody else’s', async () => {
    const first = must(await reviewer.keepView({ body }))
    const second = must(await reviewer.keepView({ body: { ...body, search: 'state=correction' } }))
    expect(second.id).toBe(first.id)
    expect(must(await reviewer.listViews({})).items).toEqual([second])
    expect(must(await city.as('reviewer2').listViews({})).items).toEqual([])
    expect(codeOf(await city.as('reviewer2').discardView({ params: { id: first.id } }))).toBe(
      'request.not_found',
    )
    must(await reviewer.discardView({ params: { id: first.id } }))
    expect(must(await reviewer.listViews({})).items).toEqual([])
  })

  test('hold a search text and nothing else', async () => {
    for (const search of ['a=<script>', 'a=1#b', 'a="b"']) {
      expect(codeOf(await reviewer.keepView({ body: { ...body, search } }))).toBe('request.malformed')
    }
    expect(codeOf(await reviewer.keepView({ body: { ...body, page: '//evil.example' } }))).toBe(
      'request.malformed',
    )
  })
})
