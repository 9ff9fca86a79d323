// Whatever anybody sends: a precise refusal that fits the problem schema, never an internal error, and not a row changed
// but in the trail.
import {
  applied,
  draftOf,
  faultsIn,
  FINDINGS,
  granted,
  must,
  rawCall,
  rawSession,
  testCity,
  upload,
  wrongRefusals,
  type RawCall,
  type RefusalCase,
} from '@suanquan/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const city = await testCity()
const { adoptionId, firm, provider } = city
const anybody = rawCall(city.server.url)
const people = new Map<string, RawCall>()
let draftId: string
let submittedId: string
let voucherId: string
let attachmentId: string

beforeAll(async () => {
  const logins = ['administrator', 'clerk', 'reviewer', 'finance', 'auditor', 'provider', 'policy_author']
  for (const login of logins) people.set(login, await rawSession(city.server.url, login))
  const clerk = city.as('clerk')
  const application = await granted(city, await applied(city, 'clerk', firm), '100000000')
  voucherId = application.voucherId!
  submittedId = (await applied(city, 'clerk', firm, { number: 'HT-2', account: 'second' })).id
  attachmentId = await upload(clerk, 'invoice', firm.id)
  const opened = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
  draftId = opened.id
  must(
    await clerk.saveDraft({
      params: { id: draftId },
      body: await draftOf(clerk, city, firm, { number: 'HT-3' }),
    }),
  )
})
afterAll(async () => {
  expect(await faultsIn(city.store.database)).toEqual([])
  await city.stop()
})

type Case = readonly [what: string, who: string, call: string, request: object, status: number, code: string]

async function refused(cases: readonly Case[]): Promise<void> {
  const asked = cases.map(([what, who, ...rest]): RefusalCase => [what, people.get(who) ?? anybody, ...rest])
  expect(await wrongRefusals(city.store, asked)).toEqual([])
}

const malformed = [400, 'request.malformed'] as const

describe('texts that are no request', () => {
  test('broken JSON, other encodings, hidden characters, pollution, depth, size', async () => {
    const save = `PUT /api/applications/${draftId}/draft`
    const propose = { adoptionId, documentNumber: '文号一', amountFen: '1' }
    const deep = '['.repeat(200_000)
    await refused([
      ['half an object', 'clerk', save, { bytes: '{"contract":' }, ...malformed],
      ['no JSON at all', 'clerk', save, { bytes: 'contract=1' }, ...malformed],
      ['GBK', 'clerk', save, { bytes: Uint8Array.of(0x7b, 0xba, 0xcf, 0x7d) }, ...malformed],
      ['an array', 'clerk', save, { body: [] }, ...malformed],
      ['null', 'clerk', save, { bytes: 'null' }, ...malformed],
      ['very deep', 'clerk', save, { bytes: deep }, ...malformed],
      [
        'NUL',
        'finance',
        'POST /api/appropriations',
        { body: { ...propose, documentNumber: '文\u0000号' } },
        ...malformed,
      ],
      [
        'direction override',
        'finance',
        'POST /api/appropriations',
        { body: { ...propose, documentNumber: '文\u202e号' } },
        ...malformed,
      ],
      [
        'half a surrogate pair',
        'finance',
        'POST /api/appropriations',
        { bytes: JSON.stringify({ ...propose, documentNumber: 'x' }).replace('"x"', '"\\ud800文"') },
        ...malformed,
      ],
      [
        'NUL in a name to sign in with',
        'anybody',
        'POST /api/sessions',
        { body: { login: 'a\u0000b', password: 'x' } },
        ...malformed,
      ],
      [
        'NUL in a number to ask for',
        'anybody',
        'POST /api/progress',
        { body: { number: 'SQ\u0000', creditCode: 'x' } },
        ...malformed,
      ],
      ['NUL in a search', 'clerk', 'GET /api/applications?q=a%00b', {}, ...malformed],
      ['NUL in a filter', 'clerk', 'GET /api/applications?state=%00', {}, ...malformed],
      ['NUL in a path', 'clerk', 'GET /api/applications/%00', {}, ...malformed],
      ['NUL in a path, without a session', 'anybody', 'GET /api/applications/%00', {}, 401, 'session.none'],
      ['a path that cannot be decoded', 'clerk', 'GET /api/applications/%zz', {}, ...malformed],
      ['an id that is none', 'clerk', "GET /api/applications/1'or'1'='1", {}, ...malformed],
      ['a path that is none', 'clerk', 'GET /api/nothing', {}, 404, 'request.not_found'],
      ['a method that is none', 'clerk', 'PUT /api/site', { body: {} }, 404, 'request.not_found'],
      [
        'too large',
        'clerk',
        save,
        { bytes: `{"x":"${'x'.repeat(2 * 1024 * 1024)}"}` },
        413,
        'request.too_large',
      ],
    ])
    const large = await people.get('clerk')!(save, { bytes: ' '.repeat(2 * 1024 * 1024 + 1) })
    expect(large.problem.params).toEqual({ maximum: '2 MB' })
  })

  test('keys that would reach a prototype reach nothing', async () => {
    const polluted =
      '{"contract":{"__proto__":{"amountFen":"1"},"constructor":{"prototype":{"x":1}}},"statements":{},"documents":[]}'
    const opened = must(await city.as('clerk').openDraft({ body: { adoptionId, organisationId: firm.id } }))
    const answer = await people.get('clerk')!(`PUT /api/applications/${opened.id}/draft`, { bytes: polluted })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text).draft.contract).toEqual({})
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    must(await city.as('clerk').discardDraft({ params: { id: opened.id } }))
  })

  test('a change from another site, and one without a key', async () => {
    const body = { adoptionId, organisationId: firm.id }
    const open = 'POST /api/applications'
    const origin = (text: string) => ({ body, headers: { origin: text } })
    await refused([
      ['another site', 'clerk', open, origin('https://evil.example'), 403, 'request.foreign_origin'],
      ['a site without a name', 'clerk', open, origin('null'), 403, 'request.foreign_origin'],
      [
        'our host on another port',
        'clerk',
        open,
        origin('http://127.0.0.1:1'),
        403,
        'request.foreign_origin',
      ],
      ['no key', 'clerk', open, { body, headers: { 'idempotency-key': '' } }, 400, 'request.key_missing'],
      [
        'a key that is too short',
        'clerk',
        open,
        { body, headers: { 'idempotency-key': 'short' } },
        400,
        'request.key_missing',
      ],
      [
        'no session, foreign site',
        'anybody',
        open,
        origin('https://evil.example'),
        403,
        'request.foreign_origin',
      ],
    ])
    const own = await people.get('clerk')!('GET /api/session', {
      headers: { origin: 'https://evil.example' },
    })
    expect(own.status).toBe(200)
  })
})

describe('values that cannot be', () => {
  test('amounts', async () => {
    const amounts: readonly unknown[] = [
      '-1',
      '1e3',
      '1.5',
      '０',
      '１００',
      '0100',
      '+1',
      ' 1',
      '',
      'NaN',
      'Infinity',
      '9'.repeat(16),
      '0x10',
      '1,000',
      '٣',
      1,
      -1,
      1.5,
      null,
      true,
      ['1'],
      {},
    ]
    const propose = (amountFen: unknown) => ({ body: { adoptionId, documentNumber: '文号二', amountFen } })
    const approve = (amountFen: unknown) => ({
      body: { decision: 'approve', amountFen, findings: FINDINGS, reason: '理由' },
    })
    const decide = `POST /api/applications/${submittedId}/decisions`
    const cases = amounts.flatMap((amount): Case[] => [
      [`propose ${String(amount)}`, 'finance', 'POST /api/appropriations', propose(amount), ...malformed],
      [`approve ${String(amount)}`, 'reviewer', decide, approve(amount), ...malformed],
    ])
    const numbers = ['1e309', '-1e309', '1e-400', '123456789012345678901234567890'].map((number): Case => {
      const bytes = JSON.stringify(propose('x').body).replace('"x"', number)
      return [number, 'finance', 'POST /api/appropriations', { bytes }, ...malformed]
    })
    await refused([
      ...cases,
      ...numbers,
      [
        'propose nothing',
        'finance',
        'POST /api/appropriations',
        propose('0'),
        422,
        'appropriation.amount_zero',
      ],
      ['approve nothing', 'reviewer', decide, approve('0'), 422, 'application.amount_zero'],
      [
        'approve one fen too many',
        'reviewer',
        decide,
        approve('100000001'),
        422,
        'application.above_ceiling',
      ],
      ['approve the world', 'reviewer', decide, approve('9'.repeat(15)), 422, 'application.above_ceiling'],
      ['pages', 'clerk', 'GET /api/applications?page=0', {}, ...malformed],
      ['sizes', 'clerk', 'GET /api/applications?size=100000', {}, ...malformed],
    ])
  })

  test('a contract over nothing, prices beyond reason, dates that do not exist', async () => {
    const clerk = city.as('clerk')
    const draft = await draftOf(clerk, city, firm, { number: 'HT-3' })
    const save = `PUT /api/applications/${draftId}/draft`
    const contract = (change: object) => ({ body: { ...draft, contract: { ...draft.contract, ...change } } })
    await refused([
      ['30 February', 'clerk', save, contract({ signedOn: '2024-02-30' }), ...malformed],
      ['29 February 2023', 'clerk', save, contract({ signedOn: '2023-02-29' }), ...malformed],
      ['month 13', 'clerk', save, contract({ startsOn: '2024-13-01' }), ...malformed],
      ['a moment for a day', 'clerk', save, contract({ startsOn: '2024-05-06T00:00:00Z' }), ...malformed],
      [
        'an end before the start',
        'clerk',
        save,
        contract({ endsOn: '2024-05-01' }),
        422,
        'application.contract_ends_before_start',
      ],
      [
        'eleven years',
        'clerk',
        save,
        contract({ endsOn: '2035-06-01' }),
        422,
        'application.contract_term_too_long',
      ],
      [
        'more excluded than there is',
        'clerk',
        save,
        contract({ excludedFen: '520000001' }),
        422,
        'application.excluded_above_amount',
      ],
      [
        'a price beyond reason',
        'clerk',
        save,
        contract({ prices: [{ chip: 'a100', priceFenPerCardHour: '1000000000' }] }),
        ...malformed,
      ],
      [
        'somebody else’s document',
        'clerk',
        save,
        { body: { ...draft, documents: [{ kind: 'invoice', attachmentId: provider.id }] } },
        422,
        'attachment.unknown',
      ],
    ])
    must(
      await clerk.saveDraft({
        params: { id: draftId },
        ...contract({ amountFen: '0', excludedFen: '0' }),
      } as never),
    )
    const submit = `POST /api/applications/${draftId}/submission`
    await refused([['a contract over nothing', 'clerk', submit, { body: {} }, 422, 'application.incomplete']])
    expect(must(await clerk.readApplication({ params: { id: draftId } })).missing).toMatchObject([
      { params: { about: 'contract.amountFen' } },
    ])
    must(await clerk.saveDraft({ params: { id: draftId }, body: draft }))
  })

  test('a reviewer finds only what the programme leaves to reviewers', async () => {
    const decide = `POST /api/applications/${submittedId}/decisions`
    const decision = (kind: string, findings: object) => ({
      body: { decision: kind, amountFen: '100', findings, reason: '理由' },
    })
    const odd: readonly Record<string, boolean>[] = [
      { 'no.such.fact': true },
      { constructor: true },
      { 'applicant.kind': true },
      { 'applicant.independent_legal_person': false },
      { ...FINDINGS, 'contract.other_city_subsidy': true },
    ]
    await refused(
      odd.flatMap((findings): Case[] =>
        ['approve', 'refuse'].map((kind) => [
          `${kind} ${Object.keys(findings).join()}`,
          'reviewer',
          decide,
          decision(kind, findings),
          422,
          'application.finding_not_asked',
        ]),
      ),
    )
  })

  test('ids of others and of nothing', async () => {
    const nothing = '01890000-0000-7000-8000-000000000000'
    const pay = { decision: 'approve', amountFen: '1', reason: '理由' }
    await refused([
      [
        'a firm that is another’s',
        'clerk',
        'POST /api/applications',
        { body: { adoptionId, organisationId: city.otherFirm.id } },
        404,
        'request.not_found',
      ],
      [
        'no adoption',
        'clerk',
        'POST /api/applications',
        { body: { adoptionId: nothing, organisationId: firm.id } },
        404,
        'request.not_found',
      ],
      [
        'no application',
        'reviewer',
        `POST /api/applications/${nothing}/decisions`,
        { body: { decision: 'refuse', findings: {}, reason: '理由' } },
        404,
        'request.not_found',
      ],
      [
        'no claim',
        'reviewer',
        `POST /api/claims/${nothing}/decisions`,
        { body: pay },
        404,
        'request.not_found',
      ],
      [
        'a voucher for a claim',
        'reviewer',
        `POST /api/claims/${voucherId}/decisions`,
        { body: pay },
        404,
        'request.not_found',
      ],
      [
        'no claims to pay',
        'finance',
        'POST /api/disbursements',
        { body: { adoptionId, claimIds: [] } },
        ...malformed,
      ],
      [
        'a claim that is none',
        'finance',
        'POST /api/disbursements',
        { body: { adoptionId, claimIds: [nothing] } },
        404,
        'request.not_found',
      ],
    ])
  })
})

describe('searching', () => {
  test('SQL and patterns in search fields find what they say and nothing else', async () => {
    const texts = [
      "' or 1=1 --",
      "'; drop table person; --",
      '%',
      '_',
      '\\',
      '\\%',
      '%%%%',
      '" or ""="',
      '$1',
      '😀',
    ]
    for (const text of texts) {
      const q = encodeURIComponent(text)
      for (const path of ['applications', 'vouchers', 'claims', 'organisations']) {
        const answer = await people.get('finance')!(`GET /api/${path}?q=${q}`)
        expect([path, text, answer.status]).toEqual([path, text, 200])
        expect([path, text, JSON.parse(answer.text).items]).toEqual([path, text, []])
      }
      expect((await people.get('auditor')!(`GET /api/audit/events?q=${q}`)).status).toBe(200)
    }
    const found = await people.get('finance')!(`GET /api/applications?q=${encodeURIComponent('甲示例')}`)
    expect(JSON.parse(found.text).total).toBe(2)
  })
})

describe('claims', () => {
  test('evidence that cannot be', async () => {
    const body = (change: object, invoice: object = {}, payment: object = {}) => ({
      body: {
        voucherId,
        periodFrom: '2024-05-10',
        periodTo: '2024-05-31',
        invoices: [
          {
            number: '24990000000000000001',
            sellerCreditCode: provider.creditCode,
            buyerCreditCode: firm.creditCode,
            amountFen: '80000',
            excludedFen: '0',
            redLetterOf: null,
            issuedOn: '2024-05-20',
            attachmentId,
            ...invoice,
          },
        ],
        payments: [
          {
            reference: 'P-1',
            payerCreditCode: firm.creditCode,
            payeeCreditCode: provider.creditCode,
            amountFen: '80000',
            paidOn: '2024-05-20',
            attachmentId,
            ...payment,
          },
        ],
        deliveryCertificateId: attachmentId,
        ...change,
      },
    })
    const call = 'POST /api/claims'
    await refused([
      [
        'a period outside the contract',
        'clerk',
        call,
        body({ periodFrom: '2024-05-01' }),
        422,
        'claim.period_outside_contract',
      ],
      [
        'a period that ends before it begins',
        'clerk',
        call,
        body({ periodTo: '2024-05-09' }),
        422,
        'claim.period_outside_contract',
      ],
      ['no use', 'clerk', call, body({}), 422, 'claim.nothing_payable'],
      [
        'an invoice below zero',
        'clerk',
        call,
        body({}, { amountFen: '-5' }),
        422,
        'settlement.amount_not_positive',
      ],
      [
        'a red letter above zero',
        'clerk',
        call,
        body({}, { redLetterOf: '24990000000000000002' }),
        422,
        'settlement.red_letter_not_negative',
      ],
      ['an invoice of nothing', 'clerk', call, body({}, { amountFen: '0' }), ...malformed],
      [
        'a payment of nothing',
        'clerk',
        call,
        body({}, {}, { amountFen: '0' }),
        422,
        'settlement.amount_not_positive',
      ],
      [
        'somebody else’s document',
        'clerk',
        call,
        body({}, { attachmentId: provider.id }),
        422,
        'attachment.unknown',
      ],
      ['no invoices', 'clerk', call, body({ invoices: [] }), ...malformed],
    ])
  })
})
