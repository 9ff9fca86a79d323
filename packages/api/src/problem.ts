// What a refusal looks like on the wire: RFC 9457 problem details with our stable code, its params and its sentence
// in both languages. `type` is a URN of the code; nothing in it depends on the host.
import type { Refusal } from '@suanquan/core'
import { z } from 'zod'
import { paramWords } from './refusals/words.ts'
import { refusals, type RefusalCode, type RefusalText } from './refusals/index.ts'

export const problem = z
  .object({
    type: z.string(),
    status: z.number().int(),
    code: z.string(),
    title: z.string(),
    message: z.object({ zh: z.string(), en: z.string() }),
    params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' })

export type Problem = z.output<typeof problem>

/**
 * The sentence of a refusal in one language, its `{names}` filled in; a list is joined as the language does, codes are
 * put in words, and a param that is itself a sentence comes as `name` in English and `nameZh` in Chinese.
 */
export function sentence(refusal: Refusal, language: 'zh' | 'en'): string {
  const text: RefusalText | undefined = refusals[refusal.code as RefusalCode]
  if (text === undefined) return refusal.code
  return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = (language === 'zh' ? refusal.params[`${name}Zh`] : undefined) ?? refusal.params[name]
    if (value === undefined) return whole
    const inWords = (each: unknown): string => paramWords[name]?.[String(each)]?.[language] ?? String(each)
    return Array.isArray(value) ? value.map(inWords).join(language === 'zh' ? '、' : ', ') : inWords(value)
  })
}

export function toProblem(refusal: Refusal, requestId?: string): Problem {
  const text: RefusalText | undefined = refusals[refusal.code as RefusalCode]
  const params: Problem['params'] = {}
  for (const [name, value] of Object.entries(refusal.params)) {
    params[name] =
      typeof value === 'bigint' ? value.toString() : typeof value === 'object' ? [...value] : value
  }
  const message = { zh: sentence(refusal, 'zh'), en: sentence(refusal, 'en') }
  return {
    type: `urn:suanquan:refusal:${refusal.code}`,
    status: text?.status ?? 422,
    code: refusal.code,
    title: message.en,
    message,
    params,
    ...(requestId === undefined ? {} : { requestId }),
  }
}
