// The filter of a list, kept in the address: words, a state and the page. One person can send the view to another.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice } from './field.tsx'
import { TextField } from './field.tsx'

export const PAGE_SIZE = 50

export interface ListFilter {
  readonly q?: string
  readonly state?: string
  readonly page?: number
}

/** Reads what stands in the address; anything that is not a filter is left out. */
export function readFilter(search: Record<string, unknown>): ListFilter {
  const page = Number(search['page'])
  return {
    ...(typeof search['q'] === 'string' || typeof search['q'] === 'number' ? { q: String(search['q']) } : {}),
    ...(typeof search['state'] === 'string' ? { state: search['state'] } : {}),
    ...(Number.isInteger(page) && page > 1 ? { page } : {}),
  }
}

export function useListFilter(): [ListFilter, (change: ListFilter) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const filter = readFilter(search)
  const navigate = useNavigate()
  return [
    filter,
    (change) => {
      const next = Object.entries({ ...search, ...filter, page: undefined, ...change })
      const kept = Object.fromEntries(next.filter(([, value]) => value !== undefined && value !== ''))
      void navigate({ to: '.', search: kept as never, replace: true })
    },
  ]
}

/** Further parts of a filter by their names in the address; what is not there is left out. */
export function useFilters<Name extends string>(
  names: readonly Name[],
): [{ readonly [Key in Name]?: string }, (change: { readonly [Key in Name]?: string | undefined }) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const [, change] = useListFilter()
  const given = names.filter((name) => ['string', 'number'].includes(typeof search[name]))
  const filter = Object.fromEntries(given.map((name) => [name, String(search[name])]))
  return [filter as { [Key in Name]?: string }, change as (change: object) => void]
}

interface FilterRowProps {
  readonly label: string
  readonly children: ReactNode
}

/** Selects and days of a filter side by side; each takes effect at once. */
export function FilterRow({ label, children }: FilterRowProps): ReactElement {
  return (
    <div className="filters" role="group" aria-label={label}>
      {children}
    </div>
  )
}

export function SearchBox({ help }: { help: string }): ReactElement {
  const { t } = useTranslation('components')
  const [filter, change] = useListFilter()
  const [typed, setTyped] = useState(filter.q ?? '')
  function search(event: FormEvent): void {
    event.preventDefault()
    change({ q: typed.trim() })
  }
  return (
    <form className="filters" role="search" onSubmit={search}>
      <TextField label={help} type="search" value={typed} onChange={setTyped} />
      <button className="button" data-kind="quiet">
        {t('table.search')}
      </button>
    </form>
  )
}

interface StateTabsProps {
  readonly label: string
  readonly choices: readonly (Choice & { readonly count?: number | undefined })[]
}

export function StateTabs({ label, choices }: StateTabsProps): ReactElement {
  const [filter, change] = useListFilter()
  return (
    <div className="tabs" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          type="button"
          key={choice.value}
          aria-pressed={(filter.state ?? '') === choice.value}
          onClick={() => change({ state: choice.value })}
        >
          {choice.label}
          {choice.count !== undefined && ` ${choice.count}`}
        </button>
      ))}
    </div>
  )
}

export function Pager({ total }: { total: number }): ReactElement | null {
  const [filter, change] = useListFilter()
  return <Pages total={total} page={filter.page ?? 1} onPage={(page) => change({ ...filter, page })} />
}

interface PagesProps {
  readonly total: number
  readonly page: number
  readonly onPage: (page: number) => void
  readonly size?: number
}

/** The pages of a list that stands beside another one: each has its own place in the address. */
export function Pages({ total, page, onPage, size = PAGE_SIZE }: PagesProps): ReactElement | null {
  const { t } = useTranslation('components')
  const last = Math.max(1, Math.ceil(total / size))
  if (last === 1) return null
  return (
    <nav className="pager" aria-label={t('table.pages')}>
      <span>{t('table.page', { page, last, total })}</span>
      <button type="button" className="button-link" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t('table.previous')}
      </button>
      <button type="button" className="button-link" disabled={page >= last} onClick={() => onPage(page + 1)}>
        {t('table.next')}
      </button>
    </nav>
  )
}
