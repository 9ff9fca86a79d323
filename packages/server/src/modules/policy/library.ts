// The library of measures: those that come with the platform and those stored here, each read and checked once.
import {
  baseOf,
  checkProgramme,
  composeCases,
  composeOverlay,
  programmeHash,
  type Programme,
} from '@suanquan/core/policy'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kysely } from 'kysely'
import { ledgerHash, type Tables } from '../../database/index.ts'

/** The programmes that come with Suanquan; a package without them has an empty shelf. */
const shelf = fileURLToPath(new URL('../../../../../programmes', import.meta.url))

export interface LibraryEntry {
  readonly hash: string
  readonly text: string
  readonly casesText: string | null
  readonly shipped: boolean
  readonly programme: Programme
}

export interface Library {
  readonly entries: (db: Kysely<Tables>) => Promise<readonly LibraryEntry[]>
  readonly find: (db: Kysely<Tables>, hash: string) => Promise<LibraryEntry | undefined>
}

export function programmeLibrary(): Library {
  const read = new Map<string, Programme>()
  let shipped: readonly LibraryEntry[] | undefined
  const programmeOf = (hash: string, text: string): Programme | undefined => {
    const known = read.get(hash) ?? checkProgramme(text, 'programme.yaml').programme
    if (known !== undefined) read.set(hash, known)
    return known
  }
  const entries = async (db: Kysely<Tables>): Promise<readonly LibraryEntry[]> => {
    shipped ??= readShelf()
    const rows = await db
      .selectFrom('programme_file')
      .leftJoin('programme_companion', (join_) =>
        join_.onRef('programme_hash', '=', 'hash').on('kind', '=', 'cases'),
      )
      .select(['hash', 'programme_file.text', 'programme_companion.text as cases'])
      .orderBy('programme_id')
      .orderBy('version')
      .execute()
    const stored = rows.flatMap(({ hash, text, cases }): LibraryEntry[] => {
      const programme = programmeOf(hash, text)
      if (programme === undefined) return []
      const beside = shipped!.find((entry) => entry.hash === hash)
      return [
        {
          hash,
          text,
          casesText: cases ?? beside?.casesText ?? null,
          shipped: beside !== undefined,
          programme,
        },
      ]
    })
    const known = new Set(stored.map(({ hash }) => hash))
    return [...stored, ...shipped.filter(({ hash }) => !known.has(hash))]
  }
  return { entries, find: async (db, hash) => (await entries(db)).find((entry) => entry.hash === hash) }
}

function readShelf(): LibraryEntry[] {
  if (!existsSync(shelf)) return []
  const names = readdirSync(shelf, { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => /(^|[/\\])(programme|overlay)\.yaml$/.test(name))
    .toSorted()
    .flatMap((name) => {
      const read = name.endsWith('overlay.yaml') ? readOverlay(name) : readWhole(name)
      if (read === undefined) return []
      const { text, casesText, programme } = read
      return [{ hash: programmeHash(text, ledgerHash), text, casesText, shipped: true, programme }]
    })
}

type Read = Pick<LibraryEntry, 'text' | 'casesText' | 'programme'>

const onShelf = (name: string): string => readFileSync(join(shelf, name), 'utf8')
const casesOf = (folder: string): string | null =>
  existsSync(join(shelf, folder, 'cases.yaml')) ? onShelf(join(folder, 'cases.yaml')) : null

function readWhole(name: string): Read | undefined {
  const text = onShelf(name)
  const { programme } = checkProgramme(text, name)
  return programme && { text, casesText: casesOf(dirname(name)), programme }
}

/** A yearly guide or a reform: kept as the one file that it and its base come to. */
function readOverlay(name: string): Read | undefined {
  const overlay = onShelf(name)
  const base = join(dirname(name), baseOf(overlay) ?? '')
  if (!base.endsWith('.yaml') || !existsSync(join(shelf, base))) return undefined
  const { programme, text } = composeOverlay(
    { text: overlay, file: name },
    { text: onShelf(base), file: base },
  )
  const [own, under] = [casesOf(dirname(name)), casesOf(dirname(base))]
  const casesText =
    own === null || under === null
      ? own
      : (composeCases({ text: own, file: name }, { text: under, file: base }) ?? null)
  return programme && text !== undefined ? { text, casesText, programme } : undefined
}
