// 票据文件: a file is read and checked row by row (a dry run), kept with its bytes, and its good rows are registered when
// that is confirmed; by then the register may have moved, so every row is planned again.
import { sentence, toProblem, type AnswerOf, type Routes } from '@suanquan/api'
import { accept, refuse, type Refusal } from '@suanquan/core'
import type { Kysely, Selectable, Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { fileNameOf } from '../../files/file-name.ts'
import type { Download } from '../../http/mount.ts'
import type { Handlers, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { fileOf, REASON_HEADS } from '../imports/index.ts'
import { planFile, type FileRow, type PaperFileKind } from './file-rows.ts'
import { lockRegistrant, paperOf, planPaper, storePaper, type Registering } from './register.ts'

type Names = 'checkTradePapers' | 'readTradePaperFile' | 'downloadTradePaperErrors' | 'takeTradePapers'
type FileView = AnswerOf<Routes['checkTradePapers']>
export type FileRecord = Selectable<Tables['trade_paper_file']>

/** A row as it is kept: what was seen when the file was checked, or what became of it. */
export interface KeptRow extends Omit<FileView['rows'][number], 'reasons'> {
  readonly reasons: readonly { readonly code: string; readonly params: Refusal['params'] }[]
  readonly cells: readonly (readonly string[])[]
}

export function fileHandlers(world: World): Handlers<Names> {
  return {
    checkTradePapers: checkFile(world),
    takeTradePapers: takeFile(world),
    readTradePaperFile: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        const row = await loadFile(db, params.id)
        touch({ kind: 'trade_paper_file', id: params.id, organisationId: row?.organisation_id ?? null })
        if (row === undefined) return notFound('trade_paper_file')
        if (!mayReadFile(person, row)) return outOfScope('trade_paper.read', 'trade_paper_file')
        return accept(viewFile(row))
      },
    },
    downloadTradePaperErrors: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        const row = await loadFile(db, params.id)
        touch({ kind: 'trade_paper_file', id: params.id, organisationId: row?.organisation_id ?? null })
        if (row === undefined) return notFound('trade_paper_file')
        if (!mayReadFile(person, row)) return outOfScope('trade_paper.read', 'trade_paper_file')
        return accept(await errorsOf(row))
      },
    },
  }
}

function mayReadFile(person: Person | null, row: FileRecord): boolean {
  const organisationIds = row.organisation_id === null ? [] : [row.organisation_id]
  return mayTouch(person, 'trade_paper.read', { ...row, organisationIds })
}

export async function loadFile(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<FileRecord | undefined> {
  let query = db.selectFrom('trade_paper_file').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return query.executeTakeFirst()
}

function checkFile(world: World): Handlers<Names>['checkTradePapers'] {
  return {
    kind: 'command',
    run: async ({ query, file, person, at, today }, { tx, newId, touch }) => {
      const owner = await lockRegistrant(tx, query.organisationId)
      touch({ kind: 'trade_paper_file', id: null, organisationId: owner?.id ?? null })
      if (owner === undefined) return notFound('organisation')
      if (!mayTouch(person, 'trade_paper.register', { ...owner, organisationIds: [owner.id] }))
        return outOfScope('trade_paper.register', 'organisation')
      const fileName = fileNameOf(file!.name)
      if (fileName === null) return refuse('attachment.name_refused')
      const plan = await planFile(tx, { kind: query.kind, owner, today, attachmentId: null }, file!.bytes)
      if (!plan.ok) return plan
      const place = { jurisdiction: owner.jurisdiction, district: owner.district }
      const [id, by] = [newId(), person!.id]
      const attachmentId = query.kind === 'e_invoice' ? newId() : null
      if (attachmentId !== null)
        await tx
          .insertInto('attachment')
          .values({
            ...place,
            id: attachmentId,
            organisation_id: owner.id,
            kind: 'invoice',
            file_name: fileName,
            media_type: 'application/xml',
            size_bytes: file!.bytes.length,
            sha256: file!.sha256,
            uploaded_by: by,
            uploaded_at: timestamp(at),
          })
          .execute()
      await tx
        .insertInto('trade_paper_file')
        .values({
          ...place,
          id,
          organisation_id: owner.id,
          kind: query.kind,
          file_name: fileName,
          sha256: file!.sha256,
          source: '',
          head: JSON.stringify(plan.value.head),
          rows: JSON.stringify(plan.value.rows.map((row) => keptRow(row, null))),
          attachment_id: attachmentId,
          checked_by: by,
          checked_at: timestamp(at),
        })
        .execute()
      await world.files.put(file!.bytes)
      return accept({ subject: id })
    },
    view: async (subject, { db }) => viewFile((await loadFile(db, subject))!),
  }
}

function takeFile(world: World): Handlers<Names>['takeTradePapers'] {
  return {
    kind: 'command',
    run: async ({ params, person, at, today }, { tx, newId, touch }) => {
      const found = await loadFile(tx, params.id)
      touch({ kind: 'trade_paper_file', id: params.id, organisationId: found?.organisation_id ?? null })
      if (found === undefined || found.organisation_id === null) return notFound('trade_paper_file')
      const place = { ...found, organisationIds: [found.organisation_id] }
      if (!mayTouch(person, 'trade_paper.register', place))
        return outOfScope('trade_paper.register', 'trade_paper_file')
      const owner = (await lockRegistrant(tx, found.organisation_id))!
      const row = (await loadFile(tx, params.id, 'lock'))!
      if (row.taken_at !== null) return refuse('trade_paper.file_taken')
      const kind = row.kind as PaperFileKind
      const bytes = await world.files.get(row.sha256)
      const plan = await planFile(tx, { kind, owner, today, attachmentId: row.attachment_id }, bytes)
      if (!plan.ok) throw new Error(`a file that was read once can be read again: ${plan.refusal.code}`)
      if (plan.value.rows.every(({ outcome }) => outcome === 'refused'))
        return refuse('trade_paper.nothing_good')
      const kept = await takeRows(tx, { owner, by: person!.id, at, newId }, plan.value.rows)
      await tx
        .updateTable('trade_paper_file')
        .set({ rows: JSON.stringify(kept), taken_by: person!.id, taken_at: timestamp(at) })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: async (subject, { db }) => viewFile((await loadFile(db, subject))!),
  }
}

/** Originals first: a red letter of the same file is planned again once what it takes back is registered. */
async function takeRows(
  tx: Transaction<Tables>,
  registering: Registering,
  rows: readonly FileRow[],
): Promise<readonly KeptRow[]> {
  const kept = new Map<FileRow, KeptRow>()
  const isRed = ({ paper }: FileRow): number => (paper?.redLetterOf == null ? 0 : 1)
  for (const row of rows.toSorted((one, other) => isRed(one) - isRed(other))) {
    const { paper } = row
    const again =
      paper === null || row.outcome === 'refused' ? row : await planPaper(tx, registering.owner, paper)
    const planned = { ...row, outcome: again.outcome, reasons: again.reasons }
    const id =
      paper === null || planned.outcome === 'refused'
        ? null
        : planned.outcome === 'same'
          ? (await paperOf(tx, registering.owner.id, paper))!.id
          : await storePaper(tx, registering, paper)
    kept.set(row, keptRow(planned, id))
  }
  return rows.map((row) => kept.get(row)!)
}

export function keptRow(
  { number, paper, outcome, reasons, cells }: FileRow,
  paperId: string | null,
): KeptRow {
  return {
    number,
    outcome,
    kind: paper?.kind ?? 'invoice',
    fromName: paper?.detail.fromName ?? '',
    toName: paper?.detail.toName ?? '',
    amountFen: paper?.amountFen?.toString() ?? null,
    datedOn: paper?.datedOn ?? null,
    excludedFen: (paper?.excludedFen ?? 0n).toString(),
    reasons: reasons.map(({ code, params }) => ({ code, params: toProblem({ code, params }).params })),
    paperId,
    // of a row that is taken the register has what it says
    cells: outcome === 'refused' ? cells : [],
  }
}

export function viewFile(row: FileRecord): FileView {
  const rows = row.rows as readonly KeptRow[]
  const count = (outcome: KeptRow['outcome']): number =>
    rows.filter((each) => each.outcome === outcome).length
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.file_name,
    checkedAt: new Date(row.checked_at).toISOString(),
    takenAt: row.taken_at === null ? null : new Date(row.taken_at).toISOString(),
    counts: { new: count('new'), changed: count('changed'), same: count('same'), refused: count('refused') },
    rows: rows.map(
      ({ number, outcome, kind, fromName, toName, amountFen, datedOn, excludedFen, paperId, reasons }) => ({
        number,
        outcome,
        kind,
        fromName,
        toName,
        amountFen,
        datedOn,
        excludedFen,
        paperId,
        reasons: reasons.map((reason) => ({ code: reason.code, message: toProblem(reason).message })),
      }),
    ),
  }
}

/** The refused rows as the file has them, each with every reason in both languages. */
async function errorsOf(row: FileRecord): Promise<Download> {
  const refused = (row.rows as readonly KeptRow[]).filter(({ outcome }) => outcome === 'refused')
  const head = row.head.length > 0 ? row.head : ['发票号码']
  const lines = refused.flatMap(({ number, cells, reasons }) => {
    const said = (language: 'zh' | 'en', between: string): string =>
      reasons.map((reason) => sentence(reason, language)).join(between)
    const own = cells.length > 0 ? cells : [[number]]
    return own.map((line) => [
      ...head.map((_, place) => line[place] ?? ''),
      said('zh', '；'),
      said('en', '; '),
    ])
  })
  const name = row.file_name.replace(/\.[A-Za-z0-9]+$/, '')
  const format = row.file_name.endsWith('.xlsx') ? 'xlsx' : 'csv'
  return fileOf(format, [[...head, ...REASON_HEADS], ...lines], `${name}-错误`)
}
