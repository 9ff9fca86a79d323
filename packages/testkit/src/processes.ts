// Processes that a test began: whom they began in turn, and signals to them.
import { readdirSync, readFileSync } from 'node:fs'

/** A process and those that it began itself. */
export function familyOf(pid: number): readonly number[] {
  const all = readdirSync('/proc').filter((each) => /^\d+$/.test(each))
  return [pid, ...all.filter((each) => parentOf(each) === pid).map(Number)]
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1])
  } catch {
    return 0
  }
}

/** The processes of the PostgreSQL whose files are in a folder, the first of which began the others; none when it is away. */
export function postgresIn(data: string): readonly number[] {
  try {
    const [first = ''] = readFileSync(`${data}/postmaster.pid`, 'utf8').split('\n')
    return familyOf(Number(first))
  } catch {
    return []
  }
}

/** It may have ended meanwhile. */
export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
