import { useTranslation } from 'react-i18next'
import { asLanguage, type Language } from '../format/language.ts'

/** The language of the page; the component is drawn anew when it changes. */
export function useLanguage(): Language {
  return asLanguage(useTranslation().i18n.language)
}
