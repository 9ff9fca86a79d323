// The two languages of the platform. Chinese is the first; what is stored and sent is language-free.
export const languages = ['zh-CN', 'en'] as const

export type Language = (typeof languages)[number]

export function asLanguage(text: string | null | undefined): Language {
  return text?.startsWith('en') ? 'en' : 'zh-CN'
}
