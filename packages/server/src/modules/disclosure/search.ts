// What is public here, searched by words: programmes, their conditions and clauses, and notices by number, firm or code.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { filled, type InForce } from '../policy/index.ts'

type Result = AnswerOf<Routes['searchPublic']>['items'][number]

const MOST = 50

export function searchPublic(world: World): Handler<'searchPublic'> {
  return {
    kind: 'query',
    run: async ({ query }, { db }) => {
      const adoptions = await db.selectFrom('adoption').select('id').orderBy('adopted_at').execute()
      const inForce = await Promise.all(adoptions.map(({ id }) => world.programmes.inForce(db, id)))
      const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
      const notices = await db
        .selectFrom('notice')
        .select(['id', 'number', 'adoption_id'])
        .where(
          sql<boolean>`notice.number ilike ${like} or exists (
            select from notice_line l join application a on a.id = l.application_id
              join organisation o on o.id = a.organisation_id
             where l.notice_id = notice.id
               and (o.name ilike ${like} or o.credit_code ilike ${like} or a.number ilike ${like}))`,
        )
        .orderBy('published_at', 'desc')
        .limit(MOST)
        .execute()
      const titles = new Map(inForce.map(({ id, programme }) => [id, programme.title]))
      const found: Result[] = notices.map((notice) => ({
        kind: 'notice',
        title: titles.get(notice.adoption_id)!,
        text: { zh: notice.number, en: notice.number },
        id: notice.id,
      }))
      const ruled = inForce.flatMap((each) => inProgramme(each, query.q.toLowerCase()))
      return accept({ items: [...ruled, ...found].slice(0, MOST) })
    },
  }
}

function inProgramme({ id, programme }: InForce, words: string): Result[] {
  const { title } = programme
  const says = (text: { zh: string; en: string }): boolean =>
    text.zh.toLowerCase().includes(words) || text.en.toLowerCase().includes(words)
  const result = (kind: Result['kind'], text: Result['text']): Result => ({ kind, title, text, id })
  const authority = programme.adoption.authority
  const conditions = programme.eligibility.map(({ text }) => filled(text, programme)).filter(says)
  const clauses = programme.sources.flatMap(({ clauses: own }) => Object.values(own)).filter(says)
  return [
    ...(says(title) || says(authority) ? [result('programme', authority)] : []),
    ...conditions.map((text) => result('condition', text)),
    ...clauses.map((text) => result('clause', text)),
  ]
}
