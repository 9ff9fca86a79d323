// The files of a take-over: uploaded one by one, kept with their digests, given back as they came; templates, and the refused
// rows with their reasons.
import {
  takeOverSheets,
  takeOverSheetNames,
  type TakeOverFileKind,
  type TakeOverSheetName,
} from '@suanquan/api'
import { accept, hex, refuse, type Decision } from '@suanquan/core'
import { sm3, timestamp } from '../../database/index.ts'
import { fileNameOf } from '../../files/file-name.ts'
import { sniff } from '../../files/sniff.ts'
import type { TableRefusal } from '../../files/tables/index.ts'
import type { Command, Query, UploadedFile } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { fileOf, REASON_HEADS } from '../imports/index.ts'
import { loadTakeOver, placeOf } from './load.ts'
import { readSheet, type HeadCode } from './sheets.ts'
import { viewTakeOver } from './view.ts'

type FileCode = 'attachment.empty' | 'take_over.not_a_pdf' | HeadCode | TableRefusal

export function uploadTakeOverFile(world: World): Command<'uploadTakeOverFile'> {
  return {
    kind: 'command',
    run: async ({ params, query, file, person, at }, { tx, touch }) => {
      const row = await loadTakeOver(tx, params.id, 'lock')
      if (row === undefined) return notFound('take_over')
      touch({ kind: 'take_over', id: row.id })
      if (!mayTouch(person, 'take_over.prepare', placeOf(row)))
        return outOfScope('take_over.prepare', 'take_over')
      if (row.state !== 'open') return refuse('take_over.wrong_state', { state: row.state })
      const fileName = fileNameOf(file!.name)
      if (fileName === null) return refuse('attachment.name_refused')
      const fit = await fitFile(query.kind, file!)
      if (!fit.ok) return fit
      await world.files.put(file!.bytes)
      const values = {
        file_name: fileName,
        media_type: fit.value,
        size_bytes: file!.bytes.byteLength,
        sha256: file!.sha256,
        sm3: hex(sm3(file!.bytes)),
        uploaded_by: person!.id,
        uploaded_at: timestamp(at),
      }
      const { jurisdiction, district } = row
      await tx
        .insertInto('take_over_file')
        .values({ take_over_id: row.id, kind: query.kind, jurisdiction, district, ...values })
        .onConflict((conflict) => conflict.columns(['take_over_id', 'kind']).doUpdateSet(values))
        .execute()
      await tx
        .updateTable('take_over')
        .set({ report: null, checked_by: null, checked_at: null })
        .where('id', '=', row.id)
        .execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewTakeOver(world, db, subject, person),
  }
}

const MEDIA = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** @returns its media type: a sheet that can be read, or a whole PDF */
async function fitFile(kind: TakeOverFileKind, { bytes }: UploadedFile): Promise<Decision<string, FileCode>> {
  if (bytes.byteLength === 0) return refuse('attachment.empty')
  if (kind === 'statement') {
    const found = sniff(bytes)
    return found.kind === 'pdf' && found.whole ? accept(found.mediaType) : refuse('take_over.not_a_pdf')
  }
  const read = await readSheet(kind, bytes)
  return read.ok ? accept(MEDIA[read.value.format]) : read
}

export function readTakeOverFile(world: World): Query<'readTakeOverFile'> {
  return {
    kind: 'query',
    run: async ({ params, query, person }, { db, touch }) => {
      const row = await loadTakeOver(db, params.id)
      if (row === undefined) return notFound('take_over')
      touch({ kind: 'take_over', id: row.id })
      if (!mayTouch(person, 'take_over.read', placeOf(row))) return outOfScope('take_over.read', 'take_over')
      const file = await db
        .selectFrom('take_over_file')
        .select(['sha256', 'media_type', 'file_name'])
        .where('take_over_id', '=', row.id)
        .where('kind', '=', query.kind)
        .executeTakeFirst()
      if (file === undefined) return refuse('take_over.no_file')
      const bytes = await world.files.get(file.sha256)
      return accept({ bytes, mediaType: file.media_type, fileName: file.file_name })
    },
  }
}

/** The refused rows as they came, with the reasons behind them. */
export function downloadTakeOverErrors(world: World): Query<'downloadTakeOverErrors'> {
  return {
    kind: 'query',
    run: async ({ params, query, person }, { db, touch }) => {
      const row = await loadTakeOver(db, params.id)
      if (row === undefined) return notFound('take_over')
      touch({ kind: 'take_over', id: row.id })
      if (!mayTouch(person, 'take_over.read', placeOf(row))) return outOfScope('take_over.read', 'take_over')
      const file = await db
        .selectFrom('take_over_file')
        .select(['sha256', 'file_name'])
        .where('take_over_id', '=', row.id)
        .where('kind', '=', query.sheet)
        .executeTakeFirst()
      if (file === undefined || row.report === null) return refuse('take_over.no_file')
      const read = await readSheet(query.sheet, await world.files.get(file.sha256))
      if (!read.ok) throw new Error('a file that was read once can be read again')
      const { head, rows, format } = read.value
      const said = (language: 'zh' | 'en', number: number | null): string =>
        row
          .report!.lines.filter((line) => line.sheet === query.sheet && line.row === number)
          .flatMap(({ reasons }) => reasons)
          .map(({ column, message }) =>
            column === null ? message[language] : `${column[language]}: ${message[language]}`,
          )
          .join(language === 'zh' ? '；' : '; ')
      const refused = rows.filter(({ number }) => said('zh', number) !== '')
      const lines = refused.map(({ cells, number }) => [
        ...head.map((_, place) => cells[place] ?? ''),
        said('zh', number),
        said('en', number),
      ])
      const name = file.file_name.replace(/\.[A-Za-z0-9]+$/, '')
      return accept(await fileOf(format, [[...head, ...REASON_HEADS], ...lines], `${name}-错误`))
    },
  }
}

/** What each column means stands above the head, where a reader of the filled-in file passes it by. */
export function downloadTakeOverTemplate(): Query<'downloadTakeOverTemplate'> {
  return {
    kind: 'query',
    run: async ({ query }, { touch }) => {
      touch({ kind: 'take_over', id: null })
      const { columns, title } = takeOverSheets[query.sheet]
      const rows = [
        columns.map(({ meaning }) => meaning.zh),
        columns.map(({ head, meaning }) => `${head.en}: ${meaning.en}`),
        columns.map(({ head }) => head.zh),
      ]
      const place = takeOverSheetNames.indexOf(query.sheet as TakeOverSheetName) + 1
      return accept(await fileOf(query.format, rows, `接管模板${place}-${title.zh}`))
    },
  }
}
