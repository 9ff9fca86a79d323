// PostgreSQL refuses to run as root, and initdb as a user without a name. Both are cured by a user namespace in which
// this very user carries another number: nothing changes owner and every folder stays 0700. Where namespaces are
// forbidden (some containers), root drops to another user instead. A folder that already belongs to another user is
// always served as that user.
import { spawnSync, type SpawnOptions } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'

export interface RunAs {
  /** What stands in front of the program on the command line. */
  readonly prefix: readonly string[]
  readonly options: Pick<SpawnOptions, 'uid' | 'gid'>
  /** The user who must own the database's folders, when it is not ourselves. */
  readonly owner?: { readonly uid: number; readonly gid: number }
}

/** How to run the database for folders that belong to `owner` (undefined while there is no folder yet). */
export function runAs(owner?: { readonly uid: number; readonly gid: number }): RunAs {
  const self = process.getuid?.()
  if (self === undefined || (self !== 0 && hasName())) return { prefix: [], options: {} }
  if (self === 0 && owner !== undefined && owner.uid !== 0) return otherUser(owner.uid, owner.gid)
  const users = namedUsers()
  const mapped = users.find(({ uid }) => uid !== 0 && uid !== OVERFLOW) ?? users.find(({ uid }) => uid !== 0)
  const prefix = [
    'unshare',
    '--user',
    `--map-user=${mapped?.uid ?? 1}`,
    `--map-group=${mapped?.gid ?? 1}`,
    '--',
  ]
  const [command = '', ...rest] = [...prefix, 'true']
  if (spawnSync(command, rest, { stdio: 'ignore' }).status === 0) return { prefix, options: {} }
  const postgres = users.find(({ name }) => name === 'postgres')
  return self === 0
    ? otherUser(postgres?.uid ?? OVERFLOW, postgres?.gid ?? OVERFLOW)
    : { prefix: [], options: {} }
}

/** The number under which a namespace shows everyone it does not know; also that of `nobody`. */
const OVERFLOW = 65_534

function otherUser(uid: number, gid: number): RunAs {
  return { prefix: [], options: { uid, gid }, owner: { uid, gid } }
}

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

function namedUsers(): { name: string; uid: number; gid: number }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length > 3)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
