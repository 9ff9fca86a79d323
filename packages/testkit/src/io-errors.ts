// A disk that answers with errors: strace changes the answers of system calls of processes that run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { systemProgram, type Missing } from './system-programs.ts'

/** What injected errors need and this machine lacks, or null. */
export function missingForIoErrors(): Missing | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { missing: 'only root on Linux may change the answers of another process’s system calls' }
  return systemProgram('strace') === null ? { missing: 'there is no strace (Debian: strace)' } : null
}

/**
 * @param calls of the system, with a comma between them
 * @param answer an errno and when: `EIO:when=3+2` is each second from the third of a process
 * @returns the end of it: from then on the disk is sound
 */
export async function injectErrors(
  pids: readonly number[],
  calls: string,
  answer: string,
): Promise<() => Promise<void>> {
  const options = [
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    `trace=${calls}`,
    '-e',
    `inject=${calls}:error=${answer}`,
  ]
  const tracer = spawn(
    systemProgram('strace')!,
    [...options, ...pids.flatMap((pid) => ['-p', String(pid)])],
    {
      stdio: 'ignore',
    },
  )
  const ended = once(tracer, 'exit')
  for (const started = Date.now(); !pids.some((pid) => isTraced(pid, tracer.pid!));) {
    if (Date.now() - started > 10_000 || tracer.exitCode !== null) throw new Error('strace traces nothing')
    await new Promise((done) => setTimeout(done, 20))
  }
  return async () => {
    tracer.kill('SIGINT')
    await ended
  }
}

function isTraced(pid: number, by: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8').includes(`TracerPid:\t${by}\n`)
  } catch {
    return false
  }
}
