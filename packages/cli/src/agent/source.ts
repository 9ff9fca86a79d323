// Asking a source over HTTP: the whole body of an answer that is one, else a refusal that says which source and why.
import { Refused } from '../output.ts'

const PATIENCE_MS = 120_000

export interface Question {
  /** how the refusal calls the source */
  readonly name: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

export async function ask({ name, url, headers }: Question): Promise<string> {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) })
    const text = await answer.text()
    if (answer.ok) return text
    throw failed(name, `${answer.status} ${text.slice(0, 120)}`)
  } catch (error) {
    if (error instanceof Refused) throw error
    const { message, cause } = error as Error
    throw failed(name, cause instanceof Error ? cause.message : message)
  }
}

export function failed(source: string, said: string): Refused {
  return new Refused({ code: 'agent.source_failed', params: { source, said: said.slice(0, 200) } })
}
