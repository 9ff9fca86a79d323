// The firms of a take-over: one that is registered stays as its registers say; the others are taken in as an import is.
import { canonicalText, type Refusal } from '@suanquan/core'
import { readCreditCode } from '@suanquan/core/party'
import type { Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { kept, lockImports, planImport, takeRows } from '../imports/index.ts'
import type { PlanInput } from './plan.ts'

type Words = { readonly zh: string; readonly en: string }

export interface FirmLine {
  readonly becomes: Words | null
  readonly reasons: readonly Refusal[]
}

const KNOWN: Words = { zh: '已登记，按登记信息', en: 'registered; stays as it is' }
const TAKEN: Words = { zh: '新登记的单位', en: 'a firm that is registered' }

export async function takeInFirms(
  tx: Transaction<Tables>,
  { takeOver, handed, personId, at, newId }: PlanInput,
): Promise<ReadonlyMap<number, FirmLine>> {
  const lines = new Map<number, FirmLine>()
  const { firmsFile, sheets } = handed
  if (firmsFile === null) return lines
  await lockImports(tx)
  const good = sheets.firms.filter(({ reasons }) => reasons.length === 0)
  const codes = good.map(({ values }) => String(values['creditCode']))
  const found =
    codes.length === 0
      ? []
      : await tx.selectFrom('organisation').select('credit_code').where('credit_code', 'in', codes).execute()
  const known = new Set(found.map((row) => row.credit_code))
  for (const { number, values } of good) {
    const code = String(values['creditCode'])
    const read = readCreditCode(code)
    const doubtful = !read.ok || read.value.warnings.length > 0
    if (known.has(code)) lines.set(number, { becomes: KNOWN, reasons: [] })
    else if (doubtful)
      lines.set(number, {
        becomes: null,
        reasons: [{ code: 'take_over.code_doubtful', params: { creditCode: code } }],
      })
    else lines.set(number, { becomes: TAKEN, reasons: [] })
  }
  const fresh = good.filter(({ number }) => lines.get(number)!.becomes === TAKEN)
  const asked = { kind: 'organisations', source: takeOver.system_name, asOf: takeOver.cut_over_on } as const
  const plan = await planImport(tx, { ...asked, rows: fresh })
  if (fresh.length === 0) return lines
  const id = newId()
  await tx
    .insertInto('import_check')
    .values({
      id,
      jurisdiction: takeOver.jurisdiction,
      district: takeOver.district,
      kind: asked.kind,
      source: asked.source,
      as_of: asked.asOf,
      file_name: firmsFile.file_name,
      format: firmsFile.file_name.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv',
      sha256: firmsFile.sha256,
      bytes: firmsFile.size_bytes,
      checked_by: takeOver.prepared_by ?? personId,
      checked_at: timestamp(at),
      counts: JSON.stringify(plan.counts),
      ignored: '[]',
      plan_hash: plan.hash,
      rows: canonicalText(plan.rows.map(kept)),
      taken: 'good',
      confirmed_by: personId,
      confirmed_at: timestamp(at),
    })
    .execute()
  const { jurisdiction } = takeOver
  await takeRows(tx, { importId: id, ...asked, at, jurisdiction, newId }, plan.rows)
  return lines
}
