// A database of several machines, of which one takes writes at a time: `postgres://user@one,two:5433/db` as libpq reads it.
// Each connection asks all of them which is no standby and goes there, so that after a promotion the next connection finds
// its way by itself. `target_session_attrs=read-write` is what always holds here; saying it does no harm.
import { Socket } from 'node:net'
import pg from 'pg'

interface Host {
  readonly host: string
  readonly port: number
}

/** A standby or a machine that does not answer in this time is not where to write. */
const PROBE_MS = 3_000

/** @returns what `pg` needs for an address of several hosts, or null for one host */
export function severalHosts(url: string): pg.ClientConfig | null {
  const parts = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*,[^/?#@]*)((?:[/?#].*)?)$/.exec(url)
  if (parts === null) return null
  const [, before = '', list = '', after = ''] = parts
  const hosts = list.split(',').map((each) => {
    const [, host = '', port = '5432'] = /^(.*?)(?::(\d+))?$/.exec(each)!
    return { host, port: Number(port) }
  })
  const rest = after.replace(/([?&])target_session_attrs=[\w-]+&?/, '$1').replace(/[?&]$/, '')
  const urlOf = ({ host, port }: Host): string => `${before}${host}:${port}${rest}`
  return {
    connectionString: urlOf(hosts[0]!),
    stream: () => new WriterSocket(() => writerOf(hosts, urlOf)),
  }
}

/** Connects to whichever host takes writes at that moment, whatever it is told. */
class WriterSocket extends Socket {
  readonly #writer: () => Promise<Host>

  constructor(writer: () => Promise<Host>) {
    super()
    this.#writer = writer
  }

  override connect(): this {
    this.#writer().then(
      ({ host, port }) => super.connect(port, host),
      (error: Error) => this.destroy(error),
    )
    return this
  }
}

async function writerOf(hosts: readonly Host[], urlOf: (host: Host) => string): Promise<Host> {
  try {
    return await Promise.any(hosts.map((host) => takesWrites(host, urlOf(host))))
  } catch {
    const names = hosts.map(({ host, port }) => `${host}:${port}`).join(', ')
    throw Object.assign(new Error(`none of ${names} takes writes`), { code: 'ECONNREFUSED' })
  }
}

async function takesWrites(host: Host, connectionString: string): Promise<Host> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: PROBE_MS,
    query_timeout: PROBE_MS,
    application_name: 'suanquan-probe',
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
    if (rows[0]!.standby) throw new Error('a standby')
    return host
  } finally {
    client.end().catch(() => undefined)
  }
}
