// What a claim says of its hold, held against the posting that made it: until when it holds is told to whoever holds the
// voucher, and the ledger refuses to settle it from that moment on. The two must be the same day.
import type { Finding } from '@suanquan/core/ledger'
import { accountKinds, postingKinds, postingRules } from '@suanquan/core/ledger'
import { sql, type Kysely } from 'kysely'
import type { Tables } from './tables.ts'

interface Differing {
  readonly number: string
  readonly said: string | null
  readonly seq: bigint | null
  readonly posted: string | null
}

/** A claim whose hold ends otherwise than it says, or that says it of no hold at all. */
export async function holdFindings(db: Kysely<Tables>, ledger: number): Promise<readonly Finding[]> {
  const { rows } = await sql<Differing>`
    select c.number, c.hold_ends_on::text as said, p.seq, p.expires_at::text as posted
      from claim c join adoption on adoption.id = c.adoption_id and adoption.fund = ${ledger}
      left join ledger.account a on a.ledger = ${ledger} and a.code = ${accountKinds.payable.number} and a.reference = c.number
        and a.holder = c.payee_credit_code
      left join ledger.posting p on p.ledger = ${ledger} and p.credit = a.id and p.document = c.id
        and p.kind = ${postingKinds.reserve} and p.code = ${postingRules.redeem.number}
     where (p.seq is not null or c.hold_ends_on is not null)
       and p.expires_at is distinct from (c.hold_ends_on + 1)::timestamp at time zone 'Asia/Shanghai'
     order by c.number`.execute(db)
  return rows.map(({ number, said, seq, posted }) => ({
    check: 'hold_ends',
    sequence: seq,
    account: null,
    detail: `claim ${number} says ${said ?? 'no end'}, its hold ${seq === null ? 'is not there' : (posted ?? 'never ends')}`,
  }))
}
