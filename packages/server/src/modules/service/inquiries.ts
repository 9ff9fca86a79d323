// 咨询投诉: anybody asks, complains or suggests and gets a number; the office answers; whoever has number and telephone
// reads the answer. Nothing is refused silently, and the contact is shown masked.
import { accept, refuse } from '@suanquan/core'
import { maskName, maskPhone } from '@suanquan/core/party'
import { sql } from 'kysely'
import { timestamp } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { nextNumber } from '../application/index.ts'

type Names = 'fileInquiry' | 'readInquiry' | 'listInquiries' | 'answerInquiry'
type Kind = 'question' | 'complaint' | 'suggestion'

export function inquiryHandlers(world: World): Handlers<Names> {
  return {
    fileInquiry: fileInquiry(world),
    readInquiry: {
      kind: 'query',
      run: async ({ body }, { db, touch }) => {
        touch({ kind: 'inquiry', id: null })
        const row = await db
          .selectFrom('inquiry')
          .selectAll()
          .where('number', '=', body.number.toUpperCase())
          .executeTakeFirst()
        const digits = (text: string): string => text.replace(/[^0-9]/g, '')
        const same = row !== undefined && digits(row.contact_phone) === digits(body.contactPhone)
        if (!same) return refuse('service.inquiry_not_found')
        return accept({
          number: row.number,
          kind: row.kind as Kind,
          text: row.text,
          filedAt: new Date(row.filed_at).toISOString(),
          answer: row.answer,
          answeredAt: row.answered_at === null ? null : new Date(row.answered_at).toISOString(),
        })
      },
    },
    listInquiries: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'inquiry', id: null })
        const found = db.selectFrom('inquiry').where(visibleRows(person!, 'inquiry.list', 'inquiry'))
        const { total, waiting } = await found
          .select(sql<bigint>`count(*)`.as('total'))
          .select(sql<bigint>`count(*) filter (where answer is null)`.as('waiting'))
          .executeTakeFirstOrThrow()
        const rows = await found
          .selectAll()
          .orderBy(sql`answer is null`, 'desc')
          .orderBy('filed_at', 'desc')
          .limit(query.size)
          .offset((query.page - 1) * query.size)
          .execute()
        return accept({
          total: Number(total),
          waiting: Number(waiting),
          items: rows.map((row) => ({
            id: row.id,
            number: row.number,
            kind: row.kind as Kind,
            text: row.text,
            contactMasked: `${maskName(row.contact_name)} ${maskPhone(row.contact_phone)}`,
            filedAt: new Date(row.filed_at).toISOString(),
            answer: row.answer,
            answeredAt: row.answered_at === null ? null : new Date(row.answered_at).toISOString(),
          })),
        })
      },
    },
    answerInquiry: answerInquiry(),
  }
}

function answerInquiry(): Handlers<Names>['answerInquiry'] {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await tx
        .selectFrom('inquiry')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!row) return notFound('inquiry')
      touch({ kind: 'inquiry', id: row.id })
      if (!mayTouch(person, 'inquiry.answer', { ...row, organisationIds: [] }))
        return outOfScope('inquiry.answer', 'inquiry')
      const answered = await tx
        .updateTable('inquiry')
        .set({ answer: body.text, answered_by: person!.id, answered_at: timestamp(at) })
        .where('id', '=', row.id)
        .where('answer', 'is', null)
        .executeTakeFirst()
      if (answered.numUpdatedRows === 0n) return refuse('service.answered')
      return accept({ subject: row.id })
    },
    view: async () => ({ done: true as const }),
  }
}

function fileInquiry({ site: { jurisdiction } }: World): Handlers<Names>['fileInquiry'] {
  return {
    kind: 'command',
    run: async ({ body, at, today }, { tx, newId, touch }) => {
      const id = newId()
      await tx
        .insertInto('inquiry')
        .values({
          id,
          jurisdiction,
          district: jurisdiction,
          number: await nextNumber(tx, 'ZX', { jurisdiction }, today),
          kind: body.kind,
          text: body.text,
          contact_name: body.contactName,
          contact_phone: body.contactPhone,
          filed_at: timestamp(at),
        })
        .execute()
      touch({ kind: 'inquiry', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }) =>
      db.selectFrom('inquiry').select(['id', 'number']).where('id', '=', subject).executeTakeFirstOrThrow(),
  }
}
