// 查找: each kind of thing under its own permission, by the same rule as its list. What was typed stands in the trail.
import { scopeOf, type Action, type AnswerOf, type Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { visibleRows } from '../../identity/scope.ts'
import { find, SHOWN, type FoundRow, type RowKind } from './find.ts'

type Group = AnswerOf<Routes['searchAll']>['groups'][number]

/** By which permission a kind is read, and whose its rows are. */
const READ_BY: Readonly<Record<Exclude<RowKind, 'notice'>, readonly [Action, ...string[]]>> = {
  organisation: ['organisation.read', 'it.id'],
  application: ['application.read', 'it.organisation_id'],
  voucher: ['voucher.read', 'it.holder_id'],
  claim: ['claim.read', 'it.organisation_id', 'it.payee_id'],
}

export function searchHandlers(world: World): Handlers<'searchAll'> {
  return {
    searchAll: {
      kind: 'query',
      run: async ({ query: { q }, person }, { db, touch }) => {
        touch({ kind: 'search', id: q })
        const groups: Group[] = []
        const own = person!.grants.flatMap(({ organisationId: id }) => (id === null ? [] : [id]))
        for (const kind of ['organisation', 'application', 'voucher', 'claim'] as const) {
          const [action, ...firms] = READ_BY[kind]
          if (!person!.grants.some(({ role }) => scopeOf(action, role) !== undefined)) continue
          const rows = await find(db, kind, { q, own, visible: visibleTo(person!, kind, action, firms) })
          groups.push(group(kind, rows.map(same)))
        }
        return accept({ q, groups: [...groups, ...(await publicGroups(world, db, q))].filter(notEmpty) })
      },
    },
  }
}

function visibleTo(
  person: Person,
  kind: RowKind,
  action: Action,
  firms: readonly string[],
): RawBuilder<boolean> {
  const visible = visibleRows(person, action, 'it', ...firms)
  if (kind !== 'application') return visible
  // The same rule as `mayRead`.
  const own = visibleRows(person, 'application.draft', 'it', ...firms)
  return sql<boolean>`(${visible} and (it.state <> 'draft' or ${own}))`
}

/** Programmes by their title and notices by number or by a firm that they name: whoever asks. */
async function publicGroups(world: World, db: Kysely<Tables>, q: string): Promise<readonly Group[]> {
  const adoptions = await db.selectFrom('adoption').select('id').orderBy('opens_on', 'desc').execute()
  const titles = new Map<string, { zh: string; en: string }>()
  for (const { id } of adoptions) titles.set(id, (await world.programmes.inForce(db, id)).programme.title)
  const wanted = q.toLowerCase()
  const programmes = [...titles].filter(([, title]) =>
    [title.zh, title.en].some((text) => text.toLowerCase().includes(wanted)),
  )
  const notices = await find(db, 'notice', { q, own: [], visible: sql<boolean>`true` })
  return [
    group(
      'programme',
      programmes.map(([id, label]) => ({
        id,
        label,
        organisationName: null,
        creditCode: null,
        state: null,
      })),
    ),
    group(
      'notice',
      notices.map((row) => {
        const title = titles.get(row.adoptionId!)!
        const label = { zh: `${row.label} ${title.zh}`, en: `${row.label} ${title.en}` }
        return { ...same(row), label }
      }),
    ),
  ]
}

function same({ id, label, organisationName, creditCode, state }: FoundRow): Group['items'][number] {
  return { id, label: { zh: label, en: label }, organisationName, creditCode, state }
}

function group(kind: Group['kind'], items: Group['items']): Group {
  return { kind, more: items.length > SHOWN, items: items.slice(0, SHOWN) }
}

function notEmpty({ items }: Group): boolean {
  return items.length > 0
}
