// Importing a scheduler's accounting: the whole file is read or refused; its records are merged with what is known (the
// same file twice changes nothing); every contract that is touched is rated anew from all its records, so that the
// lines always follow from the records, in whatever order files came.
import { accept, canonicalText, hex, refuse, type Decision } from '@suanquan/core'
import {
  mergeUsage,
  readRunTable,
  piecesOf,
  readSlurmJson,
  readSlurmPsv,
  RUN_COLUMNS,
  submissionOf,
  type RowFault,
  type RunTableRefusal,
  type Month,
  type SlurmJsonRefusal,
  type SlurmPsvRefusal,
  type UsageRecord,
} from '@suanquan/core/metering'
import { createHash } from 'node:crypto'
import { sql, type Kysely, type Transaction } from 'kysely'
import { insertRows, timestamp, type Tables } from '../../database/index.ts'
import { readTable, type TableRefusal } from '../../files/tables/index.ts'
import { closingOf } from './closing.ts'
import { type ContractRow, contractsOf, matchContract } from './contracts.ts'
import { alertContracts } from './alerts.ts'
import { inSlices, rateContracts } from './rate-contracts.ts'

export interface UsageFile extends UsageSource {
  readonly bytes: Uint8Array
  /** what a scheduler exports when left out */
  readonly format?: UsageFormat
}

/** Where records of use come from: a file, or a batch of an agent. */
export interface UsageSource {
  readonly id: string
  readonly providerId: string
  readonly place: { readonly jurisdiction: string; readonly district: string }
  readonly fileName: string
  readonly sha256: string
  readonly importedBy: string | null
  readonly at: number
}

export interface ImportCounts {
  readonly records: number
  readonly added: number
  readonly superseded: number
  readonly unchanged: number
  readonly conflicts: number
  readonly unmatched: number
  readonly ratedLines: number
  readonly ratedFen: string
}

/** Something about a file that people should look at; what is wrong with the file itself refuses it. */
export interface ImportProblem {
  readonly code: string
  readonly params: Readonly<Record<string, string>>
  readonly count: number
}

export type ImportRefusal =
  | SlurmJsonRefusal
  | SlurmPsvRefusal
  | RunTableRefusal
  | TableRefusal
  | 'metering.rows_broken'

export type UsageFormat = 'slurm' | 'csv'

const MOST_PROBLEMS = 200

export async function importUsage(
  tx: Transaction<Tables>,
  newId: () => string,
  file: UsageFile,
): Promise<Decision<string, ImportRefusal>> {
  const read = await readUsageFile(file.bytes, file.format ?? 'slurm')
  if (!read.ok) return read
  const { records, faults, shape } = read.value
  if (faults.length > 0) return refuse('metering.rows_broken', firstFault(faults))
  await mergeRecords(tx, newId, file, { records, shape })
  return { ok: true, value: file.id }
}

function firstFault(faults: readonly RowFault[]): Readonly<Record<string, string | number>> {
  const { row, field, value } = faults[0]!
  const { zh, en } = RUN_COLUMNS.find((column) => column.field === field)!
  return { count: faults.length, row, column: en, columnZh: zh, value: value || '—' }
}

export interface ReadUsageFile {
  readonly records: readonly UsageRecord[]
  /** of a table, row by row; other formats are read whole or refused */
  readonly faults: readonly RowFault[]
  readonly shape: string
}

/** What a file tells, whatever becomes of it. */
export async function readUsageFile(
  bytes: Uint8Array,
  format: UsageFormat,
): Promise<Decision<ReadUsageFile, ImportRefusal>> {
  if (format === 'csv') {
    const table = await readTable(bytes)
    if (!table.ok) return table
    const rows = table.value.rows.map(({ number, cells }) => ({
      number,
      cells: cells.map(({ text }) => text),
    }))
    const read = readRunTable(rows)
    return read.ok ? accept({ ...read.value, shape: table.value.format }) : read
  }
  const read = readAccounting(bytes)
  if (!read.ok) return read
  const { records, source } = read.value
  return accept({ records, faults: [], shape: `${source.format} ${source.release ?? ''}`.trim() })
}

/** Records of one provider, whatever brought them: merged with what is known, matched to contracts, rated anew. */
export async function mergeRecords(
  tx: Transaction<Tables>,
  newId: () => string,
  file: UsageSource,
  { records, shape }: { readonly records: readonly UsageRecord[]; readonly shape: string },
): Promise<ImportCounts> {
  // One import of a provider at a time: the merge reads what is known and then adds to it.
  await tx.selectFrom('organisation').select('id').where('id', '=', file.providerId).forUpdate().execute()
  const known = await knownRecords(tx, file.providerId, records)
  const merged = mergeUsage(known, records)
  const contracts = await contractsOf(tx, file.providerId)
  // a run that replaces several stands once
  const changed = [...new Set([...merged.added, ...merged.superseded.map(({ after }) => after)])]
  const matched = changed.map((record) => ({ record, contract: matchContract(record, contracts) }))
  await insertImport(tx, file, shape)
  await removeRecords(
    tx,
    file.providerId,
    merged.superseded.map(({ before }) => before.key),
  )
  await storeRecords(tx, file, matched)
  const claimed = await claimedNow(tx, file, contracts)
  await giveContracts(tx, file, claimed)
  const before = merged.superseded.map(({ before: record }) => ({
    record,
    contract: matchContract(record, contracts),
  }))
  const touched = touchedMonths([...matched, ...before, ...claimed])
  const touchedContracts = contracts.filter(({ id }) => touched.has(id))
  const rated = await rateContracts(tx, newId, file, { contracts: touchedContracts, touched })
  await alertContracts(
    tx,
    touchedContracts.map(({ id }) => id),
    file.at,
  )
  // Of the whole file, known records too: handing it in again must not hide what still belongs to nobody.
  const unmatched = records.filter((record) => matchContract(record, contracts) === null)
  const counts: ImportCounts = {
    records: records.length,
    added: merged.added.length,
    superseded: merged.superseded.length,
    unchanged: merged.unchanged,
    conflicts: merged.conflicts.length,
    unmatched: unmatched.length,
    ratedLines: rated.lines,
    ratedFen: rated.amountFen.toString(),
  }
  const problems: ImportProblem[] = [
    ...merged.conflicts.map(({ key, fields }) => ({
      code: 'metering.conflict',
      params: { record: key, fields: fields.join(', ') },
      count: 1,
    })),
    ...withoutContract(unmatched),
    ...rated.problems,
  ]
  await tx
    .updateTable('usage_import')
    .set({ counts: JSON.stringify(counts), problems: JSON.stringify(problems.slice(0, MOST_PROBLEMS)) })
    .where('id', '=', file.id)
    .execute()
  return counts
}

/** The months into which records of a contract reach. */
function touchedMonths(
  found: readonly { readonly record: UsageRecord; readonly contract: ContractRow | null }[],
): Map<string, readonly Month[]> {
  const months = new Map<string, Set<Month>>()
  for (const { record, contract } of found) {
    if (contract === null) continue
    const own = months.get(contract.id) ?? new Set()
    months.set(contract.id, own)
    for (const { month } of piecesOf(record)) own.add(month)
  }
  return new Map([...months].map(([id, own]) => [id, [...own].sort()]))
}

function readAccounting(
  bytes: Uint8Array,
): ReturnType<typeof readSlurmJson> | ReturnType<typeof readSlurmPsv> {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1').trimStart()
  return /^(Cluster|JobID\w*)\|/.test(head) ? readSlurmPsv(bytes) : readSlurmJson(bytes)
}

/** What is known of the jobs in the file: a merge looks no further than a job's own submission. */
export async function knownRecords(
  tx: Kysely<Tables>,
  providerId: string,
  incoming: readonly UsageRecord[],
): Promise<UsageRecord[]> {
  const submissions = [...new Set(incoming.map(submissionOf))]
  const { rows } = await sql<{ record: UsageRecord }>`
    select record from usage_record
    where provider_id = ${providerId}::uuid and submission = any(${submissions}::text[])`.execute(tx)
  return rows.map(({ record }) => record)
}

interface Claimed {
  readonly record: UsageRecord
  readonly contract: ContractRow
}

/** Records that had no contract (or one whose application has ended) and have one now: firms apply late. */
async function claimedNow(
  tx: Transaction<Tables>,
  { id: importId, providerId }: UsageSource,
  contracts: readonly ContractRow[],
): Promise<Claimed[]> {
  const live = contracts.map(({ id }) => id)
  const { rows } = await sql<{ record: UsageRecord }>`
    select record from usage_record
    where provider_id = ${providerId}::uuid and import_id <> ${importId}::uuid and contract_id is null
    union all
    select r.record from service_contract c join usage_record r on r.contract_id = c.id
    where r.provider_id = ${providerId}::uuid and r.import_id <> ${importId}::uuid
      and not c.id = any(${live}::uuid[])`.execute(tx)
  return rows.flatMap(({ record }) => {
    const contract = matchContract(record, contracts)
    return contract === null ? [] : [{ record, contract }]
  })
}

export async function giveContracts(
  tx: Transaction<Tables>,
  { providerId, place }: Pick<UsageSource, 'providerId' | 'place'>,
  claimed: readonly Claimed[],
): Promise<void> {
  if (claimed.length === 0) return
  const { closedThrough } = await closingOf(tx, { providerId, place })
  for (const id of new Set(claimed.map(({ contract }) => contract.id))) {
    const keys = claimed.filter(({ contract }) => contract.id === id).map(({ record }) => record.key)
    for (const slice of inSlices(keys)) {
      await tx
        .deleteFrom('rated_line')
        .where('provider_id', '=', providerId)
        .where('identity', 'in', slice)
        .where('booked_month', '>', closedThrough ?? '')
        .execute()
      await tx
        .updateTable('usage_record')
        .set({ contract_id: id })
        .where('provider_id', '=', providerId)
        .where('identity', 'in', slice)
        .execute()
    }
  }
}

async function insertImport(tx: Transaction<Tables>, file: UsageSource, shape: string): Promise<void> {
  await tx
    .insertInto('usage_import')
    .values({
      ...file.place,
      id: file.id,
      provider_id: file.providerId,
      file_name: file.fileName,
      sha256: file.sha256,
      shape,
      counts: JSON.stringify({}),
      problems: JSON.stringify([]),
      imported_by: file.importedBy,
      imported_at: timestamp(file.at),
    })
    .execute()
}

async function removeRecords(
  tx: Transaction<Tables>,
  providerId: string,
  keys: readonly string[],
): Promise<void> {
  for (const slice of inSlices(keys)) {
    await tx
      .deleteFrom('usage_record')
      .where('provider_id', '=', providerId)
      .where('identity', 'in', slice)
      .execute()
  }
}

async function storeRecords(
  tx: Transaction<Tables>,
  file: UsageSource,
  matched: readonly { readonly record: UsageRecord; readonly contract: ContractRow | null }[],
): Promise<void> {
  const rows = matched.map(({ record, contract }) => ({
    ...file.place,
    provider_id: file.providerId,
    identity: record.key,
    submission: submissionOf(record),
    contract_id: contract?.id ?? null,
    import_id: file.id,
    content_hash: hex(createHash('sha256').update(canonicalText(record)).digest()),
    record,
  }))
  await insertRows(tx, 'usage_record', rows)
}

/** Records that no contract claims, counted by account. */
function withoutContract(records: readonly UsageRecord[]): ImportProblem[] {
  const counts = new Map<string, number>()
  for (const { cluster, account, qos } of records) {
    const name = `${cluster}/${account}/${qos}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([account, count]) => ({ code: 'metering.no_contract', params: { account }, count }))
}
