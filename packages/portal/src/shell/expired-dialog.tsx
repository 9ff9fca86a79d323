import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { setExpired, useExpired } from '../client/expiry.ts'
import { Dialog } from '../components/dialog.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** The session ran out while a page was open: signing in again here loses nothing that was typed. */
export function ExpiredDialog(): ReactElement {
  const { t } = useTranslation('shell')
  const expired = useExpired()
  return (
    <Dialog title={t('expired.title')} open={expired} onClose={() => setExpired(false)} actions={null}>
      <p className="quiet">{t('expired.reason')}</p>
      <SignInForm onDone={() => setExpired(false)} />
    </Dialog>
  )
}
