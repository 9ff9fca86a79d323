// The first thing that is wrong with an input, as a refusal that says where and what.
import type { Refusal } from '@suanquan/core'
import type { z } from 'zod'

export function malformed(part: 'path' | 'query' | 'body', error: z.ZodError): Refusal<'request.malformed'> {
  const issue = error.issues[0]
  const where = [part, ...(issue?.path ?? []).map(String)].join('.')
  return { code: 'request.malformed', params: { where, what: issue?.message ?? 'not as expected' } }
}
