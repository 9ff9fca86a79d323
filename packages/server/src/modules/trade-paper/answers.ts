// 税务查验: what the tax authority answered about an invoice, recorded by a person with its source, one by one or from a
// file. Every answer is kept; the last one stands. An answer from a file counts only where its amount is the registered one.
import { accept, refuse, type Decision, type Refusal } from '@suanquan/core'
import type { Day, Instant } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import { sql, type Kysely, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { fileNameOf } from '../../files/file-name.ts'
import type { Handlers, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, mustStandAside, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { keptRow, loadFile, viewFile, type KeptRow } from './files.ts'
import { readAnswerList, type AnswerRead, type ListRow } from './read-lists.ts'
import type { PaperRow } from './register.ts'
import { viewPaper } from './view.ts'

type Names = 'answerTradePaper' | 'checkTradePaperAnswers' | 'takeTradePaperAnswers'

export function answerHandlers(world: World): Handlers<Names> {
  return {
    answerTradePaper: answerOne(),
    checkTradePaperAnswers: checkAnswers(world),
    takeTradePaperAnswers: takeAnswers(world),
  }
}

interface Answer {
  readonly outcome: AnswerRead['outcome']
  readonly source: string
  readonly answeredOn: Day
  readonly attachmentId: string | null
  readonly by: string
  readonly at: Instant
}

/** @param row locked */
async function record(tx: Transaction<Tables>, row: PaperRow, answer: Answer): Promise<void> {
  const { last } = await tx
    .selectFrom('trade_paper_answer')
    .select(sql<number>`coalesce(max(position), 0)::int`.as('last'))
    .where('trade_paper_id', '=', row.id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('trade_paper_answer')
    .values({
      trade_paper_id: row.id,
      position: last + 1,
      jurisdiction: row.jurisdiction,
      district: row.district,
      outcome: answer.outcome,
      source: answer.source,
      answered_on: answer.answeredOn,
      attachment_id: answer.attachmentId,
      recorded_by: answer.by,
      recorded_at: timestamp(answer.at),
    })
    .execute()
  await tx.updateTable('trade_paper').set({ standing: answer.outcome }).where('id', '=', row.id).execute()
}

function answerOne(): Handlers<Names>['answerTradePaper'] {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, touch }) => {
      const row = await tx
        .selectFrom('trade_paper')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (row === undefined) return notFound('trade_paper')
      touch({ kind: 'trade_paper', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'trade_paper.verify', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('trade_paper.verify', 'trade_paper')
      if (await mustStandAside(tx, person, row.organisation_id))
        return refuse('application.conflict_of_interest')
      if (row.kind !== 'invoice') return refuse('trade_paper.answer_not_invoice')
      if (body.answeredOn > today) return refuse('trade_paper.dated_later', { day: body.answeredOn })
      const { attachmentId } = body
      const shown = attachmentId === null ? [] : [attachmentId]
      const unknown = await unknownAttachment(tx, shown, row.organisation_id)
      if (unknown !== undefined) return refuse('attachment.unknown', { attachmentId: unknown })
      await record(tx, row, { ...body, by: person!.id, at })
      return accept({ subject: row.id })
    },
    view: (subject, { db }) => viewPaper(db, subject),
  }
}

interface PlannedAnswer {
  readonly row: ListRow<AnswerRead>
  /** every registration of this number that the person may answer for */
  readonly papers: readonly PaperRow[]
  readonly reasons: readonly Refusal[]
}

async function planAnswers(
  db: Kysely<Tables>,
  person: Person,
  rows: readonly ListRow<AnswerRead>[],
  lock: 'lock' | 'read',
): Promise<readonly PlannedAnswer[]> {
  const planned: PlannedAnswer[] = []
  for (const row of rows) {
    const { number } = row
    let found = db
      .selectFrom('trade_paper')
      .selectAll()
      .where('kind', '=', 'invoice')
      .where('number', '=', number)
      .where(visibleRows(person, 'trade_paper.import_answers', 'trade_paper'))
      .orderBy('id')
    if (lock === 'lock') found = found.forUpdate()
    const papers = await found.execute()
    const agreeing = papers.filter(
      ({ amount_fen: fen }) => row.paper?.totalFen === null || fen === row.paper?.totalFen,
    )
    const reasons = [...row.reasons]
    if (row.paper !== null && papers.length === 0)
      reasons.push({ code: 'trade_paper.answer_unknown', params: { number } })
    else if (row.paper !== null && agreeing.length === 0)
      reasons.push({
        code: 'trade_paper.answer_differs',
        params: {
          number,
          answer: formatFen(row.paper.totalFen!),
          registered: formatFen(papers[0]!.amount_fen!),
        },
      })
    planned.push({ row, papers: agreeing, reasons })
  }
  return planned
}

function kept({ row, papers, reasons }: PlannedAnswer): KeptRow {
  const outcome =
    reasons.length > 0
      ? 'refused'
      : papers.every(({ standing }) => standing === row.paper!.outcome)
        ? 'same'
        : 'changed'
  const base = keptRow(
    { number: row.number, paper: null, outcome, reasons, cells: row.cells },
    papers[0]?.id ?? null,
  )
  return { ...base, amountFen: row.paper?.totalFen?.toString() ?? null }
}

function checkAnswers(world: World): Handlers<Names>['checkTradePaperAnswers'] {
  return {
    kind: 'command',
    run: async ({ query, file, person, at }, { tx, newId, touch }) => {
      touch({ kind: 'trade_paper_file', id: null })
      const fileName = fileNameOf(file!.name)
      if (fileName === null) return refuse('attachment.name_refused')
      const read = await readAnswerList(file!.bytes)
      if (!read.ok) return read
      const planned = await planAnswers(tx, person!, read.value.rows, 'read')
      const id = newId()
      await tx
        .insertInto('trade_paper_file')
        .values({
          id,
          jurisdiction: world.site.jurisdiction,
          district: world.site.jurisdiction,
          organisation_id: null,
          kind: 'answers',
          file_name: fileName,
          sha256: file!.sha256,
          source: query.source,
          head: JSON.stringify(read.value.head),
          rows: JSON.stringify(planned.map(kept)),
          attachment_id: null,
          checked_by: person!.id,
          checked_at: timestamp(at),
        })
        .execute()
      await world.files.put(file!.bytes)
      touch({ kind: 'trade_paper_file', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }) => viewFile((await loadFile(db, subject))!),
  }
}

function takeAnswers(world: World): Handlers<Names>['takeTradePaperAnswers'] {
  return {
    kind: 'command',
    run: async ({ params, person, at, today }, { tx, touch }) => {
      const file = await loadFile(tx, params.id, 'lock')
      touch({ kind: 'trade_paper_file', id: params.id })
      if (file === undefined || file.kind !== 'answers') return notFound('trade_paper_file')
      if (!mayTouch(person, 'trade_paper.import_answers', file))
        return outOfScope('trade_paper.import_answers', 'trade_paper_file')
      if (file.taken_at !== null) return refuse('trade_paper.file_taken')
      const planned = await plannedAgain(world, tx, person!, file.sha256)
      if (planned.every(({ reasons }) => reasons.length > 0)) return refuse('trade_paper.nothing_good')
      const rows: KeptRow[] = []
      for (const each of planned) {
        rows.push(kept(each))
        if (each.reasons.length > 0) continue
        const { outcome } = each.row.paper!
        const answer = {
          outcome,
          source: file.source,
          answeredOn: today,
          attachmentId: null,
          by: person!.id,
          at,
        }
        for (const paper of each.papers) await record(tx, paper, answer)
      }
      await tx
        .updateTable('trade_paper_file')
        .set({ rows: JSON.stringify(rows), taken_by: person!.id, taken_at: timestamp(at) })
        .where('id', '=', file.id)
        .execute()
      return accept({ subject: file.id })
    },
    view: async (subject, { db }) => viewFile((await loadFile(db, subject))!),
  }
}

/** The answers of the very bytes that were checked, on what is registered now. */
async function plannedAgain(
  world: World,
  tx: Transaction<Tables>,
  person: Person,
  sha256: string,
): Promise<readonly PlannedAnswer[]> {
  const read: Decision<{ readonly rows: readonly ListRow<AnswerRead>[] }> = await readAnswerList(
    await world.files.get(sha256),
  )
  if (!read.ok) throw new Error(`a file that was read once can be read again: ${read.refusal.code}`)
  return planAnswers(tx, person, read.value.rows, 'lock')
}
