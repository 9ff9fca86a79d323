// A programme file pasted or read: every finding with its line and column, its cases run; stored when it is whole.
import { Link } from '@tanstack/react-router'
import { useState, type ChangeEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useSay } from '../../components/use-say.ts'
import { CaseList } from '../../features/author/case-list.tsx'
import '../../features/author/author.css'

export function CheckFile(): ReactElement {
  const { t } = useTranslation('author')
  const [text, setText] = useState('')
  const [cases, setCases] = useState('')
  const check = useAct('checkProgramme')
  const store = useAct('storeProgramme')
  const body = { text, casesText: cases.trim() === '' ? null : cases }
  const found = check.data
  const whole = found !== undefined && found.programme !== null && errorsIn(found) === 0
  function change(set: (value: string) => void, value: string): void {
    set(value)
    check.reset()
    store.reset()
  }
  return (
    <Page title={t('check.title')} lead={useLead(found)}>
      <Sheet
        title={t('check')}
        actions={
          <>
            <button
              type="button"
              className="button"
              disabled={text.trim() === '' || check.isPending}
              onClick={() => check.mutate({ body })}
            >
              {t('check.run')}
            </button>
            <button
              type="button"
              className="button"
              data-kind="quiet"
              disabled={!whole || store.isPending || store.isSuccess}
              onClick={() => store.mutate({ body })}
            >
              {t('check.store')}
            </button>
          </>
        }
      >
        <div className="sheet-body stack yaml">
          <ReadFile label={t('check.file.upload')} onRead={(read) => change(setText, read)} />
          <AreaField
            label={t('check.text')}
            rows={16}
            value={text}
            onChange={(value) => change(setText, value)}
          />
          <AreaField
            label={t('check.cases')}
            rows={6}
            value={cases}
            onChange={(value) => change(setCases, value)}
          />
          {store.data !== undefined && (
            <Note tone="done">
              {t('check.stored')}{' '}
              <Link to="/author/programmes/$hash" params={{ hash: store.data.hash }}>
                {t('library')}
              </Link>
            </Note>
          )}
          <ErrorNote error={check.error ?? store.error} />
        </div>
      </Sheet>
      {found !== undefined && <Findings found={found} />}
      {found !== undefined && found.caseResults.length > 0 && <CaseList cases={found.caseResults} />}
    </Page>
  )
}

function errorsIn(found: Found): number {
  return found.diagnostics.filter(({ severity }) => severity === 'error').length
}

function useLead(found: Found | undefined): string {
  const { t } = useTranslation('author')
  if (found === undefined) return t('check.lead')
  const count = errorsIn(found)
  return count > 0 ? t('check.errors', { count }) : t('check.clean', { rules: found.programme?.rules ?? 0 })
}

function ReadFile({ label, onRead }: { label: string; onRead: (text: string) => void }): ReactElement {
  async function read(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = event.target.files?.[0]
    if (file !== undefined) onRead(await file.text())
  }
  return (
    <label>
      {label} <input type="file" accept=".yaml,.yml,.txt" onChange={(event) => void read(event)} />
    </label>
  )
}

type Found = NonNullable<ReturnType<typeof useAct<'checkProgramme'>>['data']>

function Findings({ found }: { found: Found }): ReactElement | null {
  const { t } = useTranslation('author')
  const say = useSay()
  if (found.diagnostics.length === 0) return null
  return (
    <Sheet title={t('check.message')} aside={t('rows', { count: found.diagnostics.length })}>
      <DataTable
        columns={[
          {
            id: 'line',
            label: t('check.line'),
            numeric: true,
            text: (row) => `${row.line}:${row.column}`,
            cell: (row) => `${row.line}:${row.column}`,
          },
          {
            id: 'message',
            label: t('check.message'),
            leads: true,
            text: (row) => say(row.message),
            cell: (row) => (
              <>
                <span className="code">{say(row.message)}</span>
                {row.suggestion !== null && <small className="code">→ {row.suggestion}</small>}
              </>
            ),
          },
          {
            id: 'severity',
            label: t('check.severity'),
            text: (row) => t(`severity.${row.severity}`),
            cell: (row) => (
              <StatusTag tone={row.severity === 'error' ? 'stopped' : 'waits'}>
                {t(`severity.${row.severity}`)}
              </StatusTag>
            ),
          },
          {
            id: 'file',
            label: t('check.file'),
            text: (row) => row.file,
            cell: (row) => <span className="code">{row.file}</span>,
          },
        ]}
        rows={found.diagnostics}
        rowId={(row) => `${row.file}${row.line}${row.column}${row.code}`}
        caption={t('check.message')}
        allRows={async () => found.diagnostics}
        empty={null}
      />
    </Sheet>
  )
}
