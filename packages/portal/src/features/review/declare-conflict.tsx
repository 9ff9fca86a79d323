// 回避: a reviewer says that somebody else must decide this case, or anything of this firm.
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { ChoiceField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'

interface DeclareConflictProps {
  readonly about: 'application' | 'claim'
  readonly id: string
  readonly organisationId: string
}

/** Whether the signed-in reviewer stands aside in this case. */
function isDeclared(list: Answer<'listConflicts'>, ids: readonly string[]): boolean {
  return list.items.some(({ mine, objectId }) => mine && ids.includes(objectId))
}

/** What the reviewer decides with, unless a conflict is declared; below it, declaring one. */
export function UnlessDeclared({
  children,
  ...about
}: DeclareConflictProps & { children: ReactNode }): ReactElement {
  const { t } = useTranslation('review')
  const declared = isDeclared(useAnswer('listConflicts'), [about.id, about.organisationId])
  if (!declared) {
    return (
      <>
        {children}
        <DeclareConflict {...about} />
      </>
    )
  }
  return (
    <Sheet title={t('conflict')}>
      <div className="sheet-body">
        <Note tone="waits">{t('conflict.declared')}</Note>
      </div>
    </Sheet>
  )
}

function DeclareConflict({ about, id, organisationId }: DeclareConflictProps): ReactElement {
  const { t } = useTranslation('review')
  const [scope, setScope] = useState('case')
  const [reason, setReason] = useState('')
  const act = useAct('declareConflict')
  function submit(event: FormEvent): void {
    event.preventDefault()
    const whole = scope === 'firm'
    const object = whole
      ? ({ about: 'organisation', objectId: organisationId } as const)
      : { about, objectId: id }
    act.mutate({ body: { ...object, reason } })
  }
  return (
    <Sheet title={t('conflict')}>
      <details className="sheet-fold">
        <summary>{t('conflict.declare')}</summary>
        <form className="sheet-body stack" onSubmit={submit}>
          <ChoiceField
            label={t('conflict.scope')}
            value={scope}
            onChange={setScope}
            choices={(['case', 'firm'] as const).map((value) => ({
              value,
              label: t(`conflict.about.${value}`),
            }))}
          />
          <TextField
            label={t('conflict.reason')}
            help={t('conflict.why')}
            value={reason}
            onChange={setReason}
            maxLength={500}
          />
          <ErrorNote error={act.error} />
          <button className="button" data-kind="stop" disabled={act.isPending || reason.trim().length < 2}>
            {t('conflict.declare')}
          </button>
        </form>
      </details>
    </Sheet>
  )
}
