// 归档 over the routes: what is closed and can no longer be contested is archived by itself with its number, term and catalogue;
// what is altered shows; after the term two people dispose, and what proofs need stays.
import { applied, enrolled, FINDINGS, must, rawSession, signIn, testCity } from '@suanquan/testkit'
import { connect, replayDecisions, sql } from '@suanquan/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '@suanquan/api'

const city = await testCity()
const owner = connect({ ...city.store.address, connections: 1 })
afterAll(async () => {
  await owner.close()
  await city.stop()
})

const auditor = city.as('auditor')
const refused = (code: string): object => ({ problem: { code } })
let second: Client
let objectId = ''
let fileId = ''
let paperId = ''

beforeAll(async () => {
  const { id } = await applied(city, 'clerk', city.firm)
  objectId = id
  const body = { decision: 'refuse' as const, findings: FINDINGS, reason: '用途不符' }
  must(await city.as('reviewer').decideApplication({ params: { id }, body }))
  paperId = must(await city.as('clerk').readApplication({ params: { id } })).attachments[0]!.id
  await enrolled(city, 'archivist', { role: 'reviewer', district: null, organisationCreditCode: null })
  second = await signIn(city.server.url, 'archivist')
})

describe('archiving', () => {
  test('waits until nothing can be contested, and happens once', async () => {
    city.setDay('2024-11-08')
    await city.tick()
    expect(must(await auditor.listArchive({})).total).toBe(0)
    city.setDay('2024-11-09')
    await city.tick()
    const { items } = must(await auditor.listArchive({}))
    expect(items).toMatchObject([{ kind: 'application', objectId, years: 30, state: 'kept' }])
    expect(items[0]!.number).toBe('990100-WS·2024-D30-00001')
    expect(items[0]!.endsOn).toBe('2054-12-31')
    fileId = items[0]!.id
    city.setDay('2024-11-11')
    await city.tick()
    expect(must(await auditor.listArchive({})).total).toBe(1)
  })

  test('lists every paper with its digest, and finds the file by its case', async () => {
    const file = must(await auditor.readArchiveFile({ params: { id: fileId } }))
    const kinds = file.catalogue.map(({ kind }) => kind)
    for (const kind of ['record', 'event', 'decision', 'attachment'] as const) expect(kinds).toContain(kind)
    expect(file.catalogue.every(({ sm3 }) => /^[0-9a-f]{64}$/.test(sm3))).toBe(true)
    const found = must(await auditor.listArchive({ query: { q: file.objectNumber, state: 'kept' } }))
    expect(found.items.map(({ id }) => id)).toEqual([fileId])
    expect(must(await city.as('reviewer2').listArchive({})).total).toBe(0)
  })

  test('each term names its source', async () => {
    const { items } = must(await auditor.listRetentionTerms({}))
    expect(items.find(({ kind }) => kind === 'fund_year')?.years).toBeNull()
    expect(items.find(({ kind }) => kind === 'claim')).toMatchObject({ category: 'accounting', years: 30 })
    expect(items.every(({ source }) => source.zh.includes('令第'))).toBe(true)
  })

  test('a digest tells a paper that was altered, and one that is gone', async () => {
    const check = async (): Promise<object> =>
      must(await auditor.checkArchiveFile({ params: { id: fileId } })).differences
    expect(await check()).toEqual([])
    const draft = `update suanquan.application set draft = jsonb_set(draft, '{contract,amountFen}', '"1"') where id = `
    await sql`create temp table before as select draft from suanquan.application where id = ${objectId}`.execute(
      owner.kysely,
    )
    await sql`${sql.raw(draft)} ${objectId}`.execute(owner.kysely)
    expect(await check()).toMatchObject([{ kind: 'record', what: 'altered' }])
    await sql`update suanquan.application set draft = (select draft from before) where id = ${objectId}`.execute(
      owner.kysely,
    )
    await sql`update suanquan.archive_paper set sm3 = reverse(sm3) where position = 2`.execute(owner.kysely)
    expect(await check()).toMatchObject([{ what: 'catalogue' }, { position: 2, what: 'altered' }])
    await sql`update suanquan.archive_paper set sm3 = reverse(sm3) where position = 2`.execute(owner.kysely)
    expect(await check()).toEqual([])
    await expect(sql`delete from archive_paper`.execute(city.store.database.kysely)).rejects.toThrow(
      /permission denied/,
    )
  })
})

describe('disposal', () => {
  const propose = (by: Client): ReturnType<Client['proposeDisposal']> =>
    by.proposeDisposal({ body: { fileIds: [fileId], reason: '保管期满，经鉴定无继续保存价值' } })

  test('comes after the term, and not while anything holds the file', async () => {
    expect(await propose(second)).toMatchObject(refused('archive.term_runs'))
    await sql`update suanquan.archive_file set ends_on = '2024-11-10'`.execute(owner.kysely)
    expect(await propose(city.as('reviewer2'))).toMatchObject(refused('request.not_found'))
    const hold = { params: { id: fileId }, body: { reason: '专项审计' } }
    must(await auditor.placeHold(hold))
    expect(await auditor.placeHold(hold)).toMatchObject(refused('archive.held_already'))
    expect(await propose(second)).toMatchObject(refused('archive.held'))
    must(await auditor.releaseHold(hold))
    expect(await auditor.releaseHold(hold)).toMatchObject(refused('archive.not_held'))
  })

  test('takes two people, and one list at a time', async () => {
    const { id } = must(await propose(second))
    expect(await propose(second)).toMatchObject(refused('archive.listed'))
    const approve = { params: { id }, body: { decision: 'approve' as const, reason: '同意' } }
    expect(await second.decideDisposal(approve)).toMatchObject(refused('archive.own_proposal'))
    must(await auditor.placeHold({ params: { id: fileId }, body: { reason: '专项审计' } }))
    const reviewer = city.as('reviewer')
    expect(await reviewer.decideDisposal(approve)).toMatchObject(refused('archive.held'))
    must(await auditor.releaseHold({ params: { id: fileId }, body: { reason: '审计结束' } }))
    expect(must(await reviewer.decideDisposal(approve)).state).toBe('approved')
    expect(await reviewer.decideDisposal(approve)).toMatchObject(refused('archive.decided'))
    expect(await propose(second)).toMatchObject(refused('archive.disposed'))
  })

  test('takes contents and personal data, and leaves catalogue, decisions and what replay needs', async () => {
    const raw = await rawSession(city.server.url, 'reviewer')
    expect((await raw(`GET /api/attachments/${paperId}`)).problem.code).toBe('archive.paper_disposed')
    await city.tick()
    const { rows } = await sql<{ left: bigint }>`select count(*) as left from archive_disposed_attachment
      where removed_at is null`.execute(city.store.database.kysely)
    expect(rows[0]!.left).toBe(0n)
    const draft = must(await city.as('clerk').readApplication({ params: { id: objectId } })).draft
    expect(draft.statements).toEqual({})
    const file = must(await auditor.readArchiveFile({ params: { id: fileId } }))
    expect(file).toMatchObject({ state: 'disposed', papers: file.catalogue.length })
    const replayed = await replayDecisions(city.store.database)
    expect(must(await auditor.checkArchiveFile({ params: { id: fileId } })).differences).toEqual([])
    expect(replayed.decisions).toBeGreaterThan(0)
    expect(replayed.differences).toEqual([])
  })
})
