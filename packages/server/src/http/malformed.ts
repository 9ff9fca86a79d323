// The first thing that is wrong with an input, as a refusal that says where and what, in both languages.
import type { Refusal } from '@suanquan/core'
import { z } from 'zod'

type Malformed = Refusal<'request.malformed'>

const { localeError: inChinese } = z.locales.zhCN()

export function malformed(part: 'path' | 'query' | 'body', error: z.ZodError): Malformed {
  const issue = error.issues[0]!
  const where = [part, ...issue.path.map(String)].join('.')
  const chinese = inChinese(issue as z.core.$ZodRawIssue)
  const zh = (typeof chinese === 'string' ? chinese : chinese?.message) ?? '不符合要求'
  return malformedAt(where, { zh, en: issue.message })
}

export function malformedAt(where: string, why: { readonly zh: string; readonly en: string }): Malformed {
  return { code: 'request.malformed', params: { where, why: why.en, whyZh: why.zh } }
}
