import { useLanguage } from './use-language.ts'

/** Text that the server sends in both languages. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** Picks the language of the page. */
export function useSay(): (text: Bilingual) => string {
  const language = useLanguage()
  return (text) => (language === 'zh-CN' ? text.zh : text.en)
}
