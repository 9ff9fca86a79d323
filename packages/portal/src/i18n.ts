// Texts in two languages, one file a module and language, loaded when a page first needs them.
import i18next, { type BackendModule, type ReadCallback } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { asLanguage, type Language } from './format/language.ts'

const STORED = 'suanquan.language'

const files = import.meta.glob<{ default: Record<string, string> }>('./locales/*/*.json')

const localeFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language: string, namespace: string, callback: ReadCallback) => {
    const load = files[`./locales/${language}/${namespace}.json`]
    if (load === undefined) return callback(new Error(`no texts: ${language}/${namespace}`), null)
    load().then(
      (texts) => callback(null, texts.default),
      (error: Error) => callback(error, null),
    )
  },
}

export async function startTexts(): Promise<void> {
  await i18next
    .use(localeFiles)
    .use(initReactI18next)
    .init({
      lng: storedLanguage(),
      fallbackLng: false,
      load: 'currentOnly',
      ns: ['shell', 'components'],
      defaultNS: 'shell',
      // keys are flat: `deadline.left` is one key, so that both languages compare line by line
      keySeparator: false,
      interpolation: { escapeValue: false },
    })
  markPage()
  i18next.on('languageChanged', markPage)
}

export function currentLanguage(): Language {
  return asLanguage(i18next.language)
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language)
  await i18next.changeLanguage(language)
}

function storedLanguage(): Language {
  return asLanguage(localStorage.getItem(STORED))
}

function markPage(): void {
  document.documentElement.lang = currentLanguage()
}
