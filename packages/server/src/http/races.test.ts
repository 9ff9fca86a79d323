// Requests at once, over HTTP: one wins, the other gets a precise refusal or the same answer, nothing is half-done and
// documents and ledger agree to the fen.
import type { AnswerOf, BodyOf, Client, Routes } from '@suanquan/api'
import {
  payUnverified,
  draftOf,
  faultsIn,
  FINDINGS,
  must,
  pdf,
  testCity,
  upload,
  usedSacct,
  type TestOrganisation,
} from '@suanquan/testkit'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

type Application = AnswerOf<Routes['readApplication']>
type Draft = BodyOf<Routes['saveDraft']>

const APPROVED = 1_000_000n
/** How many ask for the last money at once; ten of them can have it. */
const CLIENTS = process.env['SUANQUAN_FULL'] === '1' ? 32 : 16
const city = await testCity({ poolFen: 10n * APPROVED })
const { adoptionId, firm, provider } = city
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
const finance = city.as('finance')
let whole: Draft
let attachment: string

beforeAll(async () => {
  whole = await draftOf(clerk, city, firm)
  attachment = await upload(clerk, 'invoice', firm.id)
})
afterAll(() => city.stop())
afterEach(async () => {
  expect(await faultsIn(city.store.database)).toEqual([])
})

/** The codes of several outcomes, `done` for those that were carried out, sorted. */
function codes(outcomes: readonly ({ ok: true } | { ok: false; problem: { code: string } })[]): string[] {
  return outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.problem.code)).sort()
}

async function drafted(number: string, contract: Partial<Draft['contract']> = {}): Promise<string> {
  const { id } = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
  const body = {
    ...whole,
    contract: { ...whole.contract, number, account: number.toLowerCase(), ...contract },
  }
  must(await clerk.saveDraft({ params: { id }, body }))
  return id
}

async function submitted(number: string): Promise<Application> {
  return must(await clerk.submitApplication({ params: { id: await drafted(number) } }))
}

function approve(client: Client, id: string, amountFen = APPROVED) {
  return client.decideApplication({
    params: { id },
    body: { decision: 'approve', amountFen: amountFen.toString(), findings: FINDINGS, reason: '符合条件' },
  })
}

describe('one key, one act', () => {
  test('twice at once and once after: one draft, the same answer three times', async () => {
    const key = randomUUID()
    const ask = () => clerk.openDraft({ key, body: { adoptionId, organisationId: firm.id } })
    const before = must(await clerk.listApplications({})).total
    const [first, second] = (await Promise.all([ask(), ask()])).map(must)
    const third = must(await ask())
    expect(second).toEqual(first)
    expect(third).toEqual(first)
    expect(must(await clerk.listApplications({})).total).toBe(before + 1)
    expect(await clerk.discardDraft({ params: { id: first!.id }, key })).toMatchObject({
      problem: { code: 'request.key_reused', status: 409 },
    })
    must(await clerk.discardDraft({ params: { id: first!.id } }))
    expect(must(await ask())).toEqual(first)
  })

  test('a key stands for the whole request: another body, path or file name is another act', async () => {
    const key = randomUUID()
    const file = { name: 'a.pdf', bytes: pdf('a'), mediaType: 'application/pdf' }
    const query = { kind: 'invoice', organisationId: firm.id } as const
    const first = must(await clerk.uploadAttachment({ key, query, file }))
    expect(must(await clerk.uploadAttachment({ key, query, file }))).toEqual(first)
    const others = [
      { query, file: { ...file, name: 'b.pdf' } },
      { query, file: { ...file, bytes: pdf('b') } },
      { query: { ...query, kind: 'credit_report' as const }, file },
    ]
    for (const other of others) {
      expect(await clerk.uploadAttachment({ key, ...other })).toMatchObject({
        problem: { code: 'request.key_reused' },
      })
    }
  })

  test('keys belong to people: the same key of another person is another act', async () => {
    const key = randomUUID()
    const mine = must(await clerk.openDraft({ key, body: { adoptionId, organisationId: firm.id } }))
    const theirs = must(
      await city.as('clerk2').openDraft({ key, body: { adoptionId, organisationId: city.otherFirm.id } }),
    )
    expect(theirs.id).not.toBe(mine.id)
  })

  test('a refused act leaves no key behind: it may be tried again when its reason is gone', async () => {
    const key = randomUUID()
    const { id } = must(await clerk.openDraft({ body: { adoptionId, organisationId: firm.id } }))
    const submit = () => clerk.submitApplication({ key, params: { id } })
    expect(await submit()).toMatchObject({ problem: { code: 'application.incomplete' } })
    const body = { ...whole, contract: { ...whole.contract, number: 'HT-AGAIN' } }
    must(await clerk.saveDraft({ params: { id }, body }))
    expect(must(await submit()).state).toBe('submitted')
  })
})

describe('at once', () => {
  test('two drafts of one contract: one is submitted, the other is told which', async () => {
    const ids = [await drafted('HT-TWIN'), await drafted('HT-TWIN')]
    const outcomes = await Promise.all(ids.map((id) => clerk.submitApplication({ params: { id } })))
    expect(codes(outcomes)).toEqual(['application.contract_already_used', 'done'])
  })

  test('two reviewers: one decides, the other is told that the state has moved', async () => {
    const { id } = await submitted('HT-TWO')
    const refuse = { decision: 'refuse' as const, findings: {}, reason: '材料不实' }
    const outcomes = await Promise.all([
      approve(reviewer, id),
      reviewer.decideApplication({ params: { id }, body: refuse }),
    ])
    expect(codes(outcomes)).toEqual(['application.transition_not_allowed', 'done'])
    must(await clerk.readApplication({ params: { id } }))
    await clerk.withdrawApplication({ params: { id }, body: { reason: '不再需要' } })
  })

  test('withdrawal and approval: whichever comes first, nothing stays reserved', async () => {
    for (let round = 0; round < 4; round++) {
      const { id } = await submitted(`HT-W${round}`)
      const withdraw = { params: { id }, body: { reason: '不再需要' } }
      const outcomes = await Promise.all([approve(reviewer, id), clerk.withdrawApplication(withdraw)])
      expect(outcomes[1].ok).toBe(true)
      expect(codes(outcomes)).toContain('done')
    }
    const pool = must(await finance.readPool({ params: { id: adoptionId } }))
    expect(pool).toMatchObject({ reservedFen: '0', leftFen: (10n * APPROVED).toString() })
  })

  test(`${CLIENTS} approvals of the last money: exactly the pool is reserved, the rest wait`, async () => {
    const waiting: Application[] = []
    for (let index = 0; index < CLIENTS; index++) waiting.push(await submitted(`HT-L${index}`))
    const outcomes = await Promise.all(waiting.map(({ id }) => approve(reviewer, id)))
    expect(new Set(codes(outcomes))).toEqual(new Set(['done']))
    const states = outcomes.map((outcome) => must(outcome).state)
    expect(states.filter((state) => state === 'proposed')).toHaveLength(10)
    expect(states.filter((state) => state === 'waiting')).toHaveLength(CLIENTS - 10)
    const pool = must(await finance.readPool({ params: { id: adoptionId } }))
    expect(pool).toMatchObject({ reservedFen: (10n * APPROVED).toString(), leftFen: '0' })
    expect(pool).toMatchObject({ waiting: { applications: CLIENTS - 10 } })
  })

  test('two notices with one application in common: one is published whole, the other not at all', async () => {
    const { items } = must(await reviewer.listApplications({ query: { state: 'proposed', size: 100 } }))
    const [first, shared, ...rest] = items.map(({ id }) => id)
    const publish = (applicationIds: string[]) =>
      reviewer.publishNotice({ body: { adoptionId, applicationIds } })
    const outcomes = await Promise.all([publish([first!, shared!]), publish([shared!, ...rest])])
    expect(codes(outcomes)).toEqual(['application.transition_not_allowed', 'done'])
    const left = must(await reviewer.listApplications({ query: { state: 'proposed', size: 100 } }))
    if (left.total > 0) must(await publish(left.items.map(({ id }) => id)))
    const notices = must(await city.anybody.listNotices({}))
    expect(notices.items.map(({ number }) => number).sort()).toEqual(['GS-2024-00001', 'GS-2024-00002'])
  })

  test('two ticks: each notice ends once', async () => {
    city.setDay('2024-05-20')
    const at = Date.parse('2024-05-20T01:00:00Z')
    const ticked = await Promise.all([city.server.tick(at), city.server.tick(at), city.server.tick(at)])
    expect(ticked.reduce((sum, { issued }) => sum + issued, 0)).toBe(10)
    expect(must(await clerk.listVouchers({})).total).toBe(10)
  })

  test('two claims of one voucher with other content: one is held, the other is told which', async () => {
    const [voucher] = await usedVouchers()
    const outcomes = await Promise.all([
      clerk.submitClaim({ body: claimOf(voucher!, '2024-05-31', 'A') }),
      clerk.submitClaim({ body: claimOf(voucher!, '2024-06-02', 'B') }),
    ])
    expect(codes(outcomes)).toEqual(['claim.period_overlaps', 'done'])
    const read = must(await clerk.readVoucher({ params: { id: voucher!.id } }))
    expect(read.claims).toHaveLength(1)
    expect(read.heldFen).toBe(read.claims[0]!.claimedFen)
  })

  test('claims of two vouchers on one invoice: together they take it once', async () => {
    const [, second, third] = await usedVouchers()
    const outcomes = await Promise.all(
      [second!, third!].map((voucher) => clerk.submitClaim({ body: claimOf(voucher, '2024-05-31', 'C') })),
    )
    expect(codes(outcomes)).toEqual(['claim.nothing_payable', 'done'])
    const { used } = await city.store.database.kysely
      .selectFrom('claim_evidence')
      .select(({ fn }) => fn.sum<bigint>('used_fen').as('used'))
      .where('number', '=', invoiceNumber('C'))
      .executeTakeFirstOrThrow()
    expect(BigInt(used)).toBeLessThanOrEqual(80_000n)
  })

  test('a batch approved, cancelled and approved again: one act counts', async () => {
    const { items } = must(await reviewer.listClaims({ query: { state: 'submitted' } }))
    for (const claim of items) {
      const body = { decision: 'approve' as const, amountFen: claim.payableFen, reason: '四项相符' }
      const both = await Promise.all(
        [1, 2].map(() => reviewer.decideClaim({ params: { id: claim.id }, body })),
      )
      expect(codes(both)).toEqual(['claim.transition_not_allowed', 'done'])
    }
    const claimIds = items.map(({ id }) => id)
    await payUnverified(city, claimIds)
    const prepared = await Promise.all(
      [1, 2].map(() => finance.prepareDisbursement({ body: { adoptionId, claimIds } })),
    )
    expect(codes(prepared)).toEqual(['claim.transition_not_allowed', 'done'])
    const batch = must(prepared.find(({ ok }) => ok)!)
    const params = { id: batch.id }
    const body = { fileSha256: batch.fileSha256 }
    const finance2 = city.as('finance2')
    const approvals = [1, 2].map(() => finance2.approveDisbursement({ params, body }))
    expect(codes(await Promise.all(approvals))).toEqual(['disbursement.wrong_state', 'done'])
    const answer = { bankReference: 'B-1', paidOn: '2024-06-10', returned: [] }
    const confirmed = await Promise.all([
      finance.confirmDisbursement({ params, body: answer }),
      finance2.confirmDisbursement({ params, body: answer }),
      finance2.cancelDisbursement({ params, body: { reason: '重复' } }),
    ])
    expect(codes(confirmed).filter((code) => code === 'done')).toHaveLength(1)
    expect(codes(confirmed).filter((code) => code === 'disbursement.wrong_state')).toHaveLength(2)
  })

  test('two people with one name, two imports of one firm, two adoptions: no accident', async () => {
    const administrator = city.as('administrator')
    const grants = [{ role: 'auditor' as const, district: null, organisationCreditCode: null }]
    const people = await Promise.all(
      [1, 2, 3].map(() => administrator.createPerson({ body: { login: 'twin', displayName: '双', grants } })),
    )
    expect(codes(people)).toEqual(['done', 'person.login_taken', 'person.login_taken'])
    const imports = await Promise.all(
      [1, 2, 3].map(() => administrator.importOrganisations({ body: register() })),
    )
    expect(imports.map((each) => must(each).created).sort()).toEqual([0, 0, 1])
    const author = city.as('policy_author')
    const read = (path: string) => readFile(`${import.meta.dirname}/../../../../programmes/${path}`, 'utf8')
    const programmeText = await read('beijing/2023-compute-voucher/programme.yaml')
    const text = await read('demo-city/2024-adoption.yaml')
    const adopted = await Promise.all(
      ['a', 'b', 'c', 'a'].map((name) =>
        author.createAdoption({
          body: { programmeText, adoptionText: text.replace('id: demo-city-2024', `id: demo-city-${name}`) },
        }),
      ),
    )
    expect(codes(adopted)).toEqual(['adoption.exists', 'done', 'done', 'done'])
  })
})

interface Used {
  readonly id: string
  readonly contractNumber: string
}

let used: Used[] | undefined

/** The first three vouchers, ten card-hours of use on each contract. */
async function usedVouchers(): Promise<Used[]> {
  if (used !== undefined) return used
  const { items } = must(await clerk.listVouchers({}))
  used = items.slice(0, 3)
  let jobId = 1
  for (const { contractNumber } of used) {
    const run = { account: contractNumber.toLowerCase(), day: '2024-05-21', hours: 10, cards: 8 } as const
    const bytes = usedSacct({ ...run, jobId: jobId++ })
    const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
    must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
  }
  city.setDay('2024-06-10')
  return used
}

function invoiceNumber(series: string): string {
  return `2499000000000000000${series.charCodeAt(0) % 10}`
}

function claimOf(voucher: Used, periodTo: string, series: string): BodyOf<Routes['submitClaim']> {
  return {
    voucherId: voucher.id,
    periodFrom: '2024-05-10',
    periodTo,
    invoices: [
      {
        number: invoiceNumber(series),
        sellerCreditCode: provider.creditCode,
        buyerCreditCode: firm.creditCode,
        amountFen: '80000',
        excludedFen: '0',
        redLetterOf: null,
        issuedOn: '2024-06-03',
        attachmentId: attachment,
      },
    ],
    payments: [
      {
        reference: `P-${series}-${voucher.contractNumber}`,
        payerCreditCode: firm.creditCode,
        payeeCreditCode: provider.creditCode,
        amountFen: '80000',
        paidOn: '2024-06-05',
        attachmentId: attachment,
      },
    ],
    deliveryCertificateId: attachment,
  }
}

function register(): BodyOf<Routes['importOrganisations']> {
  const known: TestOrganisation = firm
  return {
    source: '市场监管登记',
    asOf: '2024-05-01',
    entries: [
      {
        creditCode: known.creditCode.replace(/^91/, '92').slice(0, 17) + '0',
        name: '丁示例科技有限公司',
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
        bankName: '示例银行',
        bankAccount: null,
        roles: ['applicant'],
      },
    ],
  }
}
