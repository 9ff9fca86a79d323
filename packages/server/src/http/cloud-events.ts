// CloudEvents 1.0 over HTTP, in the three modes of its binding: one event as JSON (structured), several as a JSON list
// (batched), or attributes in `ce-` headers with the data as body (binary). All become one list of events as JSON tells them.
import type { IncomingHttpHeaders } from 'node:http'

/** @param body the JSON that came; with `ce-specversion` among the headers it is the data of one event */
export function eventsOf(headers: IncomingHttpHeaders, body: unknown): unknown {
  if (headers['ce-specversion'] === undefined) return Array.isArray(body) ? body : [body]
  const attributes = Object.entries(headers)
    .filter(([name]) => name.startsWith('ce-'))
    .map(([name, value]): [string, string] => [name.slice('ce-'.length), decoded(String(value))])
  return [{ ...Object.fromEntries(attributes), data: body }]
}

/** Header values are percent-encoded there; what is not is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/^"(.*)"$/, '$1'))
  } catch {
    return text
  }
}
