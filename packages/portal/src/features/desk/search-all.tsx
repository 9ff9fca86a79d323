import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../components/field.tsx'
import '../../components/table-tools.css'

/** The box that searches everything; it leads to the page of what was found. */
export function SearchAll({
  initial = '',
  focus = true,
}: {
  initial?: string
  focus?: boolean
}): ReactElement {
  const { t } = useTranslation('desk')
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState(initial)
  useEffect(() => {
    if (focus && initial === '') form.current?.querySelector('input')?.focus()
  }, [focus, initial])
  function search(event: FormEvent): void {
    event.preventDefault()
    const q = typed.trim()
    if (q.length >= 2) void navigate({ to: '/find', search: { q } as never })
  }
  return (
    <form ref={form} id="search-all" className="view-save" role="search" onSubmit={search}>
      <TextField label={t('search.box')} type="search" value={typed} onChange={setTyped} maxLength={100} />
      <button className="button">{t('search')}</button>
    </form>
  )
}
