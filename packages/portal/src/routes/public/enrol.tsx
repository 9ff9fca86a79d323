import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'

/** A new person sets a password with the code the administrator handed over. */
export function Enrol(): ReactElement {
  const { t } = useTranslation('identity')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const act = useMutation({ mutationFn: () => call('enrol', { body: { code: code.trim(), password } }) })
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate()
  }
  return (
    <Page title={t('enrol.title')} lead={t('enrol.lead')}>
      <div className="narrow">
        {act.isSuccess && (
          <Note tone="done">
            {t('enrol.done')} <Link to="/sign-in">{t('form')}</Link>
          </Note>
        )}
        <Sheet title={t('enrol.form')}>
          <form className="sheet-body stack" onSubmit={submit}>
            <TextField label={t('enrol.code')} value={code} onChange={setCode} maxLength={200} />
            <TextField
              label={t('enrol.password')}
              help={t('password.help')}
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={setPassword}
            />
            <ErrorNote error={act.error} />
            <button className="button" disabled={act.isPending || code === '' || password === ''}>
              {t('enrol.set')}
            </button>
          </form>
        </Sheet>
      </div>
    </Page>
  )
}
