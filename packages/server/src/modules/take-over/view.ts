// A take-over as its page shows it: the files with their digests, what the check found, who prepared and who confirmed.
import { takeOverSheetNames, type AnswerOf, type Routes } from '@suanquan/api'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables, TakeOverReport } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'

export type TakeOverView = AnswerOf<Routes['readTakeOver']>
export type TakeOverHead = AnswerOf<Routes['listTakeOvers']>['items'][number]

export function countsOf({ lines, comparisons }: TakeOverReport): {
  readonly refused: number
  readonly differences: number
} {
  return {
    refused: lines.filter(({ reasons }) => reasons.length > 0).length,
    differences: comparisons.filter(({ agrees }) => !agrees).length,
  }
}

function named(column: 'opened_by' | 'checked_by' | 'prepared_by' | 'decided_by'): RawBuilder<string | null> {
  return sql<string | null>`(select display_name from person where person.id = ${sql.ref(column)})`
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
export function takeOverRows(db: Kysely<Tables>) {
  return db
    .selectFrom('take_over')
    .selectAll('take_over')
    .select([
      named('opened_by').as('openedBy'),
      named('checked_by').as('checkedBy'),
      named('prepared_by').as('preparedBy'),
      named('decided_by').as('decidedBy'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof takeOverRows>['executeTakeFirstOrThrow']>>

export async function viewHead(world: World, db: Kysely<Tables>, row: Row): Promise<TakeOverHead> {
  const { programme } = await world.programmes.inForce(db, row.adoption_id)
  return {
    id: row.id,
    number: row.number,
    adoptionId: row.adoption_id,
    programmeTitle: programme.title,
    systemName: row.system_name,
    cutOverOn: row.cut_over_on,
    state: row.state,
    openedBy: row.openedBy ?? '',
    openedAt: new Date(row.opened_at).toISOString(),
    statementNumber: row.statement_number,
  }
}

export async function viewTakeOver(
  world: World,
  db: Kysely<Tables>,
  id: string,
  person: Person | null,
): Promise<TakeOverView> {
  const row = await takeOverRows(db).where('take_over.id', '=', id).executeTakeFirstOrThrow()
  const files = await db
    .selectFrom('take_over_file')
    .innerJoin('person', 'person.id', 'take_over_file.uploaded_by')
    .selectAll('take_over_file')
    .select('person.display_name')
    .where('take_over_id', '=', id)
    .orderBy('kind')
    .execute()
  const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
  return {
    ...(await viewHead(world, db, row)),
    files: files.map((file) => ({
      kind: file.kind,
      fileName: file.file_name,
      sizeBytes: file.size_bytes,
      sha256: file.sha256,
      sm3: file.sm3,
      uploadedBy: file.display_name,
      uploadedAt: new Date(file.uploaded_at).toISOString(),
    })),
    report: viewReport(row),
    preparedBy: row.preparedBy,
    preparedAt: instant(row.prepared_at),
    preparedByMe: row.prepared_by !== null && row.prepared_by === person?.id,
    decidedBy: row.decidedBy,
    decidedAt: instant(row.decided_at),
    decisionReason: row.decision_reason,
  }
}

function viewReport({ report, checkedBy, checked_at: checkedAt }: Row): TakeOverView['report'] {
  if (report === null) return null
  const { hash, lines, comparisons } = report
  return {
    checkedAt: new Date(checkedAt!).toISOString(),
    checkedBy: checkedBy ?? '',
    hash,
    sheets: takeOverSheetNames.map((sheet) => {
      const own = lines.filter((line) => line.sheet === sheet)
      return {
        sheet,
        rows: own.filter(({ row }) => row !== null).length,
        refused: own.filter(({ reasons }) => reasons.length > 0).length,
      }
    }),
    ...countsOf(report),
    comparisons: comparisons.map((each) => ({
      ...each,
      figures: each.figures.map((figure) => ({ ...figure })),
    })),
  }
}
