// Where an application stands, for whoever knows its number and the credit code: no names, only the way.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import type { ApplicationState } from '../../features/application/tone.ts'
import { grantsOf } from '../../features/application/grants.ts'
import { Way } from '../../features/application/way.tsx'

export function Progress(): ReactElement {
  const { t } = useTranslation(['disclosure', 'words'])
  const [number, setNumber] = useState('')
  const [creditCode, setCreditCode] = useState('')
  const act = useAct('readProgress')
  const found = act.data
  const ready = number.trim() !== '' && creditCode.trim() !== ''
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (ready) act.mutate({ body: { number, creditCode } })
  }
  return (
    <Page
      title={
        found === undefined
          ? t('progress.title')
          : t('progress.found', { number: found.number, state: t(wordOf(found.state)) })
      }
      lead={
        found === undefined
          ? t('progress.lead')
          : t(`progress.next.${found.nextActor}` as 'progress.next.public', { context: grantsOf(found.way) })
      }
    >
      {found !== undefined && <Way standing={found} />}
      <Sheet title={t('progress.form')}>
        <form className="form" onSubmit={submit}>
          <TextField
            label={t('progress.number')}
            help={t('progress.number_help')}
            value={number}
            onChange={setNumber}
            maxLength={40}
          />
          <TextField
            label={t('progress.code')}
            help={t('progress.code_help')}
            value={creditCode}
            onChange={setCreditCode}
            maxLength={40}
          />
          <div className="wide stack">
            <ErrorNote error={act.error} />
            <button className="button" disabled={!ready || act.isPending}>
              {t('progress.look')}
            </button>
          </div>
        </form>
      </Sheet>
    </Page>
  )
}

function wordOf(state: string): `words:application.${ApplicationState}` {
  return `words:application.${state as ApplicationState}`
}
