// A disk of its own in a file, which loses power: what a program wrote and nobody forced out is gone. The file is what the
// disk holds at a moment; what the kernel still keeps for it in memory is not in it. A copy of the file taken while nothing
// was written to it is the disk after the cut.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemProgram, type Missing } from './system-programs.ts'

export interface LoopDisk {
  /** where it is mounted */
  readonly folder: string
  /** the power is cut here; whoever writes must stand still */
  readonly cut: () => void
  /** the power is back: the same place with what was there at the cut. Nobody may hold anything of it open */
  readonly restore: () => void
  readonly remove: () => void
}

/** What loop disks need and this machine lacks, or null. */
export function missingForLoopDisks(): Missing | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { missing: 'only root on Linux may mount a file system' }
  if (systemProgram('mkfs.ext4') === null) return { missing: 'there is no mkfs.ext4 (Debian: e2fsprogs)' }
  try {
    loopDisk(16).remove()
    return null
  } catch (error) {
    return { missing: `no file can be mounted here: ${String(error)}` }
  }
}

export function loopDisk(megabytes: number): LoopDisk {
  const place = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'suanquan-disk-'))
  const [image, taken, folder] = ['image', 'taken', 'mounted'].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ]
  mkdirSync(folder)
  run('truncate', '-s', `${megabytes}M`, image)
  run('mkfs.ext4', '-q', image)
  run('mount', '-o', 'loop', image, folder)
  return {
    folder,
    cut: () => {
      for (let tries = 1; ; tries++) {
        run('cp', '--sparse=always', image, taken)
        if (spawnSync('cmp', ['-s', image, taken]).status === 0) return
        if (tries === 20) throw new Error('the disk is written to all the time')
      }
    },
    restore: () => {
      release(folder)
      copyFileSync(taken, image)
      run('mount', '-o', 'loop', image, folder)
    },
    remove: () => {
      run('umount', '-l', folder)
      rmSync(place, { recursive: true, force: true })
    },
  }
}

/** Who was killed lets go of what it had open a moment later. */
function release(folder: string): void {
  for (let tries = 1; ; tries++) {
    if (spawnSync('umount', [folder]).status === 0) return
    if (tries === 100) run('umount', folder)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  }
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(systemProgram(program) ?? program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr.trim()}`)
}
