import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Note } from '../../components/empty-state.tsx'

/** An enrolment code, shown once. */
export function CodeNote({ code }: { code: string }): ReactElement {
  const { t } = useTranslation('people')
  return (
    <Note tone="done">
      {t('code.shown')} <code className="code">{code}</code>
    </Note>
  )
}
