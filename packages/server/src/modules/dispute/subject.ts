// What a dispute is about, as it stands: the rated line of a run, the shortfall of a claim, or a month's total, with the one
// sentence that everybody reads.
import { shortfallTexts, type BodyOf, type Routes } from '@suanquan/api'
import { assert } from '@suanquan/core'
import { dayOf, type Day } from '@suanquan/core/calendar'
import type { Settlement } from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { monthBounds } from '../metering/index.ts'
import { revive } from '../policy/index.ts'

type Asked = BodyOf<Routes['openDispute']>['subject']
type Text = { readonly zh: string; readonly en: string }

export interface Subject {
  readonly kind: Asked['kind']
  /** the record of a line, the code of a shortfall, nothing for a total */
  readonly ref: string
  readonly claimId: string | null
  readonly amountFen: bigint
  /** the most that can be disputed as too little: what the use is worth, where less of it is charged */
  readonly valueFen: bigint
  readonly text: Text
}

const RATED: Text = { zh: '按合同价格计费', en: 'rated at the price of the contract' }
const NOT_CHARGED: Text = { zh: '不计费', en: 'not charged' }
const TOTAL: Text = { zh: '当月计费合计', en: 'the total of the month' }

interface Of {
  readonly contractId: string
  readonly month: string
}

/** The subject that a person names; undefined where the contract's month shows none. */
export async function namedSubject(db: Kysely<Tables>, of: Of, asked: Asked): Promise<Subject | undefined> {
  if (asked.kind === 'total') return subjectOf(db, of, { kind: 'total', ref: '', claimId: null })
  if (asked.kind === 'shortfall')
    return subjectOf(db, of, { kind: 'shortfall', ref: asked.code, claimId: asked.claimId })
  const line = await db
    .selectFrom('rated_line')
    .select('identity')
    .where('id', '=', asked.lineId)
    .where('contract_id', '=', of.contractId)
    .where('month', '=', of.month)
    .executeTakeFirst()
  return line === undefined
    ? undefined
    : subjectOf(db, of, { kind: 'line', ref: line.identity, claimId: null })
}

export async function subjectOf(
  db: Kysely<Tables>,
  of: Of,
  key: Pick<Subject, 'kind' | 'ref' | 'claimId'>,
): Promise<Subject | undefined> {
  return key.kind === 'shortfall' ? shortfallOf(db, of, key) : linesOf(db, of, key)
}

async function linesOf(
  db: Kysely<Tables>,
  { contractId, month }: Of,
  key: Pick<Subject, 'kind' | 'ref' | 'claimId'>,
): Promise<Subject | undefined> {
  let query = db
    .selectFrom('rated_line')
    .select([
      sql<bigint>`coalesce(sum(amount_fen), 0)::bigint`.as('amountFen'),
      sql<bigint>`coalesce(sum(value_fen), 0)::bigint`.as('valueFen'),
      sql<string | null>`min(reason) filter (where reason <> 'rated')`.as('reason'),
      sql<bigint>`count(*)`.as('count'),
    ])
    .where('contract_id', '=', contractId)
    .where('month', '=', month)
  if (key.kind === 'line') query = query.where('identity', '=', key.ref)
  const { amountFen, valueFen, reason, count } = await query.executeTakeFirstOrThrow()
  if (count === 0n) return undefined
  if (key.kind === 'total') return { ...key, amountFen, valueFen, text: TOTAL }
  const text = reason === null ? RATED : Object.hasOwn(shortfallTexts, reason) ? textOf(reason) : NOT_CHARGED
  return { ...key, amountFen, valueFen, text }
}

async function shortfallOf(
  db: Kysely<Tables>,
  { contractId, month }: Of,
  key: Pick<Subject, 'kind' | 'ref' | 'claimId'>,
): Promise<Subject | undefined> {
  const claim = await db
    .selectFrom('claim')
    .select(['matched', 'period_from', 'period_to'])
    .where('id', '=', key.claimId)
    .where('contract_id', '=', contractId)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .executeTakeFirst()
  if (claim === undefined || claim.matched === null) return undefined
  if (month < claim.period_from.slice(0, 7) || month > claim.period_to.slice(0, 7)) return undefined
  const { shortfalls } = revive(claim.matched as unknown as Settlement)
  const found = shortfalls.filter(({ code }) => code === key.ref)
  const amountFen = found.reduce((sum, { differenceFen }) => sum + differenceFen, 0n)
  return found.length === 0 ? undefined : { ...key, amountFen, valueFen: amountFen, text: textOf(key.ref) }
}

function textOf(code: string): Text {
  assert(Object.hasOwn(shortfallTexts, code), `${code} has its sentence`)
  return shortfallTexts[code as keyof typeof shortfallTexts]
}

/** The days on which standing claims over a month of a contract were filed. */
export async function claimedOn(db: Kysely<Tables>, { contractId, month }: Of): Promise<readonly Day[]> {
  const { endsOn } = monthBounds(month)
  const rows = await db
    .selectFrom('claim')
    .select(['submitted_at', 'claimed_at'])
    .where('contract_id', '=', contractId)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .where('period_from', '<=', endsOn)
    .where('period_to', '>=', `${month}-01`)
    .execute()
  return rows.map((row) => dayOf(row.claimed_at ?? row.submitted_at))
}
