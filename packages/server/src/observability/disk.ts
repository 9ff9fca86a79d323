// Whether there is room to write: what free space says of the data folder, and what the last write said, since the
// database may have a disk of its own.
import { statfs } from 'node:fs/promises'
import type { World } from '../http/world-options.ts'

/** Below this the platform still works and somebody must act: two uploads and the files that PostgreSQL keeps ahead. */
const LOW_BYTES = 256 * 1024 * 1024

/** A refused write tells for so long that the disk is full; the next refusal tells it anew. */
const TOLD_MS = 60_000

export async function diskTrouble(world: World): Promise<'disk_full' | 'disk_low' | null> {
  const { diskFullAt } = world.trouble
  if (diskFullAt !== null && world.wallClock() - diskFullAt < TOLD_MS) return 'disk_full'
  const { bavail, bsize } = await statfs(world.dataFolder)
  return bavail * bsize < LOW_BYTES ? 'disk_low' : null
}
