// Files and registers as they may arrive: not what they say, empty, broken off, with codes that cannot be, with names that
// would run as a formula. Each a precise refusal, not a row changed but in the trail.
import {
  applied,
  digestOf,
  FINDINGS,
  must,
  PASSWORD,
  pdf,
  rawCall,
  rawSession,
  signIn,
  testCity,
  usedSacct,
  wrongRefusals,
  type RawCall,
  type RefusalCase,
} from '@suanquan/testkit'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const city = await testCity()
const { firm, provider } = city
const anybody = rawCall(city.server.url)
const people = new Map<string, RawCall>()

beforeAll(async () => {
  for (const login of ['administrator', 'clerk', 'reviewer', 'provider'])
    people.set(login, await rawSession(city.server.url, login))
})
afterAll(() => city.stop())

type Case = readonly [what: string, who: string, call: string, request: object, status: number, code: string]

async function refused(cases: readonly Case[]): Promise<void> {
  const asked = cases.map(([what, who, ...rest]): RefusalCase => [what, people.get(who) ?? anybody, ...rest])
  expect(await wrongRefusals(city.store, asked)).toEqual([])
}

const malformed = [400, 'request.malformed'] as const

describe('uploads', () => {
  const query = (kind = 'invoice') => `POST /api/attachments?kind=${kind}&organisationId=${firm.id}`
  const named = (name: string, bytes: Uint8Array | string) => ({
    bytes,
    headers: { 'x-file-name': encodeURIComponent(name), 'content-type': 'application/octet-stream' },
  })
  const text = (content: string) => new TextEncoder().encode(content)

  test('a file that is not what it says, empty, cut off, or badly named', async () => {
    const whole = pdf()
    await refused(
      [
        [
          'a program named as a picture',
          'clerk',
          query(),
          named('发票.png', text('MZ\u0090')),
          415,
          'attachment.not_what_it_says',
        ],
        [
          'a PDF named as a picture',
          'clerk',
          query(),
          named('发票.png', whole),
          415,
          'attachment.not_what_it_says',
        ],
        [
          'a page named as XML',
          'clerk',
          query(),
          named('a.xml', text('<!doctype html><script>1</script>')),
          415,
          'attachment.not_what_it_says',
        ],
        [
          'XML with a late DTD',
          'clerk',
          query(),
          named(
            'a.xml',
            text(`<?xml version="1.0"?><!--${'x'.repeat(2000)}--><!DOCTYPE a [<!ENTITY b "c">]><a/>`),
          ),
          415,
          'attachment.not_what_it_says',
        ],
        [
          'a kind that is not taken',
          'clerk',
          query(),
          named('a.exe', text('MZ')),
          415,
          'attachment.type_not_accepted',
        ],
        ['empty', 'clerk', query(), named('a.pdf', new Uint8Array(0)), 422, 'attachment.empty'],
        [
          'cut off',
          'clerk',
          query(),
          named('a.pdf', whole.slice(0, whole.length - 10)),
          400,
          'attachment.half_written',
        ],
        [
          'no name',
          'clerk',
          query(),
          { bytes: whole, headers: { 'content-type': 'application/pdf' } },
          ...malformed,
        ],
        [
          'a name that reads the other way round',
          'clerk',
          query(),
          named('a\u202efdp.exe.pdf', whole),
          422,
          'attachment.name_refused',
        ],
        ['NUL in a name', 'clerk', query(), named('a\u0000.pdf', whole), 422, 'attachment.name_refused'],
        [
          'a kind of document that is none',
          'clerk',
          query('love_letter'),
          named('a.pdf', whole),
          ...malformed,
        ],
        [
          'use with NUL in its name',
          'provider',
          `POST /api/usage/imports?organisationId=${provider.id}`,
          named('a\u0000.json', usedSacct({ account: 'x', day: '2024-05-21', hours: 1, cards: 1 })),
          422,
          'attachment.name_refused',
        ],
        [
          'use that is no accounting',
          'provider',
          `POST /api/usage/imports?organisationId=${provider.id}`,
          named('a.json', text('{"jobs":1}')),
          422,
          'metering.not_slurm_json',
        ],
      ].map((each) => each as unknown as Case),
    )
    const kept = must(
      await city.as('clerk').uploadAttachment({
        query: { kind: 'invoice', organisationId: firm.id },
        file: { name: '../../etc/发票.pdf', bytes: whole, mediaType: 'text/html' },
      }),
    )
    expect(kept).toMatchObject({ fileName: '发票.pdf', mediaType: 'application/pdf' })
  })

  test('a body broken off half-way leaves nothing', async () => {
    const before = await digestOf(city.store)
    const { hostname, port } = new URL(city.server.url)
    const cookie = await sessionCookie('clerk')
    for (const end of ['end', 'destroy'] as const) {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => undefined)
      await new Promise((done) => socket.once('connect', done))
      socket.write(
        `${query()} HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${cookie}\r\nidempotency-key: broken-off-1\r\n` +
          `x-file-name: a.pdf\r\ncontent-type: application/pdf\r\ntransfer-encoding: chunked\r\n\r\n400\r\n%PDF-1.4 half`,
      )
      await new Promise((done) => setTimeout(done, 50))
      const closed = new Promise((done) => socket.once('close', done))
      socket.resume()
      if (end === 'end') socket.end()
      else socket.destroy()
      await closed
    }
    expect((await anybody('GET /api/health')).status).toBe(200)
    expect(stripSessions(await digestOf(city.store))).toBe(stripSessions(before))
  })

  async function sessionCookie(login: string): Promise<string> {
    const answer = await fetch(`${city.server.url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: PASSWORD }),
    })
    return answer.headers.getSetCookie()[0]!.split(';')[0]!
  }

  function stripSessions(digest: string): string {
    return digest
      .split('\n')
      .filter((line) => !line.startsWith('suanquan.session'))
      .join('\n')
  }
})

describe('the register', () => {
  const entry = {
    creditCode: '',
    name: '=HYPERLINK("http://evil","戊公司")',
    kind: 'enterprise',
    independentLegalPerson: true,
    region: '990101',
    status: 'active',
    industry: 'I6513',
    employees: 10,
    revenueFen: null,
    assetsFen: null,
    establishedOn: '2020-01-01',
    dishonestWithinThreeYears: false,
    bankName: '@SUM(1+1)*cmd|calc',
    bankAccount: '6222000011112222',
    roles: ['applicant'],
  }
  const importing = (creditCode: string, more: object = {}) => ({
    body: { source: '登记', asOf: '2024-05-02', entries: [{ ...entry, creditCode, ...more }] },
  })

  test('credit codes: length, symbol, look-alike, case and width are told apart', async () => {
    const call = 'POST /api/organisations/import'
    const code = firm.creditCode
    await refused([
      ['too short', 'administrator', call, importing(code.slice(1)), 422, 'party.credit_code_length'],
      ['too long', 'administrator', call, importing(`${code}0`), 422, 'party.credit_code_length'],
      [
        'a symbol',
        'administrator',
        call,
        importing(`${code.slice(0, 10)}*${code.slice(11)}`),
        422,
        'party.credit_code_symbol',
      ],
      [
        'a look-alike',
        'administrator',
        call,
        importing(`${code.slice(0, 10)}O${code.slice(11)}`),
        422,
        'party.credit_code_look_alike',
      ],
      [
        'lower case',
        'administrator',
        call,
        importing(`${code.slice(0, 10)}a${code.slice(11)}`),
        422,
        'party.credit_code_lower_case',
      ],
      [
        'full width',
        'administrator',
        call,
        importing(`${code.slice(0, 10)}１${code.slice(11)}`),
        422,
        'party.credit_code_full_width',
      ],
      [
        'infinitely many people',
        'administrator',
        call,
        { bytes: JSON.stringify(importing(code).body).replace('"employees":10', '"employees":1e309') },
        ...malformed,
      ],
      [
        'a day that is none',
        'administrator',
        call,
        importing(code, { establishedOn: '2020-02-30' }),
        ...malformed,
      ],
    ])
  })

  test('a wrong check digit warns, and nothing is approved until a reviewer has confirmed the code', async () => {
    const right = firm.creditCode
    const doubtful = `${right.slice(0, 17)}${right[17] === '0' ? '1' : '0'}`
    const administrator = city.as('administrator')
    const imported = must(await administrator.importOrganisations(importing(doubtful) as never))
    expect(imported).toMatchObject({ created: 1, warnings: [{ creditCode: doubtful }] })
    const listed = must(await city.as('finance').listMyOrganisations({ query: { q: doubtful } }))
    const organisation = { id: listed.items[0]!.id, creditCode: doubtful }
    const { enrolmentCode } = must(
      await administrator.createPerson({
        body: {
          login: 'clerk-doubt',
          displayName: '某',
          grants: [{ role: 'clerk', district: null, organisationCreditCode: doubtful }],
        },
      }),
    )
    must(await city.anybody.enrol({ body: { code: enrolmentCode, password: PASSWORD } }))
    const clerk = await signIn(city.server.url, 'clerk-doubt')
    const application = await applied({ ...city, as: () => clerk }, 'clerk-doubt', organisation, {
      number: 'HT-9',
      account: 'ninth',
    })
    const decide = `POST /api/applications/${application.id}/decisions`
    const approval = { body: { decision: 'approve', amountFen: '100', findings: FINDINGS, reason: '理由' } }
    await refused([['unconfirmed', 'reviewer', decide, approval, 422, 'party.credit_code_unconfirmed']])
    const confirm = { params: { id: organisation.id }, body: { evidence: '登记机关网站核对一致' } }
    must(await city.as('reviewer').confirmCreditCode(confirm))
    expect(await city.as('reviewer').confirmCreditCode(confirm)).toMatchObject({
      problem: { code: 'party.credit_code_not_in_doubt' },
    })
    expect((await people.get('reviewer')!(decide, approval)).status).toBe(200)
  })
})
