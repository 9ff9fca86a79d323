// The journal for reading: postings by account, thing, reason and period, with the names of what they carried out.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, hex } from '@suanquan/core'
import { addDays, startOf } from '@suanquan/core/calendar'
import { accountCodeOf, accountKinds, postingCodeOf, postingRules } from '@suanquan/core/ledger'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handler, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { thingsOf } from './things.ts'
import { titlesOfFunds } from '../policy/index.ts'

type Posting = AnswerOf<Routes['listPostings']>['items'][number]

const KINDS = ['post', 'reserve', 'settle', 'release'] as const

export function listPostings(world: World): Handler<'listPostings'> {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'journal', id: query.accountId ?? null })
      const conditions = conditionsOf(query, person!)
      const where = sql.join(conditions, sql` and `)
      const counted = await sql<{ total: bigint }>`
        select count(*) as total from ledger.posting p where ${where}`.execute(db)
      const { rows } = await sql<Row>`
        ${columns} where ${where} order by p.at desc, p.ledger, p.seq desc
        limit ${query.size} offset ${(query.page - 1) * query.size}`.execute(db)
      return accept({ total: Number(counted.rows[0]!.total), items: await viewPostings(world, db, rows) })
    },
  }
}

export function readPosting(world: World): Handler<'readPosting'> {
  return {
    kind: 'query',
    run: async ({ params, person }, { db, touch }) => {
      touch({ kind: 'journal', id: params.id })
      const own = await sql<Row>`${columns} where p.id = ${params.id}`.execute(db)
      const row = own.rows[0]
      if (row === undefined) return notFound('posting')
      if (!mayTouch(person, 'ledger.read', { ...row, organisationIds: [] }))
        return outOfScope('ledger.read', 'posting')
      const first = row.seq - BigInt(row.link)
      const set = await sql<Row>`
        ${columns} where p.ledger = ${row.ledger} and p.seq >= ${first} and p.seq < ${first + BigInt(row.links)}
        order by p.seq`.execute(db)
      const related = await sql<Row>`
        ${columns} where p.ledger = ${row.ledger} and (p.reservation = ${row.id} or p.id = ${row.reservation})
        order by p.seq`.execute(db)
      const [posting] = await viewPostings(world, db, [row])
      return accept({
        ...posting!,
        setHash: hex(row.set_hash),
        chain: hex(row.chain),
        set: await viewPostings(world, db, set.rows),
        related: await viewPostings(world, db, related.rows),
      })
    },
  }
}

/** Postings of a fund by their sequences, in that order. */
export async function postingsAt(
  world: World,
  db: Kysely<Tables>,
  ledger: number,
  sequences: readonly bigint[],
): Promise<Posting[]> {
  const { rows } = await sql<Row>`
    ${columns} where p.ledger = ${ledger} and p.seq = any(${sequences}::bigint[]) order by p.seq`.execute(db)
  return viewPostings(world, db, rows)
}

interface Side {
  readonly id: string
  readonly code: number
  readonly programme: string
  readonly holder: string
  readonly reference: string
  readonly kind: string
  readonly district: string
  readonly year: number | null
  readonly usable_until: string | null
  readonly holder_name: string | null
}

interface Row {
  readonly ledger: number
  readonly seq: bigint
  readonly id: string
  readonly at: number
  readonly kind: number
  readonly code: number
  readonly amount: bigint
  readonly reservation: string | null
  readonly document: string
  readonly jurisdiction: string
  readonly district: string
  readonly link: number
  readonly links: number
  readonly set_hash: Uint8Array
  readonly chain: Uint8Array
  readonly debit: Side
  readonly credit: Side
}

const side = (
  table: 'd' | 'c',
  firm: 'df' | 'cf',
): RawBuilder<unknown> => sql`json_build_object('id', ${sql.ref(`${table}.id`)},
  'code', ${sql.ref(`${table}.code`)}, 'programme', ${sql.ref(`${table}.programme`)}, 'holder', ${sql.ref(`${table}.holder`)}, 'reference', ${sql.ref(`${table}.reference`)},
  'kind', ${sql.ref(`${table}.kind`)}, 'district', ${sql.ref(`${table}.district`)}, 'year', ${sql.ref(`${table}.year`)}, 'usable_until', ${sql.ref(`${table}.usable_until`)},
  'holder_name', ${sql.ref(`${firm}.name`)})`

const columns = sql`select p.ledger, p.seq, p.id, p.at, p.kind, p.code, p.amount, p.reservation, p.document, p.jurisdiction,
    p.district, p.link, p.links, p.set_hash, p.chain, ${side('d', 'df')} as debit, ${side('c', 'cf')} as credit
  from ledger.posting p
  join ledger.account d on d.ledger = p.ledger and d.id = p.debit
  join ledger.account c on c.ledger = p.ledger and c.id = p.credit
  left join organisation df on df.credit_code = d.holder
  left join organisation cf on cf.credit_code = c.holder`

function conditionsOf(
  query: Parameters<Handler<'listPostings'>['run']>[0]['query'],
  person: Person,
): RawBuilder<boolean>[] {
  const conditions = [visibleRows(person, 'ledger.read', 'p', 'p.id')]
  const { adoptionId, accountId, q, reason, from, to } = query
  if (adoptionId !== undefined)
    conditions.push(sql`exists (select from adoption join ledger.account own on own.ledger = adoption.fund
      and own.id in (p.debit, p.credit) and own.programme = adoption.programme_id
      where adoption.id = ${adoptionId} and adoption.fund = p.ledger)`)
  if (accountId !== undefined) conditions.push(sql`(p.debit = ${accountId} or p.credit = ${accountId})`)
  if (reason !== undefined) conditions.push(sql`p.code = ${postingRules[reason].number}`)
  if (from !== undefined) conditions.push(sql`p.at >= ${timestamp(startOf(from))}::timestamptz`)
  if (to !== undefined) conditions.push(sql`p.at < ${timestamp(startOf(addDays(to, 1)))}::timestamptz`)
  if (q !== undefined && q !== '') conditions.push(aboutThing(q))
  return conditions
}

/** Postings of whatever carries this number: its own, those of its vouchers and claims, those of a firm. */
function aboutThing(q: string): RawBuilder<boolean> {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const vouchers = sql`select v.id, v.number, v.application_id from voucher v
    join service_contract s on s.id = v.contract_id join application a on a.id = v.application_id
    where ${q} in (v.number, v.old_number, s.number, a.number)`
  const accounts = sql`select id from ledger.account where reference = ${q}
    or reference in (select number from (${vouchers}) named)
    or holder in (select credit_code from organisation where credit_code = ${q} or name ilike ${like})`
  const documents = sql`select id from claim where number = ${q} or voucher_id in (select id from (${vouchers}) owned)
    union all select id from disbursement where number = ${q}
    union all select id from appropriation where document_number = ${q}
    union all select id from pool_move where document_number = ${q}
    union all select id from fund_act where document_number = ${q}
    union all select id from year_close where document_number = ${q}
    union all select own.document from take_over t join lateral (
      select id as document from appropriation where take_over_id = t.id
      union all select (approval->>'id')::uuid from application where take_over_id = t.id
      union all select claim_id from opening_claim where take_over_id = t.id) own on true
      where ${q} in (t.number, t.statement_number)
    union all select (approval->>'id')::uuid from application where number = ${q} and approval is not null`
  return sql<boolean>`(p.debit in (${accounts}) or p.credit in (${accounts}) or p.document in (${documents}))`
}

async function viewPostings(world: World, db: Kysely<Tables>, rows: readonly Row[]): Promise<Posting[]> {
  const documents = await thingsOf(
    db,
    rows.map(({ document }) => document),
  )
  const titles = await titlesOfFunds(world, db)
  return rows.map((row) => ({
    id: row.id,
    ledger: row.ledger,
    programme: titles.of(row.ledger, row.debit.programme === '' ? row.credit.programme : row.debit.programme),
    sequence: Number(row.seq),
    at: new Date(row.at).toISOString(),
    kind: KINDS[row.kind]!,
    code: postingCodeOf(row.code),
    amount: row.amount.toString(),
    debit: viewSide(row.debit),
    credit: viewSide(row.credit),
    document: documents.get(row.document) ?? documentOf(row),
    documentId: row.document,
    link: row.link,
    links: row.links,
  }))
}

/** An approval that was given up stands in no document any more: the voucher it was for still names it. */
function documentOf({ credit }: Row): Posting['document'] {
  if (accountCodeOf(credit.code) !== 'voucher') return null
  return { kind: 'voucher_promised', id: '', label: credit.reference, organisationName: credit.holder_name }
}

function viewSide(account: Side): Posting['debit'] {
  const code = accountCodeOf(account.code)
  return {
    id: account.id,
    code,
    unit: accountKinds[code].unit,
    holderName: account.holder_name,
    holder: account.holder,
    reference: account.reference,
    kind: account.kind,
    district: account.district,
    year: account.year,
    usableUntil: account.usable_until,
  }
}
