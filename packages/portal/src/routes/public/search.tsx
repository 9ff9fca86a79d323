// What is public here, by words.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { TextField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'
import '../../features/disclosure/notice-list.css'
import './home.css'

type Found = Answer<'searchPublic'>['items']

export function SearchPage(): ReactElement {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const q = String(search['q'] ?? '')
    .trim()
    .slice(0, 60)
  return q === '' ? <Results q="" items={[]} /> : <Searched q={q} />
}

function Searched({ q }: { q: string }): ReactElement {
  return <Results q={q} items={useAnswer('searchPublic', { query: { q } }).items} />
}

function Results({ q, items }: { q: string; items: Found }): ReactElement {
  const { t } = useTranslation('disclosure')
  const text = useSay()
  const navigate = useNavigate()
  const [words, setWords] = useState(q)
  function submit(event: FormEvent): void {
    event.preventDefault()
    void navigate({ to: '/search', search: { q: words.trim() } as never })
  }
  return (
    <Page
      crumbs={[{ label: t('search.crumb'), to: '/' }, { label: t('search.title_empty') }]}
      title={q === '' ? t('search.title_empty') : t('search.title', { q, count: items.length })}
      lead={t('search.lead')}
    >
      <form className="search-line" role="search" onSubmit={submit}>
        <TextField label={t('search.words')} type="search" maxLength={60} value={words} onChange={setWords} />
        <button className="button">{t('search.do')}</button>
      </form>
      {q !== '' && (
        <Sheet title={t('search.title_empty')}>
          {items.length === 0 ? (
            <EmptyState>{t('search.none')}</EmptyState>
          ) : (
            <ul className="notice-list">
              {items.map((item, index) => (
                <li key={`${item.id}-${index}`}>
                  <span>
                    {item.kind === 'notice' ? (
                      <Link to="/notices/$id" params={{ id: item.id }}>
                        {text(item.title)}
                      </Link>
                    ) : (
                      <Link to="/programmes/$id" params={{ id: item.id }}>
                        {text(item.title)}
                      </Link>
                    )}
                    <small>{text(item.text)}</small>
                  </span>
                  <small>{t(`search.kind.${item.kind}`)}</small>
                </li>
              ))}
            </ul>
          )}
        </Sheet>
      )}
    </Page>
  )
}
