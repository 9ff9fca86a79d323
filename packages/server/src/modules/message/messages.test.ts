// Who is told what when a case moves, once and no more; that the sender sees when it was read; reminders before deadlines.
import {
  messageKinds,
  permits,
  type Grant,
  type MessageKind,
  type MessageKindName,
  type Role,
} from '@suanquan/api'
import { applied, FINDINGS, granted, JURISDICTION, must, rawSession, testCity } from '@suanquan/testkit'
import { sql, timestamp, type RunningServer } from '@suanquan/server'
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tell, writeMessages, type Told } from './outbox.ts'
import { titleOf } from './words.ts'

const city = await testCity()
const { kysely } = city.store.database
afterAll(() => city.stop())

const as = city.as
const inbox = async (name: string) => must(await as(name).listMessages({ query: { size: 200 } }))
const kindsOf = async (name: string, aboutId: string) =>
  (await inbox(name)).items.filter((each) => each.aboutId === aboutId).map(({ kind }) => kind)

const FIELDS = [{ field: 'documents.compute_contract', remark: '第 3 页缺失' }]
const correction = { decision: 'request_correction' as const, fields: FIELDS, reason: '请补正合同' }

describe('a correction', async () => {
  const application = await applied(city, 'clerk', city.firm)
  city.wait(1)

  test('is told to the clerk of the firm, the submission to the reviewers of its district and the provider', async () => {
    must(await as('reviewer').decideApplication({ params: { id: application.id }, body: correction }))
    expect(await kindsOf('clerk', application.id)).toEqual(['correction_asked', 'application_received'])
    expect(await kindsOf('reviewer', application.id)).toEqual(['application_to_review'])
    expect(await kindsOf('provider', application.id)).toEqual(['contract_to_check'])
    // reviewer2 is of another district
    for (const other of ['clerk2', 'clerk3', 'reviewer2', 'finance', 'auditor', 'policy_author'])
      expect(await kindsOf(other, application.id), other).toEqual([])
  })

  test('settles what asked the reviewers to look, without pretending that they had opened it', async () => {
    const asked = (await inbox('reviewer')).items.find(({ aboutId }) => aboutId === application.id)!
    expect(asked).toMatchObject({ kind: 'application_to_review', readAt: null })
    const unread = must(await as('reviewer').listMessages({ query: { show: 'unread', size: 200 } }))
    expect(unread.items.map(({ id }) => id)).not.toContain(asked.id)
    expect(must(await as('reviewer').countUnread()).unread).toBe(unread.total)
    const read = must(await as('reviewer').listMessages({ query: { show: 'read', size: 200 } }))
    expect(read.items.map(({ id }) => id)).toContain(asked.id)
  })

  test('says its fields, its reason and the deadline of the case, in working days', async () => {
    const [told] = (await inbox('clerk')).items
    const { deadlineOn } = must(await as('clerk').readApplication({ params: { id: application.id } }))
    expect(told).toMatchObject({
      kind: 'correction_asked',
      deadlineOn,
      fields: [FIELDS[0]!.field],
      readAt: null,
    })
    expect(told!.workingDaysLeft).toBeGreaterThan(0)
    expect(told!.title.zh).toBe(`申请 ${application.number} 需要补正`)
    expect(told!.body.en).toBe('What is asked: 请补正合同')
  })

  test('is read by the clerk, and the reviewer sees when; the moment of the first reading stays', async () => {
    const receipts = async () => {
      const { items } = must(await as('reviewer').listReceipts({ params: { id: application.id } }))
      return items.find(({ kind }) => kind === 'correction_asked')!
    }
    expect((await receipts()).readers).toEqual([{ personName: 'clerk 某某', readAt: null }])
    const before = must(await as('clerk').countUnread())
    const [told] = (await inbox('clerk')).items
    must(await as('clerk').readMessage({ params: { id: told!.id } }))
    const { readAt } = (await receipts()).readers[0]!
    expect(readAt).not.toBeNull()
    city.wait(5)
    must(await as('clerk').readMessage({ params: { id: told!.id } }))
    expect((await receipts()).readers[0]!.readAt).toBe(readAt)
    expect(must(await as('clerk').countUnread()).unread).toBe(before.unread - 1)
    must(await as('clerk').readAllMessages())
    expect(must(await as('clerk').countUnread())).toEqual({ unread: 0 })
  })

  test('is nobody else’s to read, and its receipts are not for another district or firm', async () => {
    const [told] = (await inbox('clerk')).items
    const code = async (ask: Promise<{ ok: boolean }>) =>
      ((await ask) as { problem?: { code: string } }).problem?.code
    expect(await code(as('clerk2').readMessage({ params: { id: told!.id } }))).toBe('request.not_found')
    const id = application.id
    expect(await code(as('reviewer2').listReceipts({ params: { id } }))).toBe('request.not_found')
    expect(await code(as('clerk').listReceipts({ params: { id } }))).toBe('request.forbidden')
  })

  test('is reminded of three working days and one before its deadline, once each; a late tick sends the nearest only', async () => {
    const { deadlineOn } = must(await as('clerk').readApplication({ params: { id: application.id } }))
    const reminded = async () =>
      (await kindsOf('clerk', application.id)).filter((kind) => kind === 'correction_due').length
    const counts: number[] = []
    for (const day of await workingDaysBefore(deadlineOn!, [4, 3, 2, 1])) {
      city.setDay(day)
      await city.tick()
      await city.tick()
      counts.push(await reminded())
    }
    expect(counts).toEqual([0, 1, 1, 2])
  })

  test('that comes in time is told to the reviewers again', async () => {
    must(await as('clerk').submitApplication({ params: { id: application.id } }))
    expect(await kindsOf('reviewer', application.id)).toEqual([
      'application_to_review',
      'application_to_review',
    ])
  })
})

/** The days that have so many working days left until a deadline. */
async function workingDaysBefore(deadline: string, counts: readonly number[]): Promise<string[]> {
  const { addDays, workingDaysLeft } = await import('@suanquan/core/calendar')
  return counts.map((count) => {
    for (let day = deadline; ; day = addDays(day, -1)) {
      const left = workingDaysLeft(day, deadline)
      if (left.ok && left.value.days === count) return day
    }
  })
}

describe('nothing is told twice', () => {
  test('a command that is sent again under its key tells once, two servers that tick at once too', async () => {
    city.setDay('2024-05-20')
    const application = await applied(city, 'clerk', city.firm, { number: 'HT-2' })
    city.wait(1)
    const call = await rawSession(city.server.url, 'reviewer')
    const key = `key-${randomUUID()}`
    const ask = () =>
      call(`POST /api/applications/${application.id}/decisions`, {
        headers: { 'idempotency-key': key },
        body: correction,
      })
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await kindsOf('clerk', application.id)).toEqual(['correction_asked', 'application_received'])
    const { deadlineOn } = must(await as('clerk').readApplication({ params: { id: application.id } }))
    const [day] = await workingDaysBefore(deadlineOn!, [1])
    const at = Date.parse(`${day}T01:00:00Z`)
    const server: RunningServer = city.server
    await Promise.all([server.tick(at), server.tick(at), server.tick(at)])
    expect(await kindsOf('clerk', application.id)).toEqual([
      'correction_due',
      'correction_asked',
      'application_received',
    ])
  })

  test('of a refused command nothing is told', async () => {
    const application = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-3' })
    const body = {
      decision: 'approve' as const,
      amountFen: '99999999999999',
      findings: FINDINGS,
      reason: '符合条件',
    }
    const refused = await as('reviewer').decideApplication({ params: { id: application.id }, body })
    expect(refused.ok).toBe(false)
    expect(await kindsOf('clerk2', application.id)).toEqual(['application_received'])
  })
})

test('from approval to voucher, from the second signature to the last days of a voucher, each is told', async () => {
  city.setDay('2024-05-08')
  const application = await granted(
    city,
    await applied(city, 'clerk2', city.otherFirm, { number: 'HT-4' }),
    '100000000',
  )
  expect((await kindsOf('clerk2', application.id)).toSorted()).toEqual([
    'application_announced',
    'application_approved',
    'application_received',
  ])
  const voucher = must(await as('clerk2').readVoucher({ params: { id: application.voucherId! } }))
  const issued = (await inbox('clerk2')).items.find(({ aboutId }) => aboutId === voucher.id)
  expect(issued).toMatchObject({ kind: 'voucher_issued', deadlineOn: voucher.usableUntil })
  expect(issued!.body.zh).toBe('金额 1,000,000.00 元。')
  const { addDays } = await import('@suanquan/core/calendar')
  const kinds: string[][] = []
  for (const days of [31, 30, 8, 7, -1]) {
    city.setDay(addDays(voucher.usableUntil, -days))
    await city.tick()
    kinds.push((await kindsOf('clerk2', voucher.id)).filter((kind) => kind !== 'voucher_issued'))
  }
  const soon = 'voucher_expiring'
  expect(kinds).toEqual([[], [soon], [soon], [soon, soon], ['voucher_expired', soon, soon]])
  // proposed by `finance` at the start of the city: the other one approves
  const toApprove = (name: string) => inbox(name).then(({ items }) => items.map(({ kind }) => kind))
  expect(await toApprove('finance2')).toContain('appropriation_to_approve')
  expect(await toApprove('finance')).not.toContain('appropriation_to_approve')
})

describe('whom a kind is told: every kind × role × place against the permission table', async () => {
  const firm = city.firm.id
  const { provider, otherFirm } = city
  const application = await kysely
    .selectFrom('application')
    .selectAll()
    .where('organisation_id', '=', firm)
    .executeTakeFirstOrThrow()
  let people: Awaited<ReturnType<typeof peopleOfEveryPlace>>
  beforeAll(async () => void (people = await peopleOfEveryPlace()))
  const target = { jurisdiction: application.jurisdiction, district: application.district }
  const cause = (kind: string): string => `matrix ${kind}`

  async function peopleOfEveryPlace() {
    const roles = [
      ...new Set(Object.values(messageKinds).flatMap(({ to }) => [...to])),
      'auditor',
      'administrator',
    ] as Role[]
    const places: Partial<Grant>[] = [
      {},
      { district: application.district },
      { district: '990199' },
      { jurisdiction: '880100' },
      { organisationId: firm },
      { organisationId: otherFirm.id },
      { organisationId: provider.id },
    ]
    const made: { id: string; grants: Grant[]; aside: boolean }[] = []
    for (const role of roles) {
      for (const place of places) {
        const grant = { role, jurisdiction: JURISDICTION, district: null, organisationId: null, ...place }
        made.push({ id: randomUUID(), grants: [grant], aside: place.organisationId === firm })
      }
    }
    const reviewer: Grant = {
      role: 'reviewer',
      jurisdiction: JURISDICTION,
      district: null,
      organisationId: null,
    }
    const clerk: Grant = { ...reviewer, role: 'clerk', organisationId: firm }
    made.push({ id: randomUUID(), grants: [reviewer, clerk], aside: true })
    const declared = { id: randomUUID(), grants: [reviewer], aside: true }
    made.push(declared)
    for (const [index, { id, grants }] of made.entries()) {
      const place = { jurisdiction: JURISDICTION, district: JURISDICTION }
      const at = timestamp(Date.parse('2024-05-01T00:00:00Z'))
      await kysely
        .insertInto('person')
        .values({
          ...place,
          id,
          login: `matrix-${index}`,
          display_name: '某某',
          password_hash: null,
          active: true,
          failed_attempts: 0,
          created_at: at,
        })
        .execute()
      for (const grant of grants) {
        await kysely
          .insertInto('role_grant')
          .values({
            id: randomUUID(),
            person_id: id,
            jurisdiction: grant.jurisdiction,
            district: JURISDICTION,
            role: grant.role,
            district_limit: grant.district,
            organisation_id: grant.organisationId,
            granted_at: at,
          })
          .execute()
      }
    }
    await kysely
      .insertInto('conflict_declaration')
      .values({
        id: randomUUID(),
        jurisdiction: JURISDICTION,
        district: JURISDICTION,
        person_id: declared.id,
        organisation_id: firm,
        object_kind: 'application',
        object_id: application.id,
        reason: '亲属',
        declared_at: timestamp(Date.parse('2024-05-01T00:00:00Z')),
      })
      .execute()
    return made
  }

  test.each(Object.entries(messageKinds) as [MessageKindName, MessageKind][])('%s', async (name, kind) => {
    const told: Told = { kind: name, cause: cause(name), about: 'application', aboutId: application.id }
    await city.store.database.transaction(async ({ kysely: tx }) => {
      tell(tx, told)
      return writeMessages(tx, Date.parse('2024-06-01T00:00:00Z'))
    })
    const rows = await kysely
      .selectFrom('message')
      .select('person_id')
      .where('cause', '=', `${cause(name)} ${name}`)
      .execute()
    const known = new Set(people.map(({ id }) => id))
    const found = rows.map(({ person_id: id }) => id).filter((id) => known.has(id))
    const ofWhom = { applicant: [firm], provider: [provider.id], payee: [], office: [firm] }[kind.of]
    const wanted = people
      .filter(({ grants }) =>
        grants.some(
          (grant) =>
            kind.to.includes(grant.role) &&
            permits(kind.action, [grant], { ...target, organisationIds: ofWhom }),
        ),
      )
      .filter(({ aside }) => !(kind.to.includes('reviewer') && aside))
    expect(found.toSorted()).toEqual(wanted.map(({ id }) => id).toSorted())
  })

  test('whoever is no longer active is not told', async () => {
    await sql`update person set active = false where login like 'matrix-%'`.execute(kysely)
    const told = await city.store.database.transaction(async ({ kysely: tx }) => {
      tell(tx, {
        kind: 'application_to_review',
        cause: 'inactive',
        about: 'application',
        aboutId: application.id,
      })
      return writeMessages(tx, Date.parse('2024-06-01T00:00:00Z'))
    })
    const rows = await kysely
      .selectFrom('message')
      .innerJoin('person', 'person.id', 'person_id')
      .select('login')
      .where('cause', 'like', 'inactive%')
      .execute()
    expect(rows.map(({ login }) => login).toSorted()).toEqual(['reviewer', 'sweeper'])
    expect(told).toBe(2)
  })
})

test('every sentence is filled in both languages, and titles hold no amount, reason or name', () => {
  const names = (text: string): string[] =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()
  for (const [kind, { title, body, name }] of Object.entries(messageKinds)) {
    expect(names(title.zh), kind).toEqual(names(title.en))
    expect(names(body.zh), kind).toEqual(names(body.en))
    expect(
      names(title.zh).filter((each) => !['number', 'contract', 'count', 'days'].includes(each)),
      kind,
    ).toEqual([])
    expect(name.zh).toMatch(/\p{Script=Han}/u)
    expect(titleOf(kind, { number: 'N', contract: 'C', count: '2', days: '7' }).en).not.toMatch(/[{}]/)
  }
})

test('the id of a message follows from whom and what', async () => {
  const row = await kysely.selectFrom('message').selectAll().limit(1).executeTakeFirstOrThrow()
  const digits = createHash('sha256')
    .update(`${row.cause} ${row.person_id}`)
    .digest('hex')
    .slice(0, 32)
    .split('')
  digits[12] = '8'
  digits[16] = 'a'
  expect(row.id.replaceAll('-', '')).toBe(digits.join(''))
})
