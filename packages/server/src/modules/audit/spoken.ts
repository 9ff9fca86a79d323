import { refusals, sentence, type RefusalCode } from '@suanquan/api'

/** A refusal's sentence as a heading: without the values it was given. */
export function spoken(code: string): { zh: string; en: string } {
  if (!Object.hasOwn(refusals, code)) return { zh: code, en: code }
  const refusal = { code: code as RefusalCode, params: {} }
  const bare = (language: 'zh' | 'en'): string =>
    sentence(refusal, language).replace(/[（(“"「]?\{\w+\}[）)”"」]?/g, '…')
  return { zh: bare('zh'), en: bare('en') }
}
