// Personal data, generated from the database's own catalogue: every column that its comment marks `personal` is filled with
// a text of its own, every route that reads is called by everybody who may, and no such text may come out but where this
// page says who needs it and why. A column or a route that is added is covered on the day it is written.
import { permits, roles, routes, type Role, type RouteName } from '@suanquan/api'
import {
  payUnverified,
  applied,
  FINDINGS,
  granted,
  must,
  rawSession,
  testCity,
  testFirm,
  usedSacct,
  type RawCall,
} from '@suanquan/testkit'
import { connect, sql } from '@suanquan/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let wall = Date.parse('2024-05-08T01:00:00Z')
const city = await testCity({ wallClock: () => wall })
const { adoptionId, firm } = city
const db = city.store.database.kysely
const owner = connect({ ...city.store.address, connections: 1 })
afterAll(async () => {
  await owner.close()
  await city.stop()
})

/** Who needs a kind of personal data unmasked for their own work, on which routes. */
const NEEDED: readonly {
  readonly columns: readonly string[]
  readonly roles: readonly Role[]
  readonly routes: readonly RouteName[]
  readonly why: string
}[] = [
  {
    columns: ['fund_act.payee'],
    roles: ['finance', 'auditor'],
    routes: ['readFund'],
    why: 'whom management cost was paid to is reckoned by name',
  },
  {
    columns: ['person.display_name'],
    roles: [...roles],
    routes: ['readSession'],
    why: 'one’s own name',
  },
  {
    columns: ['person.display_name', 'person.login', 'person_event.reason'],
    roles: ['administrator', 'system_administrator', 'security_administrator', 'auditor'],
    routes: ['listPeople', 'readPerson', 'listActing', 'readOversight', 'listImports', 'readImport'],
    why: 'accounts are given, withdrawn and reviewed by name',
  },
  {
    columns: ['person.display_name', 'unmasking.reason', 'conflict_declaration.reason'],
    roles: ['auditor', 'audit_administrator', 'finance'],
    routes: [
      'listAuditEvents',
      'readOversight',
      'listProofs',
      'readProof',
      'listUnmaskings',
      'listConflicts',
    ],
    why: 'an audit says who did it and why',
  },
  {
    columns: ['person.display_name'],
    roles: ['reviewer', 'finance', 'auditor', 'policy_author'],
    routes: [
      'readApplication',
      'readClaim',
      'listDisbursements',
      'readDisbursement',
      'readPaymentChain',
      'readTreasury',
      'listAppropriations',
      'readFund',
      'listTakeOvers',
      'readTakeOver',
      'listProofs',
      'readProof',
      'listAdoptionDrafts',
      'readAdoptionDraft',
      'listProgrammeProposals',
      'readProgrammeProposal',
    ],
    why: 'the offices see which colleague acted; whoever acts for a firm stays masked',
  },
  {
    columns: ['person.display_name', 'conflict_declaration.reason'],
    roles: ['reviewer'],
    routes: ['listConflicts'],
    why: 'one’s own declaration',
  },
  {
    columns: ['person.display_name', 'delegation.reason'],
    roles: ['reviewer', 'auditor', 'administrator', 'system_administrator'],
    routes: ['listDelegations', 'listDeputies', 'readSession'],
    why: 'who acts for whom, until when and why, is for the office; a deputy is chosen by name',
  },
  {
    columns: [
      'person.display_name',
      'engagement.reason',
      'engagement.decision_reason',
      'engagement.end_reason',
      'inspection.findings',
      'inspection.conclusion',
      'inspection.closed_reason',
      'conflict_declaration.reason',
    ],
    roles: ['reviewer', 'finance', 'auditor', 'inspector'],
    routes: ['listEngagements', 'readInspection'],
    why: 'who engaged a body and why, what it declared and what it reported are read by name beside the case',
  },
  {
    columns: [
      'person.display_name',
      'archive_hold.reason',
      'archive_hold.release_reason',
      'archive_disposal.reason',
      'archive_disposal.decision_reason',
    ],
    roles: ['reviewer', 'finance', 'auditor', 'audit_administrator'],
    routes: ['readArchiveFile', 'listDisposals'],
    why: 'who holds a file, and who disposes of one, answers for it by name',
  },
  {
    columns: ['appeal.grounds', 'appeal.reason'],
    roles: ['clerk', 'reviewer', 'finance', 'auditor'],
    routes: ['listAppeals', 'readAppeal'],
    why: 'an appeal cannot be decided unread, and the firm is told why',
  },
  {
    columns: ['objection.statement'],
    roles: ['reviewer', 'auditor'],
    routes: ['listObjections'],
    why: 'an objection cannot be answered unread',
  },
  {
    columns: ['disbursement.file_text', 'disbursement_line.bank_account', 'organisation.bank_account'],
    roles: ['finance'],
    routes: ['downloadDisbursement'],
    why: 'the bank pays by the file',
  },
]

const LOGINS: Partial<Record<Role, string>> = {
  administrator: 'administrator',
  policy_author: 'policy_author',
  finance: 'finance',
  reviewer: 'reviewer',
  auditor: 'auditor',
  clerk: 'clerk',
  provider: 'provider',
}

const ids: Record<string, string> = {}
const people = new Map<Role, RawCall>()
/** the text that a column of a row was filled with → the column */
const planted = new Map<string, string>()
let clerkName = ''

beforeAll(async () => {
  const reviewer = city.as('reviewer')
  for (const [role, login] of Object.entries(LOGINS)) {
    people.set(role as Role, await rawSession(city.server.url, login))
  }
  const contested = await applied(city, 'clerk', firm, { number: 'HT-2', account: 'second' })
  const approve = { decision: 'approve' as const, amountFen: '100', findings: FINDINGS, reason: '符合条件' }
  must(await reviewer.decideApplication({ params: { id: contested.id }, body: approve }))
  const notice = must(await reviewer.publishNotice({ body: { adoptionId, applicationIds: [contested.id] } }))
  const filed = {
    applicationNumber: contested.number,
    statement: '该单位与供给方存在关联关系，请核实',
    contactName: '张三',
    contactPhone: '13800000000',
  }
  const objection = must(await city.anybody.fileObjection({ params: { id: notice.id }, body: filed }))
  const application = await granted(city, await applied(city, 'clerk', firm), '100000000')
  const made = await testFirm(city)
  const file = {
    name: 'sacct.json',
    bytes: usedSacct({
      account: `e${firm.creditCode.toLowerCase()}`,
      day: '2024-05-21',
      hours: 10,
      cards: 8,
    }),
    mediaType: 'application/json',
  }
  must(await city.as('provider').importUsage({ query: { organisationId: city.provider.id }, file }))
  city.setDay('2024-06-10')
  const period = { from: '2024-05-10', to: '2024-05-31', on: '2024-06-05' } as const
  const asked = { voucherId: application.voucherId!, ...period, fen: 80_000n, series: 1 }
  const claim = must(await city.as('clerk').submitClaim({ body: made.claim(asked) }))
  const pay = { decision: 'approve' as const, amountFen: claim.payableFen, reason: '四项相符' }
  must(await reviewer.decideClaim({ params: { id: claim.id }, body: pay }))
  const claimIds = [claim.id]
  await payUnverified(city, claimIds)
  const batch = must(await city.as('finance').prepareDisbursement({ body: { adoptionId, claimIds } }))
  const body = { about: 'organisation' as const, objectId: firm.id, reason: '近亲属任职' }
  must(await reviewer.declareConflict({ body }))
  const ask = { purpose: 'contact' as const, reason: '电话核实情况' }
  const unmasking = must(
    await reviewer.unmask({ body: { about: 'objection', objectId: objection.id, ...ask } }),
  )
  const fund = must(await city.as('finance').listFunds({})).items[0]!
  const paid = { kind: 'spend' as const, amountFen: '1', payee: '评审专家', paidOn: '2024-05-07' }
  const document = { documentNumber: '示财专〔2024〕1号', documentOn: '2024-05-06', reason: '评审费' }
  must(await city.as('finance').proposeFundAct({ params: { id: fund.id }, body: { ...paid, ...document } }))
  const voucher = must(await city.as('clerk').readVoucher({ params: { id: application.voucherId! } }))
  const clerk = must(await city.as('administrator').listPeople({ query: { q: 'clerk' } })).items[0]!
  Object.assign(ids, {
    applications: application.id,
    vouchers: voucher.id,
    contracts: voucher.contractId,
    notices: notice.id,
    objections: objection.id,
    organisations: firm.id,
    adoptions: adoptionId,
    funds: fund.id,
    people: clerk.id,
    claims: claim.id,
    disbursements: batch.id,
    unmaskings: unmasking.id,
  })
  await plant()
  const row = await db.selectFrom('person').select('display_name').where('id', '=', clerk.id).execute()
  clerkName = row[0]!.display_name
})

/** Fills every column that the catalogue marks personal, row by row; of JSON, whose shape is read, the accounts count. */
async function plant(): Promise<void> {
  const { rows: columns } = await sql<{ table: string; column: string; json: boolean }>`
    select c.relname as table, a.attname as column, a.atttypid = 'jsonb'::regtype as json from pg_description d
    join pg_class c on c.oid = d.objoid and c.relkind = 'r' join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'suanquan'
    where d.description like 'personal%'`.execute(db)
  expect(columns.length).toBeGreaterThan(10)
  for (const { table, column, json } of columns) {
    const name = `${table}.${column}`
    const at = sql.raw(column)
    if (json) {
      const { rows } = await sql<{
        it: object
      }>`select ${at} as it from ${sql.raw(`suanquan.${table}`)}`.execute(owner.kysely)
      for (const [account] of JSON.stringify(rows).matchAll(/\b\d{14,}\b/g)) planted.set(account, name)
      continue
    }
    const before = sql<{ it: string; place: string }>`select ${at} as it, ctid::text as place
      from ${sql.raw(`suanquan.${table}`)} where ${at} is not null`
    for (const [number, { place }] of (await before.execute(owner.kysely)).rows.entries()) {
      const text = `甲${table}${column}${number}乙`.replaceAll('_', '')
      planted.set(text, name)
      await sql`update ${sql.raw(`suanquan.${table}`)} set ${at} = ${text} where ctid = ${place}::tid`.execute(
        owner.kysely,
      )
    }
  }
}

const reading = (Object.keys(routes) as RouteName[]).filter((name) => routes[name].method === 'GET')

function addressOf(name: RouteName): string | null {
  const { path } = routes[name]
  const kind = path.split('/')[2]!
  if (!path.includes(':')) return path
  const id = kind === 'ledger' || kind === 'audit' ? undefined : ids[kind]
  return id === undefined || !path.includes(':id') ? null : path.replace(':id', id)
}

const mayRead = (name: RouteName, role: Role): boolean => {
  const { access } = routes[name]
  const grant = { role, jurisdiction: '990100', district: null, organisationId: null }
  return access === 'public' || permits(access, [grant])
}

describe('what the catalogue marks personal stays masked', () => {
  test.each(reading.filter((name) => addressOf(name) !== null && name !== 'readUnmasked'))(
    '%s',
    async (name) => {
      for (const [role, call] of people) {
        if (!mayRead(name, role)) continue
        const query = name.startsWith('search') ? `?q=${encodeURIComponent('甲')}甲` : ''
        const answer = await call(`GET ${addressOf(name)}${query}`)
        const leaked = [...planted].filter(([text]) => answer.text.includes(text)).map(([, column]) => column)
        const unneeded = [...new Set(leaked)].filter(
          (column) =>
            !NEEDED.some(
              (need) =>
                need.columns.includes(column) && need.roles.includes(role) && need.routes.includes(name),
            ),
        )
        expect([name, role, unneeded]).toEqual([name, role, []])
      }
    },
  )

  test('the offices read a clerk’s name masked on a case, and its clerk reads their own', async () => {
    const path = `GET /api/applications/${ids['applications']}`
    for (const role of ['reviewer', 'finance', 'auditor'] as const) {
      expect((await people.get(role)!(path)).text).not.toContain(clerkName)
    }
    expect((await people.get('clerk')!(path)).text).toContain(clerkName)
  })
})

describe('an unmasking', () => {
  const objection = (): string => `GET /api/unmaskings/${ids['unmaskings']}/values`

  test('gives one record, to the person who asked, and leaves its trace', async () => {
    const values = must(await city.as('reviewer').readUnmasked({ params: { id: ids['unmaskings']! } })).values
    expect(values.map(({ field }) => field)).toEqual(['contact_name', 'contact_phone'])
    expect(values.every(({ value }) => planted.get(value)?.startsWith('objection.contact'))).toBe(true)
    expect((await people.get('auditor')!(objection())).status).toBe(404)
    const { items } = must(await city.as('auditor').listUnmaskings({}))
    expect(items[0]).toMatchObject({ about: 'objection', objectId: ids['objections'], purpose: 'contact' })
    const trail = must(
      await city.as('auditor').listAuditEvents({ query: { objectId: ids['objections']!, show: 'reads' } }),
    )
    expect(trail.items[0]).toMatchObject({ action: 'readUnmasked', objectKind: 'objection' })
  })

  test('ends after a quarter of an hour', async () => {
    wall += 15 * 60_000 - 1000
    expect((await people.get('reviewer')!(objection())).status).toBe(200)
    wall += 1000
    expect((await people.get('reviewer')!(objection())).problem.code).toBe('unmasking.over')
  })

  test('is of what one may read at all, and its row cannot be changed', async () => {
    const ask = { purpose: 'contact' as const, reason: '电话核实情况' }
    const finance = await city
      .as('finance')
      .unmask({ body: { about: 'objection', objectId: ids['objections']!, ...ask } })
    expect(finance).toMatchObject({ problem: { code: 'request.not_found' } })
    const elsewhere = await city
      .as('reviewer2')
      .unmask({ body: { about: 'organisation', objectId: firm.id, ...ask } })
    expect(elsewhere).toMatchObject({ problem: { code: 'request.not_found' } })
    const change = sql`update unmasking set reason = 'x'`.execute(db)
    await expect(change).rejects.toThrow(/permission denied/)
  })
})
