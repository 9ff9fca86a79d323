// An import as pages show it: what it came from, what it would change, and each row in words.
import {
  flagWords,
  importKinds,
  toProblem,
  type AnswerOf,
  type ImportColumn,
  type ImportKindName,
  type Routes,
} from '@suanquan/api'
import { partyWarnings } from '@suanquan/api'
import { formatFen } from '@suanquan/core/money'
import { maskAccount, readCreditCode } from '@suanquan/core/party'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { PlannedRow } from './plan.ts'
import type { CellValue } from './read-cell.ts'

export type CheckView = AnswerOf<Routes['checkImport']>
export type RowView = AnswerOf<Routes['readImport']>['items'][number]
export type KeptRow = Omit<PlannedRow, 'values'>

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
export function checkRows(db: Kysely<Tables>) {
  return db
    .selectFrom('import_check')
    .select([
      'import_check.id',
      'import_check.jurisdiction',
      'import_check.district',
      'kind',
      'source',
      'as_of',
      'file_name',
      'format',
      'sha256',
      'checked_at',
      'counts',
      'ignored',
      'taken',
      'confirmed_at',
      sql<string | null>`(select display_name from person where person.id = checked_by)`.as('checkedBy'),
      sql<string | null>`(select display_name from person where person.id = confirmed_by)`.as('confirmedBy'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof checkRows>['executeTakeFirstOrThrow']>>

export function viewCheck(row: Row): CheckView {
  return {
    id: row.id,
    kind: row.kind as CheckView['kind'],
    source: row.source,
    asOf: row.as_of,
    fileName: row.file_name,
    format: row.format,
    sha256: row.sha256,
    checkedAt: new Date(row.checked_at).toISOString(),
    checkedBy: row.checkedBy,
    counts: row.counts,
    ignored: row.ignored,
    taken: row.taken,
    confirmedAt: row.confirmed_at === null ? null : new Date(row.confirmed_at).toISOString(),
    confirmedBy: row.confirmedBy,
  }
}

const DATED = {
  asOf: { zh: '数据日期', en: 'reference date' },
  source: { zh: '来源', en: 'source' },
} as const

export function viewImportRow(kind: ImportKindName, row: KeptRow): RowView {
  return {
    number: row.number,
    outcome: row.outcome,
    creditCode: row.creditCode,
    name: row.name,
    changes: row.changes.map(({ column: id, before, after }) => {
      const column = importKinds[kind].columns.find((each) => each.id === id)
      return {
        column: column?.head ?? DATED[id as keyof typeof DATED],
        before: wordsOf(column, before),
        after: wordsOf(column, after),
      }
    }),
    reasons: row.reasons.map((reason) => ({ code: reason.code, message: toProblem(reason).message })),
    warnings: row.outcome === 'refused' ? [] : warningsOf(row.creditCode),
  }
}

function warningsOf(creditCode: string): RowView['warnings'] {
  const read = readCreditCode(creditCode)
  return read.ok ? read.value.warnings.map((code) => ({ code, message: partyWarnings[code] })) : []
}

function wordsOf(column: ImportColumn | undefined, value: CellValue): { zh: string; en: string } | null {
  if (value === null || value === '') return null
  if (column?.type === 'flag') return flagWords[String(value)] ?? null
  if (column?.type === 'choice') return column.choices?.[String(value)] ?? null
  if (column?.type === 'choices') {
    const chosen = (value as readonly string[]).flatMap((each) => column.choices?.[each] ?? [])
    return { zh: chosen.map(({ zh }) => zh).join('、'), en: chosen.map(({ en }) => en).join(', ') }
  }
  if (column?.type === 'yuan') return same(formatFen(BigInt(String(value))))
  return same(column?.type === 'digits' ? maskAccount(String(value)) : String(value))
}

function same(text: string): { zh: string; en: string } {
  return { zh: text, en: text }
}
