// Which fields of an application a correction may name, and what a correction changed, in words.
import { documentKinds, type AnswerOf, type Routes } from '@suanquan/api'
import { changedFields, correctableFields, type Change } from '@suanquan/core/application'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { type InForce, requiredOf } from '../policy/index.ts'
import type { Draft } from './draft.ts'
import type { ApplicationRow } from './load.ts'

type View = AnswerOf<Routes['readApplication']>
type Kind = View['asks']['documents'][number]['kind']
type Values = View['changes'][number]['before']

/** Kinds that come with the claim, or among the proofs. */
const WITH_PROOFS: ReadonlySet<string> = new Set(['invoice', 'bank_receipt', 'delivery_certificate'])

/** Kinds of documents that a programme asks for or takes with an application. */
export function documentsOf(inForce: InForce): readonly Kind[] {
  const named = new Set([...requiredOf(inForce).documents, ...Object.keys(inForce.programme.documents)])
  return [...named].filter(
    (kind): kind is Kind => (documentKinds as readonly string[]).includes(kind) && !WITH_PROOFS.has(kind),
  )
}

export function correctableOf(inForce: InForce, draft: Draft): readonly string[] {
  const filed = draft.documents.map(({ kind }) => kind)
  return correctableFields(requiredOf(inForce), [...new Set([...documentsOf(inForce), ...filed])])
}

/** What differs from the draft as it stood when a correction was asked for: files by name, parties by theirs. */
export async function viewChanges(db: Kysely<Tables>, row: ApplicationRow): Promise<View['changes']> {
  if (row.corrected_from === null) return []
  const changes = changedFields(row.corrected_from as Draft, row.draft)
  const files = await namesOf(db, 'attachment', idsIn(changes, 'documents.'))
  const parties = await namesOf(db, 'organisation', idsIn(changes, 'contract.providerId'))
  const words = (field: string, value: unknown): Values => {
    if (value === null || value === undefined) return []
    if (field.startsWith('documents.')) {
      return (value as string[]).map((id) => ({ text: files.get(id) ?? id, attachmentId: id }))
    }
    return [{ text: parties.get(String(value)) ?? inWords(value), attachmentId: null }]
  }
  return changes.map(({ field, before, after }) => ({
    field,
    before: words(field, before),
    after: words(field, after),
  }))
}

function idsIn(changes: readonly Change[], field: string): readonly string[] {
  const named = changes.filter((change) => change.field.startsWith(field))
  return named.flatMap(({ before, after }) => [before, after].flat()).filter((id) => id !== null) as string[]
}

async function namesOf(
  db: Kysely<Tables>,
  table: 'attachment' | 'organisation',
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows =
    table === 'attachment'
      ? await db.selectFrom(table).select(['id', 'file_name as name']).where('id', 'in', ids).execute()
      : await db.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** A value that is several: each part after its name. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join('; ')
  if (typeof value !== 'object' || value === null) return String(value)
  const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined)
  return parts
    .map(([name, part]) => (typeof part === 'object' ? inWords(part) : `${name} ${part}`))
    .join(', ')
}
