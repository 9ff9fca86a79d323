import { useRouter } from '@tanstack/react-router'
import { useState, type FormEvent, type MouseEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../client/call.ts'
import { useAct, useAnswer } from '../client/queries.ts'
import { ErrorNote } from './error-note.tsx'
import { TextField } from './field.tsx'

type View = Answer<'listViews'>['items'][number]

interface PageViewProps {
  /** the page's address with its params unnamed: `/finance/disbursements/$id` */
  readonly page: string
  /** what stands in the address now */
  readonly search: string
}

/** My views of this page, one press away. */
export function ViewLinks({ page, search }: PageViewProps): ReactElement {
  const views = useAnswer('listViews').items.filter((view) => view.page === page)
  return (
    <>
      {views.map((view) => (
        <ViewLink key={view.id} view={view} current={view.search === search} />
      ))}
    </>
  )
}

function ViewLink({ view, current }: { view: View; current: boolean }): ReactElement {
  const router = useRouter()
  const href = `${location.pathname}?${view.search}`
  function go(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    router.history.push(href)
  }
  return (
    <a href={href} aria-current={current || undefined} onClick={go}>
      {view.name}
    </a>
  )
}

/** Saving what is shown now under a name, and discarding what is no longer used. */
export function SavedViews({ page, search }: PageViewProps): ReactElement {
  const { t } = useTranslation('desk')
  const views = useAnswer('listViews').items.filter((view) => view.page === page)
  const [name, setName] = useState('')
  const keep = useAct('keepView', () => setName(''))
  const discard = useAct('discardView')
  function save(event: FormEvent): void {
    event.preventDefault()
    keep.mutate({ body: { page, name: name.trim(), search } })
  }
  return (
    <section>
      <b>{t('views')}</b>
      <ul className="view-list">
        {views.map((view) => (
          <li key={view.id}>
            <ViewLink view={view} current={view.search === search} />
            <button
              type="button"
              className="button-link"
              aria-label={t('views.discard_one', { name: view.name })}
              onClick={() => discard.mutate({ params: { id: view.id } })}
            >
              {t('views.discard')}
            </button>
          </li>
        ))}
      </ul>
      <form className="view-save" onSubmit={save}>
        <TextField
          label={t('views.name')}
          help={t('views.help')}
          value={name}
          onChange={setName}
          maxLength={60}
        />
        <button className="button" data-kind="quiet" disabled={name.trim() === '' || keep.isPending}>
          {t('views.save')}
        </button>
      </form>
      <ErrorNote error={keep.error ?? discard.error} />
    </section>
  )
}
