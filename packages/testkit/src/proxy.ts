// A network that misbehaves: a TCP proxy on loopback which a test tears, holds up, cuts or lets go silent.
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
  /** nothing passes, on new connections either, and nobody is told */
  readonly cut: () => void
  /** the end of a cut: what was held up goes on its way, as what TCP sends again does */
  readonly mend: () => void
  readonly stop: () => Promise<void>
}

interface Pair {
  readonly sockets: readonly [Socket, Socket]
  silent: boolean
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
  const pairs = new Set<Pair>()
  let late = 0
  let isCut = false
  const carry = (pair: Pair, from: Socket, to: Socket): void => {
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
    if (isCut) from.pause()
  }
  const server = createServer((near) => {
    const far = typeof target === 'number' ? connect(target, '127.0.0.1') : connect(target)
    const pair: Pair = { sockets: [near, far], silent: false }
    pairs.add(pair)
    carry(pair, near, far)
    carry(pair, far, near)
  })
  await once(server.listen(listenOn, '127.0.0.1'), 'listening')
  const { port } = server.address() as { port: number }
  const each = (act: (socket: Socket) => void): void => {
    for (const { sockets } of pairs) for (const socket of sockets) act(socket)
  }
  const breakAll = (): void => {
    each(reset)
    pairs.clear()
  }
  return {
    port,
    reset: breakAll,
    silence: () => {
      for (const pair of pairs) pair.silent = true
    },
    delay: (milliseconds) => (late = milliseconds),
    cut: () => {
      isCut = true
      each((socket) => socket.pause())
    },
    mend: () => {
      isCut = false
      each((socket) => socket.resume())
    },
    stop: async () => {
      breakAll()
      server.close()
      await once(server, 'close')
    },
  }
}
