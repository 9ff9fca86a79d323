// A server in a process of its own, so that it can die, whole or with a bug planted in it; and clients that ask again under
// the same key until they have a final answer, as the portal and any careful program do.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Outcome } from '@suanquan/api'
import type { CrashPoint } from '@suanquan/server'

/** A fault in the source text: what stands there and what stands there instead. */
export interface PlantedBug {
  /** below packages/server/src */
  readonly file: string
  readonly from: string
  readonly to: string
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const source = join(root, 'packages/server/src')
let bundles = 0

export interface ServerProgram {
  readonly path: string
  readonly remove: () => void
}

/**
 * A build of the server that starts from the JSON in `SERVER` and dies at a named point when it is told to.
 * @param bug planted into it; each place must be there once
 */
export async function serverProgram(...bugs: readonly PlantedBug[]): Promise<ServerProgram> {
  const { build } = await import('vite')
  const folder = join(root, '.cache', `faults-${process.pid}-${bundles++}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', version: '0.0.0' }))
  const planted = new Set<PlantedBug>()
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['source'] },
    ssr: { noExternal: [/^@suanquan/], resolve: { conditions: ['source', 'node'] } },
    build: { ssr: join(source, 'main.ts'), outDir: join(folder, 'dist'), minify: false },
    plugins: [
      {
        name: 'planted-bugs',
        enforce: 'pre',
        transform: (text, id) => {
          let changed = text
          for (const bug of bugs) {
            if (id !== join(source, bug.file)) continue
            if (changed.split(bug.from).length !== 2) throw new Error(`no place for the bug in ${bug.file}`)
            changed = changed.replace(bug.from, () => bug.to)
            planted.add(bug)
          }
          return changed === text ? null : changed
        },
      },
    ],
  })
  if (planted.size !== bugs.length) throw new Error('a bug was not planted')
  const path = join(folder, 'dist', 'mortal.js')
  writeFileSync(path, MORTAL)
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Programme time runs `rate` times as fast as the wall clock from the moment `at`. */
const MORTAL = `import { startServer } from './main.js'
let armed
process.on('message', async ({ arm = null, tick }) => {
  armed = arm
  if (!tick) return
  await server.tick(clock()).catch(() => undefined)
  armed = null
  process.send('ticked')
})
process.on('disconnect', () => process.exit())
const { at, since, rate, ...options } = JSON.parse(process.env.SERVER)
const crash = (point) => {
  if (armed?.point === point && --armed.passes <= 0) process.kill(process.pid, 'SIGKILL')
}
const clock = () => at + (Date.now() - since) * rate
const server = await startServer({ ...options, clock, requestsPerMinute: 0, crash })
process.send('ready')`

export interface MortalServer {
  /** of the process at this moment */
  readonly pid: () => number
  /** kill -9, then a new process on the same port. @returns for how many milliseconds there was none, as do the others */
  readonly kill: (meanwhile?: () => Promise<void>) => Promise<number>
  /** waits until it dies of itself, passing the point for the so-manieth time; then a new process */
  readonly crashAt: (point: CrashPoint, passes?: number) => Promise<number>
  /** lets time act once, dying at the point if it is passed so often. @returns whether it died */
  readonly tick: (point?: CrashPoint, passes?: number) => Promise<boolean>
  /** starts anew with other options */
  readonly restart: (options: object) => Promise<number>
  readonly stop: () => Promise<void>
}

/** @param program of `serverProgram` */
export async function mortalServer(program: string, options: object): Promise<MortalServer> {
  let current = options
  let over = false
  const start = async (): Promise<ChildProcess> => {
    const child = fork(program, { env: { ...process.env, SERVER: JSON.stringify(current) }, execArgv: [] })
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('the server does not start'))),
    ])
    return child
  }
  /** A database that is on its way back turns a server away that starts: it is started again. */
  const startAgain = async (): Promise<ChildProcess> => {
    for (let tries = 1; ; tries++) {
      if (over) return child
      try {
        return await start()
      } catch (error) {
        if (tries === 20) throw error
        await new Promise((done) => setTimeout(done, 250))
      }
    }
  }
  let child = await start()
  const again = async (end: () => void, meanwhile?: () => Promise<void>): Promise<number> => {
    const ended = once(child, 'exit')
    end()
    await ended
    const died = Date.now()
    await meanwhile?.()
    child = await startAgain()
    return Date.now() - died
  }
  return {
    pid: () => child.pid!,
    kill: (meanwhile) => again(() => child.kill('SIGKILL'), meanwhile),
    crashAt: (point, passes = 1) => again(() => child.send({ arm: { point, passes } })),
    tick: async (point, passes = 1) => {
      const ended = Promise.race([
        once(child, 'message').then(() => false),
        once(child, 'exit').then(() => true),
      ])
      child.send({ tick: true, ...(point === undefined ? {} : { arm: { point, passes } }) })
      const died = await ended
      if (died) child = await startAgain()
      return died
    },
    restart: (changed) => {
      current = { ...current, ...changed }
      return again(() => child.kill('SIGKILL'))
    },
    stop: async () => {
      over = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
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
  /** why: the codes of the answers that were not final */
  readonly codes: ReadonlySet<string>
  /** the final answer: carried out, or refused for a reason */
  readonly until: <Value>(ask: () => Promise<Outcome<Value>>) => Promise<Outcome<Value>>
}

/** After so long without an answer a careful client asks again, under the same key. */
const PATIENCE_MS = 3_000

/** @param giveUpMs asked for so long without a final answer, it throws */
export function persistence(giveUpMs: number): Persistence {
  let retries = 0
  const codes = new Set<string>()
  return {
    retries: () => retries,
    codes,
    until: async (ask) => {
      for (const started = Date.now(); ; retries++) {
        const outcome = await Promise.race([ask().catch(() => null), silence()])
        if (outcome !== null && (outcome.ok || outcome.problem.status < 500)) return outcome
        if (outcome !== null) codes.add(outcome.problem.code)
        if (Date.now() - started > giveUpMs) throw new Error('no final answer')
        await new Promise((done) => setTimeout(done, 200))
      }
    },
  }
}

function silence(): Promise<null> {
  return new Promise((done) => setTimeout(() => done(null), PATIENCE_MS).unref())
}
