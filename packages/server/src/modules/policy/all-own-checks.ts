// The measures of all places as data, so that a firm's browser works out for itself what the country offers it. Measures
// that nobody here adopted decide nothing; the firm's facts stay with the firm. Packed and compressed once, then sent to
// whoever does not hold the same bytes already.
import { accept } from '@suanquan/core'
import { packProgramme } from '@suanquan/core/policy'
import { createHash } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Download } from '../../http/mount.ts'
import type { Handler } from '../../http/world.ts'
import { ENGINE_VERSION } from './decision-record.ts'
import type { Library, LibraryEntry } from './library.ts'
import { placeOf } from './places.ts'

export function readAllOwnChecks(library: Library): Handler<'readAllOwnChecks'> {
  let packed: { readonly of: string; readonly file: Download } | undefined
  return {
    kind: 'query',
    run: async (_, { db }) => {
      const entries = published(await library.entries(db))
      const of = entries.map(({ hash }) => hash).join(' ')
      if (packed?.of !== of) packed = { of, file: fileOf(entries) }
      return accept(packed.file)
    },
  }
}

/** Each version once; what is only proposed gives nothing. */
function published(entries: readonly LibraryEntry[]): readonly LibraryEntry[] {
  const names = new Set<string>()
  return entries.filter(({ programme: { id, version, status } }) => {
    const name = `${id}@${version}`
    if (status === 'proposed' || names.has(name)) return false
    names.add(name)
    return true
  })
}

function fileOf(entries: readonly LibraryEntry[]): Download {
  const items = entries.map(({ hash, programme }) => ({
    hash,
    place: placeOf(programme.jurisdiction),
    programme: packProgramme(programme),
  }))
  const bytes = Buffer.from(JSON.stringify({ engineVersion: ENGINE_VERSION, items }))
  return {
    bytes,
    mediaType: 'application/json; charset=utf-8',
    fileName: 'programmes.json',
    kept: {
      tag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`,
      gzip: gzipSync(bytes),
      brotli: brotliCompressSync(bytes),
    },
  }
}
