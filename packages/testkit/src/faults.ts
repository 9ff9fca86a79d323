// A server in a process of its own, so that it can die; and clients that ask again under the same key until they have a
// final answer, as the portal and any careful program do.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from '@suanquan/api'

export interface MortalServer {
  /** kill -9, then a new process on the same port */
  readonly kill: () => Promise<void>
  /** dies of itself when the next command is committed and before it is answered; then a new process */
  readonly crashAfterCommit: () => Promise<void>
  readonly stop: () => Promise<void>
}

/**
 * @param program a built module that starts a server from the JSON in `SERVER`, says `ready` to its parent, and after any
 * message from it kills itself at the next `afterCommit`
 */
export async function mortalServer(program: string, options: object): Promise<MortalServer> {
  const start = async (): Promise<ChildProcess> => {
    const child = fork(program, { env: { ...process.env, SERVER: JSON.stringify(options) }, execArgv: [] })
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('the server does not start'))),
    ])
    return child
  }
  let child = await start()
  const again = async (end: () => void): Promise<void> => {
    const over = once(child, 'exit')
    end()
    await over
    child = await start()
  }
  return {
    kill: () => again(() => child.kill('SIGKILL')),
    crashAfterCommit: () => again(() => child.send('crash')),
    stop: async () => {
      const over = once(child, 'exit')
      child.kill('SIGKILL')
      await over
    },
  }
}

/** kill -9 of the database server whose cluster is in a folder of the launcher. */
export function killPostgres(folder: string): void {
  const [pid = ''] = readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(pid), 'SIGKILL')
}

export interface Persistence {
  /** how often something was asked again */
  readonly retries: () => number
  /** the final answer: carried out, or refused for a reason; gives up after two minutes */
  readonly until: <Value>(ask: () => Promise<Outcome<Value>>) => Promise<Outcome<Value>>
}

export function persistence(): Persistence {
  let retries = 0
  return {
    retries: () => retries,
    until: async (ask) => {
      for (const started = Date.now(); ; retries++) {
        const outcome = await ask().catch(() => null)
        if (outcome !== null && (outcome.ok || outcome.problem.status < 500)) return outcome
        if (Date.now() - started > 120_000) throw new Error('no answer for two minutes')
        await new Promise((done) => setTimeout(done, 200))
      }
    },
  }
}
