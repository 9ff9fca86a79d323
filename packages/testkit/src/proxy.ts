// A network that misbehaves: a TCP proxy on loopback which a test tears, holds up or lets go silent.
import { connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'

export interface TornNetwork {
  readonly port: number
  /** breaks every connection with a reset */
  readonly reset: () => void
  /** half-open: what flows on the connections of this moment vanishes, and nobody is told; new ones work */
  readonly silence: () => void
  /** every chunk from then on is this late */
  readonly delay: (milliseconds: number) => void
  readonly stop: () => Promise<void>
}

/** A unix socket has no reset: it closes. */
function reset(socket: Socket): void {
  if (socket.remoteAddress === undefined) socket.destroy()
  else socket.resetAndDestroy()
}

/**
 * @param target where it leads: a port of this machine, or the path of a unix socket
 * @param listenOn a port of one's own; any free one when left out
 */
export async function tornNetwork(target: number | string, listenOn = 0): Promise<TornNetwork> {
  interface Pair {
    readonly sockets: readonly [Socket, Socket]
    silent: boolean
  }
  const pairs = new Set<Pair>()
  let late = 0
  const server = createServer((near) => {
    const far = typeof target === 'number' ? connect(target, '127.0.0.1') : connect(target)
    const pair: Pair = { sockets: [near, far], silent: false }
    pairs.add(pair)
    const carry = (from: Socket, to: Socket): void => {
      from.on('data', (chunk) => {
        const send = (): void => void (pair.silent || to.destroyed || to.write(chunk))
        if (late > 0) setTimeout(send, late)
        else send()
      })
      from.on('error', () => to.destroy())
      from.on('close', () => {
        pairs.delete(pair)
        setTimeout(() => to.destroy(), late)
      })
    }
    carry(near, far)
    carry(far, near)
  })
  await once(server.listen(listenOn, '127.0.0.1'), 'listening')
  const { port } = server.address() as { port: number }
  const breakAll = (): void => {
    for (const { sockets } of pairs) for (const socket of sockets) reset(socket)
    pairs.clear()
  }
  return {
    port,
    reset: breakAll,
    silence: () => {
      for (const pair of pairs) pair.silent = true
    },
    delay: (milliseconds) => (late = milliseconds),
    stop: async () => {
      breakAll()
      server.close()
      await once(server, 'close')
    },
  }
}
