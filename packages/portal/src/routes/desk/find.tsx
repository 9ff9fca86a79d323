// 查找: one box for names, numbers and credit codes, among what one may read.
import { Link, useSearch, type LinkProps } from '@tanstack/react-router'
import { Suspense, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { Pending } from '../../components/pending.tsx'
import { useSay } from '../../components/use-say.ts'
import { SearchAll } from '../../features/desk/search-all.tsx'
import '../../features/disclosure/notice-list.css'

type Group = Answer<'searchAll'>['groups'][number]
type Item = Group['items'][number]

export function Find(): ReactElement {
  const { t } = useTranslation('desk')
  const search: Record<string, unknown> = useSearch({ strict: false })
  const q = String(search['q'] ?? '').trim()
  return (
    <Page title={q.length < 2 ? t('search') : t('search.title', { q })} lead={t('search.lead')}>
      <SearchAll key={q} initial={q} />
      {q.length >= 2 && (
        <Suspense fallback={<Pending />}>
          <All q={q} />
        </Suspense>
      )}
    </Page>
  )
}

function All({ q }: { q: string }): ReactElement {
  return <Found groups={useAnswer('searchAll', { query: { q } }).groups} />
}

function Found({ groups }: { groups: readonly Group[] }): ReactElement {
  const { t } = useTranslation('desk')
  if (groups.length === 0) {
    return (
      <Sheet title={t('search.none')}>
        <EmptyState>{t('search.none_help')}</EmptyState>
      </Sheet>
    )
  }
  return (
    <>
      {groups.map((group) => (
        <Sheet
          key={group.kind}
          title={t(`search.kind.${group.kind}`)}
          aside={group.more ? t('search.more', { count: group.items.length }) : group.items.length}
        >
          <ul className="notice-list">
            {group.items.map((item) => (
              <FoundItem key={item.id} kind={group.kind} item={item} />
            ))}
          </ul>
        </Sheet>
      ))}
    </>
  )
}

function FoundItem({ kind, item }: { kind: Group['kind']; item: Item }): ReactElement {
  const { t } = useTranslation('words')
  const say = useSay()
  const to = useDestination(kind, item)
  const firm = kind === 'organisation' ? null : item.organisationName
  const state =
    item.state === null || (kind !== 'application' && kind !== 'claim')
      ? null
      : t(`${kind}.${item.state}` as 'application.submitted')
  return (
    <li>
      <span>
        <Link {...to}>{say(item.label)}</Link>
        <small>{[firm, item.creditCode].filter((part) => part !== null).join(' · ')}</small>
      </span>
      {state !== null && <span className="quiet">{state}</span>}
    </li>
  )
}

/** Where a person of these roles sees it; a firm leads to everything that is found of it. */
function useDestination(kind: Group['kind'], { id, creditCode }: Item): LinkProps {
  const roles = rolesOf(useSession())
  if (kind === 'organisation') return { to: '/find' as never, search: { q: creditCode } as never }
  const params = { id } as never
  if (kind === 'application') {
    return { to: roles.has('reviewer') ? '/review/applications/$id' : '/applications/$id', params }
  }
  if (kind === 'claim') {
    const to = roles.has('reviewer')
      ? '/review/claims/$id'
      : roles.has('provider')
        ? '/deductions/$id'
        : '/claims/$id'
    return { to, params }
  }
  if (kind === 'voucher') return { to: '/vouchers/$id', params }
  return { to: kind === 'notice' ? '/notices/$id' : '/programmes/$id', params }
}
