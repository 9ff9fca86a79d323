// Documents that firms and providers upload: what they are is read from their bytes, they are stored by their hash
// outside the web root, and only those who may see the application they belong to may read them.
import { accept, refuse, type Decision } from '@suanquan/core'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { fileNameOf } from '../../files/file-name.ts'
import { acceptedKinds, kindOfName, sniff } from '../../files/sniff.ts'
import type { Handlers, Person, UploadedFile } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { isReadableReport, shownToInspector } from './inspected.ts'

type Names = 'uploadAttachment' | 'readAttachment'

export const DOCUMENT_BYTES = 20 * 1024 * 1024

export function attachmentHandlers(world: World): Handlers<Names> {
  return { uploadAttachment: uploadAttachment(world), readAttachment: readAttachment(world) }
}

function uploadAttachment(world: World): Handlers<Names>['uploadAttachment'] {
  return {
    kind: 'command',
    run: async ({ query, file, person, at }, { tx, newId, touch }) => {
      const organisation = await tx
        .selectFrom('organisation')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', query.organisationId)
        .executeTakeFirst()
      if (!organisation) return notFound('organisation')
      touch({ kind: 'attachment', id: null, organisationId: organisation.id })
      if (!mayTouch(person, 'attachment.upload', { ...organisation, organisationIds: [organisation.id] })) {
        return outOfScope('attachment.upload', 'organisation')
      }
      const checked = checkDocument(file!)
      if (!checked.ok) return checked
      const id = newId()
      await tx
        .insertInto('attachment')
        .values({
          id,
          jurisdiction: organisation.jurisdiction,
          district: organisation.district,
          organisation_id: organisation.id,
          kind: query.kind,
          file_name: checked.value.fileName,
          media_type: checked.value.mediaType,
          size_bytes: file!.bytes.length,
          sha256: file!.sha256,
          uploaded_by: person!.id,
          uploaded_at: timestamp(at),
        })
        .execute()
      // after the row: whoever removes content of disposed files waits for it
      await world.files.put(file!.bytes)
      touch({ kind: 'attachment', id, organisationId: organisation.id })
      return accept({ subject: id })
    },
    view: async (subject, { db }) => {
      const row = await db
        .selectFrom('attachment')
        .selectAll()
        .where('id', '=', subject)
        .executeTakeFirstOrThrow()
      return viewAttachment(row)
    },
  }
}

function readAttachment(world: World): Handlers<Names>['readAttachment'] {
  return {
    kind: 'query',
    run: async ({ params, person, today }, { db, touch }) => {
      const row = await db.selectFrom('attachment').selectAll().where('id', '=', params.id).executeTakeFirst()
      if (!row) return notFound('attachment')
      touch({ kind: 'attachment', id: row.id, organisationId: row.organisation_id })
      const own = mayTouch(person, 'attachment.read', {
        ...row,
        organisationIds: [row.organisation_id],
        invited:
          (await shownToExpert(db, person, row.id)) ||
          (await shownToInspector(db, { person, today }, row.id)),
      })
      const reported = own || (await isReadableReport(db, person, row.id))
      if (!reported && !(await readableWithClaim(db, person, row.id)))
        return outOfScope('attachment.read', 'attachment')
      const disposed = await db
        .selectFrom('archive_disposed_attachment')
        .select('attachment_id')
        .where('attachment_id', '=', row.id)
        .executeTakeFirst()
      if (disposed !== undefined) return refuse('archive.paper_disposed')
      return accept({
        bytes: await world.files.get(row.sha256),
        mediaType: row.media_type,
        fileName: row.file_name,
      })
    },
  }
}

interface StoredAttachment {
  readonly id: string
  readonly kind: string
  readonly file_name: string
  readonly media_type: string
  readonly size_bytes: number
  readonly sha256: string
}

export function viewAttachment(row: StoredAttachment): {
  id: string
  kind: never
  fileName: string
  mediaType: string
  sizeBytes: number
  sha256: string
} {
  return {
    id: row.id,
    kind: row.kind as never,
    fileName: row.file_name,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
  }
}

interface Document {
  readonly fileName: string
  readonly mediaType: string
}

type DocumentCode =
  | 'attachment.name_refused'
  | 'attachment.empty'
  | 'attachment.type_not_accepted'
  | 'attachment.not_what_it_says'
  | 'attachment.half_written'
  | 'request.too_large'

/** Empty, too large, not what its name says, broken off: each its own refusal. */
function checkDocument(file: UploadedFile): Decision<Document, DocumentCode> {
  const fileName = fileNameOf(file.name)
  if (fileName === null) return refuse('attachment.name_refused')
  return file.bytes.length === 0 ? refuse('attachment.empty') : sniffed(file, fileName)
}

function sniffed(file: UploadedFile, fileName: string): Decision<Document, DocumentCode> {
  if (file.bytes.length > DOCUMENT_BYTES) return refuse('request.too_large', { maximum: '20 MB' })
  const found = sniff(file.bytes)
  const accepted = acceptedKinds.map((kind) => kind.toUpperCase())
  if (found.kind === null) {
    return kindOfName(fileName) === null
      ? refuse('attachment.type_not_accepted', { accepted })
      : refuse('attachment.not_what_it_says', { fileName, found: found.looksLike })
  }
  if (kindOfName(fileName) !== found.kind) {
    return refuse('attachment.not_what_it_says', { fileName, found: found.kind.toUpperCase() })
  }
  return found.whole ? accept({ fileName, mediaType: found.mediaType }) : refuse('attachment.half_written')
}

/** Papers of an application are shown to the experts who were asked about it, while they judge and not in a blind review. */
async function shownToExpert(db: Kysely<Tables>, person: Person | null, id: string): Promise<boolean> {
  if (person === null || !person.grants.some(({ role }) => role === 'expert')) return false
  const named = JSON.stringify({ documents: [{ attachmentId: id }] })
  const asked = await db
    .selectFrom('expert_opinion')
    .innerJoin('expert_review', 'expert_review.id', 'expert_opinion.review_id')
    .innerJoin('application', 'application.id', 'expert_review.application_id')
    .select('expert_review.id')
    .where('person_id', '=', person.id)
    .where('expert_opinion.state', '<>', 'stood_aside')
    .where('blind', '=', false)
    .where('expert_review.state', '=', 'open')
    .where(
      sql<boolean>`(draft @> ${named}::jsonb or exists (select from project
        where project.id = expert_review.project_id and project.filing @> ${named}::jsonb))`,
    )
    .executeTakeFirst()
  return asked !== undefined
}

/** Papers of a deduction are the provider's: whoever may read the claim that shows them may read them. */
async function readableWithClaim(db: Kysely<Tables>, person: Person | null, id: string): Promise<boolean> {
  const named = (list: 'invoices' | 'payments'): string => JSON.stringify({ [list]: [{ attachmentId: id }] })
  const claims = await db
    .selectFrom('claim')
    .select(['jurisdiction', 'district', 'organisation_id', 'payee_id'])
    .where(
      sql<boolean>`body @> ${named('invoices')}::jsonb or body @> ${named('payments')}::jsonb
        or body ->> 'deliveryCertificateId' = ${id}`,
    )
    .execute()
  return claims.some((claim) => {
    const organisationIds = [claim.organisation_id, claim.payee_id]
    return mayTouch(person, 'claim.read', { ...claim, organisationIds })
  })
}
