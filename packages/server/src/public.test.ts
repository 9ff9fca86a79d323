// What the public reads and does, on a real server: the rules for its own check, the catalogue, open data, questions,
// appraisals, plain pages. Nobody is named who should not be, and hostile names stay names.
import { applied, FINDINGS, granted, must, testCity } from '@suanquan/testkit'
import { ownCheck, unpackBare, unpackProgramme, type PackedProgramme } from '@suanquan/core/policy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const city = await testCity()
afterAll(() => city.stop())
const page = async (path: string): Promise<{ status: number; text: string; type: string }> => {
  const answer = await fetch(city.server.url + path)
  return {
    status: answer.status,
    text: await answer.text(),
    type: answer.headers.get('content-type') ?? '',
  }
}

let applicationId = ''
let noticeId = ''

const HOSTILE = `"><script>alert('x')</script></noscript><img src=x onerror=alert(1)>&amp;`

beforeAll(async () => {
  const first = await granted(city, await applied(city, 'clerk', city.firm), '100000000')
  applicationId = first.id
  const next = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-2' })
  const approve = {
    decision: 'approve' as const,
    amountFen: '5000000',
    findings: FINDINGS,
    reason: '符合条件',
  }
  must(await city.as('reviewer').decideApplication({ params: { id: next.id }, body: approve }))
  await city.store.database.kysely
    .updateTable('organisation')
    .set({ name: HOSTILE })
    .where('id', '=', city.otherFirm.id)
    .execute()
  const body = { adoptionId: city.adoptionId, applicationIds: [next.id] }
  noticeId = must(await city.as('reviewer').publishNotice({ body })).id
  city.setDay('2024-06-10')
})

describe('the guide and the rules for one’s own check', () => {
  test('every condition says why it fails and what shows it; offices’ time counts, the notice does not', async () => {
    const guide = must(await city.anybody.readAdoption({ params: { id: city.adoptionId } }))
    expect(guide.conditions.length).toBeGreaterThan(8)
    for (const { fail, evidence } of guide.conditions) {
      expect(fail.zh).not.toMatch(/[{}]/)
      expect(fail.en).not.toMatch(/[{}]/)
      for (const paper of evidence) expect(guide.documents.map(({ id }) => id)).toContain(paper)
    }
    const counts = Object.fromEntries(guide.stages.map(({ id, counts: own }) => [id, own]))
    expect(counts).toMatchObject({ review: true, payment: true, notice: false, correction: false })
    expect(guide.openUntil).not.toBeNull()
  })

  test('the rules as sent decide what the platform decided', async () => {
    const { items } = must(await city.anybody.readOwnChecks({}))
    const filed = must(await city.as('reviewer').readApplication({ params: { id: applicationId } }))
    const facts: Record<string, string | bigint | boolean> = {}
    for (const condition of filed.determination!.conditions)
      for (const { id, value } of condition.facts) if (value !== null) facts[id] = typedAs(id, value)
    Object.assign(facts, { 'contract.amount': 520000000n, 'contract.excluded_amount': 20000000n })
    const programme = unpackProgramme(items[0]!.programme)
    const made = ownCheck(programme, facts, '2024-05-08')
    if (!made.ok) throw new Error(made.refusal.code)
    expect(made.value.expected.ceilingFen?.toString()).toBe(filed.determination!.ceilingFen)
    expect(made.value.expected.needed).toEqual([])
  })

  function typedAs(fact: string, value: string): string | bigint | boolean {
    if (value === 'true' || value === 'false') return value === 'true'
    return fact.includes('amount') ? BigInt(value) : value
  }

  test('the measures of all places come compressed, and not again to whoever holds them', async () => {
    const address = `${city.server.url}/api/own-checks/all`
    const first = await fetch(address, { headers: { 'accept-encoding': 'br' } })
    expect(first.headers.get('content-encoding')).toBe('br')
    const { items } = (await first.json()) as { items: { programme: PackedProgramme }[] }
    expect(items.length).toBeGreaterThan(50)
    for (const { programme } of items) expect(unpackBare(programme).status).not.toBe('proposed')
    const again = await fetch(address, { headers: { 'if-none-match': first.headers.get('etag')! } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test('what is left is told week by week', async () => {
    const { series } = must(await city.anybody.readBurnDown({ params: { id: city.adoptionId } }))
    const weeks = series.map(({ day }) => Math.floor(Date.parse(day) / 86_400_000 / 7))
    expect(series.length).toBeGreaterThan(1)
    expect(new Set(series.map(({ day }) => day)).size).toBe(weeks.length)
  })
})

describe('the policy library is open to everybody', () => {
  test('each measure with its place, rates, caps and grade, and what is unknown said so', async () => {
    const { items } = must(await city.anybody.listMeasures({}))
    const wuxi = items.find(({ id }) => id === 'cn.wuxi.compute_reward')!
    expect(wuxi.place).toEqual({ zh: '无锡', en: 'Wuxi' })
    expect(wuxi.rates.map(({ written, bound }) => [written?.zh, bound])).toEqual([
      ['30%', 'at_most'],
      ['15%', 'at_most'],
    ])
    expect(wuxi.caps.map(({ written }) => written)).toEqual([null])
    expect(wuxi).toMatchObject({ state: 'later', grades: ['S3'] })
    expect(items.filter(({ place }) => /^\d+$/.test(place.zh) && !place.zh.startsWith('99'))).toEqual([])
    const measure = must(await city.anybody.readMeasure({ params: { hash: wuxi.hash } }))
    expect(measure.numbers.find(({ name }) => name === 'local_rate')).toMatchObject({
      clause: 'amount',
      grade: 'S3',
    })
    expect(measure.questions.map(({ id }) => id)).toContain('cap')
    expect(JSON.stringify([measure.conditions, measure.limits])).not.toMatch(/\{p\./)
  })
})

describe('catalogue and open data show no single firm', () => {
  test('the device of one contract is listed, its price is not', async () => {
    const { items } = must(await city.anybody.listCatalogue({}))
    expect(items).toMatchObject([{ chip: 'a100', contracted: true, metered: false, price: null }])
    expect(items[0]!.accelerator).toMatchObject({ denseTflops: 312, sparseTflops: 624 })
    expect(items[0]!.programmes).toMatchObject([{ accepts: 'yes' }])
  })

  test('with three contracts of three firms the price is a range', async () => {
    const db = city.store.database.kysely
    const [contract] = await db.selectFrom('service_contract').selectAll().execute()
    const [application] = await db
      .selectFrom('application')
      .selectAll()
      .where('state', '=', 'granted')
      .execute()
    for (const [index, firm] of [city.otherFirm, city.university].entries()) {
      const id = `00000000-0000-4000-8000-00000000000${index}`
      const prices = [{ chip: 'a100', priceFenPerCardHour: String(900 + index * 300) }]
      await db
        .insertInto('service_contract')
        .values({
          ...contract!,
          id,
          organisation_id: firm.id,
          number: `P-${index}`,
          prices: JSON.stringify(prices),
          shard: null,
          agreed: null,
        })
        .execute()
      await db
        .insertInto('application')
        .values({
          ...application!,
          id: `00000000-0000-4000-8000-00000000001${index}`,
          number: `P-${index}`,
          organisation_id: firm.id,
          contract_id: id,
          corrected_from: null,
          upper_award: null,
          workflow: JSON.stringify(application!.workflow),
          draft: JSON.stringify(application!.draft),
          findings: '{}',
          correction_fields: '[]',
          approval: null,
          compute: null,
          voucher_id: null,
          notice_id: null,
          complete_at: null,
          created_at: '2024-05-01T00:00:00Z',
          updated_at: '2024-05-01T00:00:00Z',
        })
        .execute()
      const { items } = must(await city.anybody.listCatalogue({}))
      expect(items[0]!.price).toEqual(
        index === 0 ? null : { lowestFen: '900', highestFen: '1200', contracts: 3, until: '2024-06-10' },
      )
    }
    await db.deleteFrom('application').where('number', 'like', 'P-%').execute()
    await db.deleteFrom('service_contract').where('number', 'like', 'P-%').execute()
  })

  test('totals of one firm are left out, in JSON and in CSV', async () => {
    const totals = must(await city.anybody.readTotals({}))
    expect(totals.until).toBe('2024-05-31')
    for (const { total, cells } of totals.tables)
      for (const cell of [total, ...cells])
        expect([cell.organisations, cell.grantedFen]).toEqual([null, null])
    const csv = await page('/api/open-data/totals.csv')
    expect(csv.type).toContain('text/csv')
    expect(csv.text).not.toContain('100000000')
    expect(csv.text.split('\r\n')[0]).toBe(
      'until,programme,by,key,organisations,grants,grantedFen,paidOrganisations,paidFen',
    )
  })

  test('this month does not count yet', async () => {
    city.setDay('2024-05-30')
    expect(must(await city.anybody.readTotals({})).until).toBeNull()
    city.setDay('2024-06-10')
  })
})

describe('questions and appraisals', () => {
  const inquiry = {
    kind: 'complaint' as const,
    text: '审核超过时限了，请督促',
    contactName: '王某',
    contactPhone: '138 0000 1111',
  }

  test('a complaint gets a number and an answer; without the telephone nobody reads it', async () => {
    const { number } = must(await city.anybody.fileInquiry({ body: inquiry }))
    const listed = must(await city.as('reviewer').listInquiries({})).items[0]!
    expect(listed.contactMasked).not.toContain('13800001111')
    must(
      await city
        .as('administrator')
        .answerInquiry({ params: { id: listed.id }, body: { text: '已督促办理' } }),
    )
    const again = await city
      .as('reviewer')
      .answerInquiry({ params: { id: listed.id }, body: { text: '重复' } })
    expect(again).toMatchObject({ problem: { code: 'service.answered' } })
    const read = await city.anybody.readInquiry({ body: { number, contactPhone: '13800001111' } })
    expect(must(read).answer).toBe('已督促办理')
    const wrong = await city.anybody.readInquiry({ body: { number, contactPhone: '13800001112' } })
    expect(wrong).toMatchObject({ problem: { code: 'service.inquiry_not_found' } })
  })

  test('a finished step is appraised once, a bad grade needs its reason, another firm may not', async () => {
    const clerk = city.as('clerk')
    const step = must(await clerk.listAppraisable({})).items[0]!
    expect(step).toMatchObject({ step: 'review', objectId: applicationId, appraisal: null })
    const make = (who: string, reason: string) =>
      city.as(who).makeAppraisal({ body: { step: 'review', objectId: applicationId, grade: 1, reason } })
    expect(await make('clerk', '慢')).toMatchObject({ problem: { code: 'service.reason_missing' } })
    expect(await make('clerk2', '别家的办件也来评')).toMatchObject({ problem: { code: 'request.not_found' } })
    const early = { step: 'payment' as const, objectId: applicationId, grade: 5, reason: '' }
    expect(await clerk.makeAppraisal({ body: early })).toMatchObject({
      problem: { code: 'service.step_open' },
    })
    must(await make('clerk', '等了二十多个工作日'))
    expect(await make('clerk', '再评一次也不行')).toMatchObject({ problem: { code: 'service.appraised' } })
    const made = must(await city.as('reviewer').listAppraisals({})).items[0]!
    must(
      await city.as('reviewer').replyToAppraisal({ params: { id: made.id }, body: { text: '已增加人手' } }),
    )
    expect(must(await clerk.listAppraisable({})).items[0]!.appraisal?.reply).toBe('已增加人手')
  })

  test('the public reads numbers, and no grades of a single firm', async () => {
    const summary = must(await city.anybody.readAppraisalSummary({}))
    expect(summary.steps[0]).toMatchObject({ step: 'review', count: 1, grades: null })
    expect(JSON.stringify(summary)).not.toContain('工作日')
  })
})

describe('without a script', () => {
  test.each([
    ['/plain/notices', 'zh-CN'],
    ['/plain/en/notices', 'en'],
  ])('%s lists and finds notices in its language', async (path, language) => {
    const list = await page(path)
    expect(list.type).toContain('text/html')
    expect(list.text).toContain(`<html lang="${language}">`)
    expect(list.text).toContain(`${path}/${noticeId}`)
    expect(list.text).not.toContain('<script')
    expect((await page(`${path}?q=${city.otherFirm.creditCode}`)).text).toContain(noticeId)
    expect((await page(`${path}?q=${encodeURIComponent('没有这家')}`)).text).not.toContain(noticeId)
  })

  test('a hostile name stays a name, on the plain page and inside the portal’s page', async () => {
    for (const path of [
      `/plain/notices/${noticeId}`,
      `/plain/en/notices/${noticeId}`,
      `/notices/${noticeId}`,
    ]) {
      const { status, text } = await page(path)
      if (path.startsWith('/notices') && status === 404) continue
      expect([path, status]).toEqual([path, 200])
      expect(text).toContain(city.otherFirm.creditCode)
      expect(text).not.toMatch(/<script>alert|<img|<\/noscript><img/)
      expect(text).toContain('&lt;script&gt;')
    }
    const found = await page(`/plain/notices?q=${encodeURIComponent(HOSTILE.slice(0, 50))}`)
    expect(found.text).not.toContain('<script>')
  })

  test('an unknown notice is a page of its own, with a way back', async () => {
    for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000']) {
      const { status, text } = await page(`/plain/notices/${id}`)
      expect(status).toBe(404)
      expect(text).toContain('href="/plain/notices"')
    }
  })

  test('the map of the site names every public page and every notice', async () => {
    const { text, type } = await page('/sitemap.xml')
    expect(type).toContain('xml')
    for (const path of ['/calculator', '/catalogue', '/open-data', `/programmes/${city.adoptionId}`])
      expect(text).toContain(`${path}</loc>`)
    expect(text).toContain(`/plain/notices/${noticeId}</loc>`)
    expect((await page('/robots.txt')).text).toContain('Sitemap:')
  })

  test('what is public is found by words, in both languages', async () => {
    const search = async (q: string) => must(await city.anybody.searchPublic({ query: { q } })).items
    expect((await search('独立法人')).map(({ kind }) => kind)).toContain('condition')
    expect((await search(city.otherFirm.creditCode)).map(({ id }) => id)).toContain(noticeId)
    expect(await search('_')).toEqual([])
  })
})
