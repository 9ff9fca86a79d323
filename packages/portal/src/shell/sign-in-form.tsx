import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn, type Session } from '../client/session.ts'
import { ErrorNote } from '../components/error-note.tsx'
import { TextField } from '../components/field.tsx'

export function SignInForm({ onDone }: { onDone: (session: Session) => void }): ReactElement {
  const { t } = useTranslation('shell')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const act = useMutation({ mutationFn: () => signIn(login.trim(), password), onSuccess: onDone })
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate()
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextField label={t('login')} name="login" autoComplete="username" value={login} onChange={setLogin} />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <ErrorNote error={act.error} />
      <button className="button" disabled={act.isPending || login === '' || password === ''}>
        {t('sign_in')}
      </button>
    </form>
  )
}
