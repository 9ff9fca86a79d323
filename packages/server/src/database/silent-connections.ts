// A machine that is gone without a word answers nothing and breaks nothing off: who waits for it waits for a quarter of an
// hour, for so long does TCP send again. So a connection that waits for an answer and hears nothing is asked about over
// another one to the same machine: where that machine does not answer either, or says that it is not at work for it, the
// connection is given up, and its work is refused as when the database is away. What takes long but is at work goes on.
import { Socket } from 'node:net'
import pg from 'pg'

/** What `pg` keeps of a connection beyond its documented parts. */
interface Watched {
  readonly readyForQuery: boolean
  readonly processID: number
  readonly connection: { readonly stream: Socket }
  readonly on: (event: 'end', act: () => void) => unknown
}

interface Heard {
  /** chunks that came so far */
  chunks: number
  /** how many had come when it was last seen to wait, or null when it did not wait */
  waitingSince: number | null
}

export interface Patience {
  /** how often connections are looked at: silence is noticed after one to two of these */
  readonly everyMs: number
  /** for so long the machine may take to answer: under load it answers late, and is at work */
  readonly probeMs: number
}

const PATIENCE: Patience = { everyMs: 3_000, probeMs: 10_000 }

/**
 * @param settings those of the pool
 */
export function giveUpSilent(pool: pg.Pool, settings: pg.ClientConfig, patience = PATIENCE): void {
  const heard = new Map<Watched, Heard>()
  pool.on('connect', (client) => {
    const watched = client as unknown as Watched
    const entry: Heard = { chunks: 0, waitingSince: null }
    heard.set(watched, entry)
    watched.connection.stream.on('data', () => (entry.chunks += 1))
    watched.on('end', () => heard.delete(watched))
  })
  const look = async (client: Watched, entry: Heard): Promise<void> => {
    const { chunks, waitingSince } = entry
    entry.waitingSince = client.readyForQuery ? null : chunks
    if (client.readyForQuery || waitingSince !== chunks) return
    if (await isAtWork(client, settings, patience)) return
    if (client.readyForQuery || entry.chunks !== chunks) return
    const silent = Object.assign(new Error('the database has fallen silent'), { code: 'ECONNRESET' })
    client.connection.stream.destroy(silent)
  }
  const timer = setInterval(() => {
    for (const [client, entry] of heard) void look(client, entry)
    if (pool.ended) clearInterval(timer)
  }, patience.everyMs)
  timer.unref()
}

/** Whether the machine at the other end answers and is at work for this connection. */
async function isAtWork(client: Watched, settings: pg.ClientConfig, { probeMs }: Patience): Promise<boolean> {
  const { remoteAddress, remotePort } = client.connection.stream
  const probe = new pg.Client({
    ...settings,
    // as who signed in, who alone sees what these connections do
    options: '',
    application_name: 'suanquan-probe',
    connectionTimeoutMillis: probeMs,
    query_timeout: probeMs,
    ...(remoteAddress === undefined ? {} : { stream: () => new SocketTo(remoteAddress, remotePort!) }),
  })
  probe.on('error', () => undefined)
  try {
    await probe.connect()
    const { rows } = await probe.query<{ at_work: boolean }>(
      `select state in ('active', 'fastpath function call') as at_work from pg_stat_activity where pid = $1`,
      [client.processID],
    )
    return rows[0]?.at_work === true
  } catch {
    return false
  } finally {
    probe.end().catch(() => undefined)
  }
}

/** Connects to one machine, whatever it is told. */
class SocketTo extends Socket {
  readonly #address: string
  readonly #port: number

  constructor(address: string, port: number) {
    super()
    this.#address = address
    this.#port = port
  }

  override connect(): this {
    return super.connect(this.#port, this.#address)
  }
}
