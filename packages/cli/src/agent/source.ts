// Asking a source over HTTP: the whole body of an answer that is one, else a refusal that says which source and why. On the
// way it is heard what time the source thinks it is: hours and windows are bounded by each one's own clock.
import { Refused } from '../output.ts'

export interface Question {
  /** how the refusal calls the source */
  readonly name: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Manner {
  readonly patienceSeconds: number
  /** by source: how many seconds its clock is ahead of this machine's, as last heard */
  readonly clocks: Map<string, number>
}

export async function ask({ name, url, headers }: Question, manner: Manner): Promise<string> {
  try {
    const signal = AbortSignal.timeout(manner.patienceSeconds * 1000)
    const answer = await fetch(url, { headers, signal })
    hear(manner, name, answer.headers)
    const text = await answer.text()
    if (answer.ok) return text
    throw failed(name, `${answer.status} ${text.slice(0, 120)}`)
  } catch (error) {
    if (error instanceof Refused) throw error
    const { message, cause } = error as Error
    throw failed(name, cause instanceof Error ? cause.message : message)
  }
}

/** Every HTTP answer says when it was made, to the second. */
export function hear({ clocks }: Manner, name: string, headers: Headers): void {
  const said = Date.parse(headers.get('date') ?? '')
  if (Number.isFinite(said)) clocks.set(name, Math.round((said - Date.now()) / 1000))
}

export function failed(source: string, said: string): Refused {
  return new Refused({ code: 'agent.source_failed', params: { source, said: said.slice(0, 200) } })
}
