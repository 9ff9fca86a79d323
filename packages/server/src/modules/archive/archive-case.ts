// 归档: a closed case gets its file number, its term and its catalogue, in one transaction. 档号 after DA/T 13: the archive, the
// category, the year, the term, a number without gaps.
import { addDays, yearOf, type Day, type Instant } from '@suanquan/core/calendar'
import { sql, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { FileStore } from '../../files/store.ts'
import type { ClosedCase } from './closed-cases.ts'
import { catalogueDigest, papersOf } from './papers.ts'
import { retentionTerms, type RetentionTerm } from './retention-terms.ts'

/** A term counts from the first day of the year after the one in which the file was formed. */
export function endsOn(closedOn: Day, years: number | null): Day | null {
  return years === null ? null : addDays(`${yearOf(closedOn) + 1 + years}-01-01` as Day, -1)
}

const CATEGORY = { document: 'WS', accounting: 'KJ' } as const

async function fileNumber(tx: Transaction<Tables>, term: RetentionTerm, of: ClosedCase): Promise<string> {
  const length = term.years === null ? 'Y' : `D${term.years}`
  const series = `${of.jurisdiction}-${CATEGORY[term.category]}·${yearOf(of.closedOn)}-${length}`
  const row = await tx
    .insertInto('counter')
    .values({
      name: `archive/${series}`,
      jurisdiction: of.jurisdiction,
      district: of.jurisdiction,
      value: 1n,
    })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counter.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow()
  return `${series}-${row.value.toString().padStart(5, '0')}`
}

interface Archiving {
  readonly tx: Transaction<Tables>
  readonly newId: () => string
  readonly at: Instant
  readonly files: FileStore
}

/** @returns the id of the file, or null where somebody archived the case before */
export async function archiveCase(
  { tx, newId, at, files }: Archiving,
  of: ClosedCase,
): Promise<string | null> {
  const term = retentionTerms[of.kind]
  const papers = await papersOf(tx, files, of)
  const id = newId()
  const stored = await tx
    .insertInto('archive_file')
    .values({
      id,
      jurisdiction: of.jurisdiction,
      district: of.district,
      number: await fileNumber(tx, term, of),
      kind: of.kind,
      object_id: of.id,
      object_number: of.number,
      title: of.title,
      organisation_id: of.organisationId,
      application_id: of.applicationId,
      adoption_id: of.adoptionId,
      year: yearOf(of.closedOn),
      category: term.category,
      years: term.years,
      source_zh: term.source.zh,
      source_en: term.source.en,
      closed_on: of.closedOn,
      archived_at: timestamp(at),
      papers: papers.length,
      digest: catalogueDigest(papers),
      ends_on: endsOn(of.closedOn, term.years),
    })
    .onConflict((conflict) => conflict.column('object_id').doNothing())
    .executeTakeFirst()
  if (stored.numInsertedOrUpdatedRows !== 1n) return null
  const { jurisdiction, district } = of
  const rows = papers.map((paper, index) => ({
    file_id: id,
    position: index + 1,
    jurisdiction,
    district,
    kind: paper.kind,
    source_id: paper.sourceId,
    label: paper.label,
    made_on: paper.madeOn,
    bytes: paper.bytes,
    sm3: paper.sm3,
  }))
  for (let from = 0; from < rows.length; from += BATCH)
    await tx
      .insertInto('archive_paper')
      .values(rows.slice(from, from + BATCH))
      .execute()
  return id
}

const BATCH = 500
