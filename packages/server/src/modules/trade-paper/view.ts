// A registered paper as pages show it: what it says, what the tax authority answered, and every case that uses it.
import type { AnswerOf, Routes } from '@suanquan/api'
import { excludedItems } from '@suanquan/core/settlement'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export type PaperView = AnswerOf<Routes['listTradePapers']>['items'][number]
export type WholePaperView = AnswerOf<Routes['readTradePaper']>

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
export function paperRows(db: Kysely<Tables>) {
  return db
    .selectFrom('trade_paper')
    .innerJoin('organisation', 'organisation.id', 'trade_paper.organisation_id')
    .selectAll('trade_paper')
    .select([
      'organisation.name as organisationName',
      sql<string | null>`(select name from organisation party where party.credit_code = from_code)`.as(
        'fromKnown',
      ),
      sql<string | null>`(select name from organisation party where party.credit_code = to_code)`.as(
        'toKnown',
      ),
      sql<
        string | null
      >`(select number from service_contract where service_contract.id = trade_paper.contract_id)`.as(
        'contractNumber',
      ),
    ])
}

export type PaperListRow = Awaited<ReturnType<ReturnType<typeof paperRows>['execute']>>[number]
type Use = PaperView['uses'][number]

export async function viewPapers(
  db: Kysely<Tables>,
  rows: readonly PaperListRow[],
): Promise<readonly PaperView[]> {
  const uses = await usesOf(db, rows)
  return rows.map((row) => viewRow(row, uses.get(row.id) ?? []))
}

function viewRow(row: PaperListRow, uses: readonly Use[]): PaperView {
  const used = uses.reduce((sum, { usedFen }) => sum + BigInt(usedFen), 0n)
  return {
    id: row.id,
    kind: row.kind,
    number: row.number,
    organisationId: row.organisation_id,
    organisationName: row.organisationName,
    fromCode: row.from_code,
    fromName: row.fromKnown ?? row.detail.fromName,
    toCode: row.to_code,
    toName: row.toKnown ?? row.detail.toName,
    amountFen: row.amount_fen?.toString() ?? null,
    datedOn: row.dated_on,
    redLetterOf: row.red_letter_of,
    contractId: row.contract_id,
    contractNumber: row.contractNumber,
    origin: row.origin,
    standing: row.standing,
    excludedFen: row.excluded_fen.toString(),
    usedFen: used.toString(),
    uses: [...uses],
    attachmentId: row.attachment_id,
    registeredAt: new Date(row.registered_at).toISOString(),
  }
}

export async function viewPaper(db: Kysely<Tables>, id: string): Promise<WholePaperView> {
  const row = await paperRows(db).where('trade_paper.id', '=', id).executeTakeFirstOrThrow()
  const [view] = await viewPapers(db, [row])
  const { lines = [], devices = [], taxFen = null, signedByProviderOn, signedByFirmOn } = row.detail
  const found = excludedItems(
    lines.map((line) => ({ ...line, amountFen: BigInt(line.amountFen), taxFen: BigInt(line.taxFen) })),
  )
  const answers = await db
    .selectFrom('trade_paper_answer')
    .selectAll()
    .where('trade_paper_id', '=', id)
    .orderBy('position', 'desc')
    .execute()
  return {
    ...view!,
    taxFen,
    lines: lines.map((line, index) => {
      const excluded = found.find((each) => each.line === index + 1)
      const { kind, doubtful } = excluded ?? {}
      return { ...line, excluded: kind === undefined ? null : { kind, doubtful: doubtful! } }
    }),
    devices: devices.map((device) => ({ ...device })),
    signedByProviderOn: signedByProviderOn ?? null,
    signedByFirmOn: signedByFirmOn ?? null,
    answers: answers.map((answer) => ({
      outcome: answer.outcome,
      source: answer.source,
      answeredOn: answer.answered_on,
      attachmentId: answer.attachment_id,
      recordedAt: new Date(answer.recorded_at).toISOString(),
    })),
  }
}

/**
 * Where papers are used, by paper: living cases of those who registered them. A certificate is used by the claims that
 * show it.
 */
async function usesOf(
  db: Kysely<Tables>,
  rows: readonly PaperListRow[],
): Promise<ReadonlyMap<string, readonly Use[]>> {
  if (rows.length === 0) return new Map()
  const ids = rows.map(({ id }) => id)
  const found = await sql<Use & { paperId: string; fen: bigint }>`
    select p.id as "paperId", 'claim' as about, c.id, c.number, c.state, e.used_fen as fen
      from trade_paper p join claim_evidence e on e.number = p.number and e.kind in (p.kind, 'upstream_' || p.kind)
      join claim c on c.id = e.claim_id
      where p.id = any(${ids}::uuid[]) and c.state not in ('refused', 'withdrawn') and ${ofParties(sql`c`)}
    union all
    select p.id, 'application', a.id, a.number, a.state, e.used_fen
      from trade_paper p join application_evidence e on e.number = p.number and e.kind in (p.kind, 'upstream_' || p.kind)
      join application a on a.id = e.application_id
      where p.id = any(${ids}::uuid[]) and a.state not in ('refused', 'withdrawn') and ${ofParties(sql`a`)}
    union all
    select p.id, 'claim', c.id, c.number, c.state, 0
      from trade_paper p join claim c on c.body ->> 'deliveryCertificateId' = p.attachment_id::text
      where p.id = any(${ids}::uuid[]) and p.kind = 'delivery_certificate' and c.state not in ('refused', 'withdrawn')
    order by 4`.execute(db)
  const uses = new Map<string, Use[]>()
  for (const { paperId, fen, about, id, number, state } of found.rows)
    uses.set(paperId, [...(uses.get(paperId) ?? []), { about, id, number, state, usedFen: fen.toString() }])
  return uses
}

/** Somebody else's case that names the same number is not shown to whoever registered this paper. */
function ofParties(alias: ReturnType<typeof sql>): ReturnType<typeof sql<boolean>> {
  return sql<boolean>`(${alias}.organisation_id = p.organisation_id or exists (select from service_contract s
    where s.id = ${alias}.contract_id and p.organisation_id in (s.organisation_id, s.provider_id)))`
}
