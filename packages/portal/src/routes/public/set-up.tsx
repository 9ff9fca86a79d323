import { useMutation } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'

/** The first-administrator ceremony: the token stands in the server's own log. */
export function SetUp(): ReactElement {
  const { t } = useTranslation(['identity', 'shell'])
  const site = useAnswer('readSite')
  const search: Record<string, unknown> = useSearch({ strict: false })
  const [token, setToken] = useState(String(search['token'] ?? ''))
  const [login, setLogin] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [password, setPassword] = useState('')
  const body = { token: token.trim(), login: login.trim(), displayName: displayName.trim(), password }
  const act = useMutation({ mutationFn: () => call('openSetup', { body }) })
  const ready = Object.values(body).every((value) => value !== '')
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate()
  }
  if (!site.settingUp && !act.isSuccess)
    return (
      <Page title={t('set_up.closed')} lead={t('set_up.closed.lead')}>
        <p>
          <Link to="/sign-in">{t('form')}</Link>
        </p>
      </Page>
    )
  return (
    <Page title={t('set_up.title')} lead={t('set_up.lead')}>
      <div className="narrow">
        {act.isSuccess && (
          <Note tone="done">
            {t('set_up.done')} <Link to="/sign-in">{t('form')}</Link>
          </Note>
        )}
        <Sheet title={t('set_up.form')}>
          <form className="sheet-body stack" onSubmit={submit}>
            <TextField
              label={t('set_up.token')}
              help={t('set_up.token_help')}
              value={token}
              onChange={setToken}
            />
            <TextField label={t('shell:login')} help={t('login.help')} value={login} onChange={setLogin} />
            <TextField label={t('set_up.name')} value={displayName} onChange={setDisplayName} />
            <TextField
              label={t('shell:password')}
              help={t('password.help')}
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={setPassword}
            />
            <ErrorNote error={act.error} />
            <button className="button" disabled={act.isPending || !ready}>
              {t('set_up.make')}
            </button>
          </form>
        </Sheet>
      </div>
    </Page>
  )
}
