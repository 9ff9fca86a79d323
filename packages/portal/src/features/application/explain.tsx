// What the firm is asked to say to an objection, and the answer that it gives.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Deadline } from '../../components/deadline.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

export function Explain({ application }: { application: Answer<'readApplication'> }): ReactElement | null {
  const { t } = useTranslation('application')
  const { day } = useFormat()
  const [statement, setStatement] = useState('')
  const act = useAct('explainObjection')
  if (!application.allowed.some(({ event }) => event === 'explain')) return null
  const asked = application.events.findLast(({ event }) => event === 'hear')?.reason ?? ''
  return (
    <Sheet
      title={t('explain.what')}
      aside={
        application.deadlineOn !== null && (
          <Deadline workingDaysLeft={application.workingDaysLeft} on={day(application.deadlineOn)} />
        )
      }
    >
      <div className="sheet-body stack">
        <blockquote>{asked}</blockquote>
        <AreaField
          label={t('explain.statement')}
          help={t('explain.help')}
          rows={4}
          value={statement}
          onChange={setStatement}
          maxLength={4000}
        />
        <p>
          <button
            type="button"
            className="button"
            disabled={statement.trim().length < 10 || act.isPending}
            onClick={() => act.mutate({ params: { id: application.id }, body: { statement } })}
          >
            {t('explain')}
          </button>
        </p>
        <ErrorNote error={act.error} />
      </div>
    </Sheet>
  )
}
