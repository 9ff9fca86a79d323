// A refusal in the page's language: what is wrong and how to mend it, with its stable code for those who help.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Refused, Unreachable } from '../client/call.ts'
import type { Language } from '../format/language.ts'
import { Note } from './empty-state.tsx'
import { useLanguage } from './use-language.ts'

export function ErrorNote({ error }: { error: Error | null }): ReactElement | null {
  const { t } = useTranslation('components')
  const language = useLanguage()
  if (error === null) return null
  if (!(error instanceof Refused)) {
    return (
      <Note tone="stopped">{t(error instanceof Unreachable ? 'error.unreachable' : 'error.strange')}</Note>
    )
  }
  const { code, requestId } = error.problem
  return (
    <Note tone="stopped">
      {messageOf(error, language)}
      <span className="code">{requestId === undefined ? code : t('error.code', { code, requestId })}</span>
    </Note>
  )
}

export function messageOf(error: Refused, language: Language): string {
  return error.problem.message[language === 'zh-CN' ? 'zh' : 'en']
}
