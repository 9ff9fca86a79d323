// Requests that must be refused, many at a time: each with its code, and together without a changed row.
import { digestOf } from './proof.ts'
import type { RawCall, RawRequest } from './raw-client.ts'
import type { TestDatabase } from './test-database.ts'

export type RefusalCase = readonly [
  what: string,
  who: RawCall,
  call: string,
  request: RawRequest,
  status: number,
  code: string,
]

/** What was answered otherwise than expected; and whether any row but the trail's has changed. */
export async function wrongRefusals(store: TestDatabase, cases: readonly RefusalCase[]): Promise<string[]> {
  const wrong: string[] = []
  const before = (await digestOf(store)).split('\n')
  for (const [what, who, call, request, status, code] of cases) {
    const answer = await who(call, request)
    const got = answer.status >= 400 ? answer.problem.code : 'done'
    if (answer.status !== status || got !== code) wrong.push(`${what}: ${answer.status} ${got}`)
  }
  const after = (await digestOf(store)).split('\n')
  return [...wrong, ...after.filter((part) => !before.includes(part)).map((part) => `changed: ${part}`)]
}
