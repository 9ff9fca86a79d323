// What one makes of a table: which columns are shown, and views of it under a name. Filter and columns stand in the
// address, so the address is the view: it is kept under a name for the person, or given to others as a link.
import { useLocation, useMatches, useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../client/session.ts'
import { CheckField, TextField } from './field.tsx'
import { Dialog } from './dialog.tsx'
import { SavedViews, ViewLinks } from './saved-views.tsx'
import './table-tools.css'

/** A table of fewer columns has nothing to leave out. */
const WORTH_CHOOSING = 4

interface Named {
  readonly id: string
  readonly label: string
  readonly leads?: boolean
}

export interface ShownColumns<Column> {
  readonly columns: readonly Column[]
  readonly tools: ReactElement
}

/**
 * The columns that the address asks for, all when it names none, and the tools to change that.
 * @param name of the table in the address, where a page has several
 */
export function useShownColumns<Column extends Named>(
  all: readonly Column[],
  name = 'columns',
): ShownColumns<Column> {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const asked = typeof search[name] === 'string' ? search[name].split(',') : []
  const chosen = all.filter(({ id, leads }) => leads === true || asked.includes(id))
  const named = all.some(({ id }) => asked.includes(id))
  const columns = named ? chosen : all
  function choose(id: string, on: boolean): void {
    const next = all.filter((column) => (column.id === id ? on : columns.includes(column)))
    const whole = next.length === all.length || next.length === 0
    const kept = { ...search, [name]: whole ? undefined : next.map((column) => column.id).join(',') }
    void navigate({ to: '.', search: kept as never, replace: true })
  }
  const tools =
    all.length < WORTH_CHOOSING ? <></> : <TableTools all={all} shown={columns} onChoose={choose} />
  return { columns, tools }
}

interface TableToolsProps {
  readonly all: readonly Named[]
  readonly shown: readonly Named[]
  readonly onChoose: (id: string, on: boolean) => void
}

function TableTools({ all, shown, onChoose }: TableToolsProps): ReactElement {
  const { t } = useTranslation('desk')
  const [open, setOpen] = useState(false)
  const session = useSession()
  const navigate = useNavigate()
  const page = useMatches().at(-1)!.fullPath
  const { searchStr } = useLocation()
  const search = searchStr.replace(/^\?/, '')
  return (
    <div className="table-tools">
      {session !== null && <ViewLinks page={page} search={search} />}
      {search !== '' && (
        <button
          type="button"
          className="button-link"
          onClick={() => void navigate({ to: '.', search: {} as never, replace: true })}
        >
          {t('table.reset')}
        </button>
      )}
      <button type="button" className="button-link" onClick={() => setOpen(true)}>
        {t('table.columns', { shown: shown.length, all: all.length })}
      </button>
      <Dialog
        title={t('table.title')}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <button type="button" className="button" onClick={() => setOpen(false)}>
            {t('close')}
          </button>
        }
      >
        <fieldset>
          <legend>
            <b>{t('table.which')}</b>
          </legend>
          {all
            .filter(({ leads }) => leads !== true)
            .map(({ id, label }) => (
              <CheckField
                key={id}
                checked={shown.some((column) => column.id === id)}
                onChange={(on) => onChoose(id, on)}
              >
                {label}
              </CheckField>
            ))}
        </fieldset>
        {session !== null && <SavedViews page={page} search={search} />}
        <TextField
          label={t('table.link')}
          help={t('table.link_help')}
          value={location.href}
          onChange={() => undefined}
        />
      </Dialog>
    </div>
  )
}
