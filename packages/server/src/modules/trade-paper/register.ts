// The register of papers: each organisation has a number once. What is handed in again must say the same; what says
// otherwise is taken only while no case uses it, and then has to be verified anew. A file outranks what was typed.
import { accept, refuse, type Decision, type Refusal, type RefusalParams } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { typedPapers, type PaperKind, type PaperToRegister, type TypedProofs } from './to-register.ts'

export type PaperRow = Selectable<Tables['trade_paper']>

export interface Registrant {
  readonly id: string
  readonly credit_code: string
  readonly jurisdiction: string
  readonly district: string
}

export interface PlannedPaper {
  readonly outcome: 'new' | 'same' | 'changed' | 'refused'
  readonly reasons: readonly Refusal[]
  readonly row: PaperRow | undefined
}

/** Uses of a number come one after the other, whoever hands it in. */
export async function lockPapers(tx: Transaction<Tables>, numbers: readonly string[]): Promise<void> {
  for (const number of [...new Set(numbers)].toSorted())
    await sql`select pg_advisory_xact_lock(hashtextextended(${number}, 7278264))`.execute(tx)
}

export async function paperOf(
  db: Kysely<Tables>,
  organisationId: string,
  { kind, number }: Pick<PaperToRegister, 'kind' | 'number'>,
): Promise<PaperRow | undefined> {
  return db
    .selectFrom('trade_paper')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('kind', '=', kind)
    .where('number', '=', number)
    .executeTakeFirst()
}

/** What taking in a paper would do, and every reason why not. */
export async function planPaper(
  db: Kysely<Tables>,
  owner: Registrant,
  paper: PaperToRegister,
): Promise<PlannedPaper> {
  const reasons: Refusal[] = []
  const add = (code: string, params: Refusal['params']): void => void reasons.push({ code, params })
  const { number, fromCode: from, toCode: to } = paper
  if (from !== owner.credit_code && to !== owner.credit_code)
    add('trade_paper.not_a_party', { number, from, to })
  reasons.push(...(await redLetterFaults(db, owner, paper)))
  const row = await paperOf(db, owner.id, paper)
  const said = row === undefined ? null : differing(row, paper)
  if (row !== undefined && said !== null) {
    if (row.origin === 'file' && paper.origin !== 'file') add('trade_paper.contradicts', { number, ...said })
    else if (await isUsed(db, paper)) add('trade_paper.in_use', { number })
  }
  if (reasons.length > 0) return { outcome: 'refused', reasons, row }
  if (row === undefined) return { outcome: 'new', reasons, row }
  return { outcome: said !== null || outranks(paper, row) ? 'changed' : 'same', reasons, row }
}

const RANK = { case: 0, entered: 1, list: 2, file: 3 } as const

function outranks({ origin }: PaperToRegister, row: PaperRow): boolean {
  return RANK[origin] > RANK[row.origin]
}

interface Differing {
  readonly fields: readonly string[]
  readonly fieldsZh: readonly string[]
}

/** The facts that differ, in words; null where none does. */
export function differing(row: PaperRow, paper: PaperToRegister): (Differing & RefusalParams) | null {
  const said: readonly [string, string, unknown, unknown][] = [
    ['amount', '金额', row.amount_fen, paper.amountFen],
    ['date', '日期', row.dated_on, paper.datedOn],
    ['issuing party', '开出方', row.from_code, paper.fromCode],
    ['receiving party', '接收方', row.to_code, paper.toCode],
    ['red-letter link', '红字对应的原发票', row.red_letter_of, paper.redLetterOf],
    ['contract', '合同', row.contract_id, paper.contractId],
  ]
  const found = said.filter(([, , before, after]) => before !== after)
  if (found.length === 0) return null
  return { fields: found.map(([en]) => en), fieldsZh: found.map(([, zh]) => zh) }
}

async function redLetterFaults(
  db: Kysely<Tables>,
  owner: Registrant,
  paper: PaperToRegister,
): Promise<Refusal[]> {
  const { number, redLetterOf: original } = paper
  if (original === null) return []
  const blue = await paperOf(db, owner.id, { kind: 'invoice', number: original })
  // an original that is not registered is no fault: the match takes the red letter off what is claimed
  if (blue === undefined) return []
  if (blue.from_code !== paper.fromCode || blue.to_code !== paper.toCode)
    return [{ code: 'trade_paper.red_letter_of_others', params: { number, original } }]
  const { taken } = await db
    .selectFrom('trade_paper')
    .select(sql<bigint>`coalesce(sum(amount_fen), 0)::bigint`.as('taken'))
    .where('organisation_id', '=', owner.id)
    .where('red_letter_of', '=', original)
    .where('number', '<>', number)
    .executeTakeFirstOrThrow()
  return blue.amount_fen! + taken + paper.amountFen! < 0n
    ? [{ code: 'trade_paper.red_letter_exceeds', params: { number, original } }]
    : []
}

const EVIDENCE_KINDS: Readonly<Record<PaperKind, readonly string[]>> = {
  invoice: ['invoice', 'upstream_invoice'],
  payment: ['payment', 'upstream_payment'],
  delivery_certificate: [],
}

async function isUsed(
  db: Kysely<Tables>,
  { kind, number }: Pick<PaperToRegister, 'kind' | 'number'>,
  except: string | null = null,
): Promise<boolean> {
  const kinds = EVIDENCE_KINDS[kind]
  if (kinds.length === 0) return false
  const { rows } = await sql<{ used: boolean }>`select exists (
    select from claim_evidence e join claim c on c.id = e.claim_id
      where e.number = ${number} and e.kind = any(${[...kinds]}::text[]) and c.state not in ('refused', 'withdrawn')
    union all
    select from application_evidence e join application a on a.id = e.application_id
      where e.number = ${number} and e.kind = any(${[...kinds]}::text[]) and a.state not in ('refused', 'withdrawn')
        and a.id is distinct from ${except}::uuid) as used`.execute(db)
  return rows[0]!.used
}

export interface Registering {
  readonly owner: Registrant
  readonly by: string
  readonly at: Instant
  readonly newId: () => string
}

/** Takes in what was planned as new or changed; the paper's facts are locked against another change. */
export async function storePaper(
  tx: Transaction<Tables>,
  { owner, by, at, newId }: Registering,
  paper: PaperToRegister,
): Promise<string> {
  const { jurisdiction, district } = owner
  const facts = {
    from_code: paper.fromCode,
    to_code: paper.toCode,
    amount_fen: paper.amountFen,
    dated_on: paper.datedOn,
    red_letter_of: paper.redLetterOf,
    contract_id: paper.contractId,
    origin: paper.origin,
    detail: JSON.stringify(paper.detail),
    excluded_fen: paper.excludedFen,
    registered_by: by,
    registered_at: timestamp(at),
  }
  const row = await tx
    .selectFrom('trade_paper')
    .selectAll()
    .where('organisation_id', '=', owner.id)
    .where('kind', '=', paper.kind)
    .where('number', '=', paper.number)
    .forUpdate()
    .executeTakeFirst()
  if (row !== undefined) {
    const same = differing(row, paper) === null
    await tx
      .updateTable('trade_paper')
      .set({
        ...facts,
        attachment_id: paper.attachmentId ?? row.attachment_id,
        // what was verified was what it said before
        ...(same ? {} : { standing: 'unverified' as const }),
      })
      .where('id', '=', row.id)
      .execute()
    return row.id
  }
  const id = newId()
  await tx
    .insertInto('trade_paper')
    .values({
      id,
      jurisdiction,
      district,
      organisation_id: owner.id,
      kind: paper.kind,
      number: paper.number,
      ...facts,
      attachment_id: paper.attachmentId,
      standing: 'unverified',
    })
    .execute()
  return id
}

/** The organisation that registers, locked: its papers are changed one after the other. */
export async function lockRegistrant(tx: Transaction<Tables>, id: string): Promise<Registrant | undefined> {
  return tx
    .selectFrom('organisation')
    .select(['id', 'credit_code', 'jurisdiction', 'district'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/**
 * What a case types must not contradict what its organisation registered, or what another case rests on.
 * @param except the application itself, when it is submitted again
 */
export async function typedContradiction(
  db: Kysely<Tables>,
  organisationId: string,
  proofs: TypedProofs,
  except: string | null = null,
): Promise<Decision<null, 'trade_paper.contradicts'>> {
  for (const paper of typedPapers(proofs)) {
    const row = await paperOf(db, organisationId, paper)
    const said = row === undefined ? null : differing(row, paper)
    if (said !== null && (row!.origin !== 'case' || (await isUsed(db, paper, except))))
      return refuse('trade_paper.contradicts', { number: paper.number, ...said })
  }
  return accept(null)
}

/** What a case typed becomes a paper of the register, unverified; what is registered with more behind it stays. */
export async function registerTyped(
  tx: Transaction<Tables>,
  registering: Registering,
  proofs: TypedProofs,
): Promise<void> {
  for (const paper of typedPapers(proofs)) {
    const row = await paperOf(tx, registering.owner.id, paper)
    if (row === undefined || (row.origin === 'case' && differing(row, paper) !== null))
      await storePaper(tx, registering, paper)
  }
}
