// Files that are there whole or not at all: written beside, flushed to the disk, then renamed. A reader, a crash or a
// full disk never leaves half a result under the name that was asked for.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The name beside a file under which it is written. */
export function draftOf(path: string): string {
  return `${path}.${process.pid}.part`
}

/** Writes a text whole. */
export function writeWhole(path: string, text: string): void {
  const draft = draftOf(path)
  try {
    writeFileSync(draft, text)
    settle(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Gives a draft that is whole its name. */
export function settle(draft: string, path: string): void {
  flush(draft)
  renameSync(draft, path)
  if (process.platform !== 'win32') flush(dirname(path))
}

function flush(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
