// COPY as streams: a table leaves as PostgreSQL's own text rows and comes in again, never held in memory whole. Text and
// not binary, because text is what PostgreSQL promises to read across its versions.
import type pg from 'pg'

interface Wire extends pg.Connection {
  readonly sendCopyFromChunk: (chunk: Uint8Array) => void
  readonly endCopyFrom: () => void
  readonly sendCopyFail: (why: string) => void
}

/** What pg's client calls while a query of ours runs. */
interface WireQuery extends pg.Submittable {
  readonly handleCopyInResponse: (wire: Wire) => void
  readonly handleCopyData: (message: { readonly chunk: Uint8Array }) => void
  readonly handleCommandComplete: () => void
  readonly handleReadyForQuery: () => void
  readonly handleError: (error: Error) => void
}

/** So much may wait for whoever reads before the server is told to wait. */
const MOST_WAITING = 1024 * 1024

/** @returns the rows that `copy … to stdout` sends, in chunks of whole rows */
export async function* copyOut(client: pg.Client, statement: string): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = []
  let bytes = 0
  let wire: Wire | undefined
  const end: { over: boolean; error?: Error } = { over: false }
  let wake: () => void = () => undefined
  client.query<WireQuery>({
    submit: (connection) => {
      wire = connection as Wire
      wire.query(statement)
    },
    handleCopyInResponse: () => undefined,
    handleCopyData: ({ chunk }) => {
      // The parser's buffer is used again: what is kept longer is a copy.
      waiting.push(Uint8Array.from(chunk))
      bytes += chunk.length
      if (bytes > MOST_WAITING) wire!.stream.pause()
      wake()
    },
    handleCommandComplete: () => undefined,
    handleReadyForQuery: () => {
      end.over = true
      wake()
    },
    handleError: (error) => {
      Object.assign(end, { over: true, error })
      wake()
    },
  })
  for (;;) {
    if (waiting.length > 0) {
      const taken = waiting
      waiting = []
      bytes = 0
      wire!.stream.resume()
      yield Buffer.concat(taken)
    } else if (end.over) break
    else await new Promise<void>((resolve) => (wake = resolve))
  }
  if (end.error !== undefined) throw end.error
}

/** Sends rows to `copy … from stdin`; when the source fails, the statement fails and nothing of it stays. */
export function copyIn(client: pg.Client, statement: string, rows: AsyncIterable<Uint8Array>): Promise<void> {
  return new Promise((resolve, reject) => {
    const fate = { over: false }
    const fail = (error: unknown): void => {
      fate.over = true
      reject(error as Error)
    }
    client.query<WireQuery>({
      submit: (connection) => connection.query(statement),
      handleCopyInResponse: (wire) => {
        send(wire, rows, () => fate.over).then(
          () => {
            if (!fate.over) wire.endCopyFrom()
          },
          (error: unknown) => {
            fail(error)
            wire.sendCopyFail('the source of the rows failed')
          },
        )
      },
      handleCopyData: () => undefined,
      handleCommandComplete: () => undefined,
      handleReadyForQuery: resolve,
      handleError: fail,
    })
  })
}

async function send(wire: Wire, rows: AsyncIterable<Uint8Array>, over: () => boolean): Promise<void> {
  for await (const chunk of rows) {
    if (over()) return
    wire.sendCopyFromChunk(chunk)
    if (wire.stream.writableNeedDrain) await drained(wire.stream)
  }
}

function drained(stream: Wire['stream']): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.on('drain', done)
    stream.on('close', done)
  })
}
