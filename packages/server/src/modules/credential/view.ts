// Signed papers as their firm and the offices see them: what they say, whether they hold, how often anybody looked.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { Day, Instant } from '@suanquan/core/calendar'
import { maskName } from '@suanquan/core/party'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../../database/index.ts'

type View = AnswerOf<Routes['readCredential']>

interface Row {
  readonly id: string
  readonly kind: View['kind']
  readonly organisation_id: string
  readonly organisation_name: string
  readonly voucher_id: string | null
  readonly voucher_number: string | null
  readonly recipient: string
  readonly purpose: string
  readonly stated_on: Day
  readonly issued_at: Instant
  readonly issued_by: string
  readonly expires_on: Day
  readonly revoked_at: Instant | null
  readonly revoked_reason: string | null
  readonly looks: bigint
  readonly looked_at: Instant | null
  readonly text: string
}

export function stateOn(row: { expires_on: Day; revoked_at: Instant | null }, today: Day): View['state'] {
  if (row.revoked_at !== null) return 'revoked'
  return today > row.expires_on ? 'expired' : 'valid'
}

export async function viewCredential(db: Kysely<Tables>, id: string, today: Day): Promise<View> {
  const [view] = await viewCredentials(db, sql`c.id = ${id}`, { today, size: 1, from: 0 })
  return view!
}

export async function viewCredentials(
  db: Kysely<Tables>,
  which: RawBuilder<unknown>,
  { today, size, from }: { readonly today: Day; readonly size: number; readonly from: number },
): Promise<View[]> {
  const { rows } = await sql<Row>`
    select c.id, c.kind, c.organisation_id, o.name as organisation_name, c.voucher_id, v.number as voucher_number, c.recipient,
      c.purpose, c.stated_on, c.issued_at, p.display_name as issued_by, c.expires_on, c.revoked_at, c.revoked_reason, c.text,
      looked.looks, looked.looked_at
    from credential c
    join organisation o on o.id = c.organisation_id
    join person p on p.id = c.issued_by
    left join voucher v on v.id = c.voucher_id
    left join lateral (select count(*) as looks, max(e.at) as looked_at from audit_event e
      where e.object_id = c.id::text and e.action = 'checkCredential') looked on true
    where ${which} order by c.issued_at desc, c.id limit ${size} offset ${from}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    voucherId: row.voucher_id,
    voucherNumber: row.voucher_number,
    recipient: row.recipient,
    purpose: row.purpose,
    on: row.stated_on,
    issuedAt: new Date(row.issued_at).toISOString(),
    issuedBy: maskName(row.issued_by),
    expiresOn: row.expires_on,
    state: stateOn(row, today),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at).toISOString(),
    revokedReason: row.revoked_reason,
    looks: Number(row.looks),
    lookedAt: row.looked_at === null ? null : new Date(row.looked_at).toISOString(),
    text: row.text,
  }))
}
