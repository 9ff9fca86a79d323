// Many rows at a fraction of a query's cost: PostgreSQL's binary copy, a row a message, without a text in between.
import type pg from 'pg'

/** What a client of `pg` calls on a query that speaks the protocol itself. */
interface Submitted extends pg.Submittable {
  readonly handleCopyData: (message: { readonly chunk: Buffer }) => void
  readonly handleCommandComplete: () => void
  readonly handleReadyForQuery: () => void
  readonly handleError: (error: Error) => void
}

/**
 * @param query whose rows are copied; its values stand in it, so it holds numbers of ours and nothing from outside
 * @param take called with each row as it comes: fields as a length of four bytes (−1: null) and their binary form. The
 * bytes are valid during the call only
 */
export async function copyOut(
  client: pg.ClientBase,
  query: string,
  take: (row: Buffer) => void,
): Promise<void> {
  let failure: unknown = null
  await new Promise<void>((resolve, reject) => {
    let rows = 0
    const submitted: Submitted = {
      submit: (connection) => connection.query(`copy (${query}) to stdout (format binary)`),
      handleCopyData: ({ chunk }) => {
        try {
          const row = rows++ === 0 ? chunk.subarray(HEADER) : chunk
          if (failure === null && row.length > 2) take(row.subarray(2))
        } catch (error) {
          failure = error
        }
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    }
    client.query(submitted)
  })
  if (failure !== null) throw failure
}

/** Signature, flags and the length of no extension; the first row follows in the same message or the next. */
const HEADER = 19
