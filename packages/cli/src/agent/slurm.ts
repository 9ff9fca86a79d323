// The accounting of a Slurm cluster over a window of time: slurmdbd through slurmrestd with a JWT of our own, or the command
// sacct. Both ask for every run of requeued jobs and for all users; what comes is read whole or refused.
import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import {
  readSlurmJson,
  readSlurmPsv,
  SACCT_PSV_COMMAND,
  type UsageRecord,
  type Window,
} from '@suanquan/core/metering'
import { Refused } from '../output.ts'
import type { SlurmCommand, SlurmRest } from './config.ts'
import { ask, failed, type Manner } from './source.ts'

/** Clocks differ: what the cluster thinks is still to come is asked for, too. */
const CLOCK_DIFFERENCE_SECONDS = 3600

/** @param asking with the time in seconds since 1970, for the token */
export async function readSlurm(
  source: SlurmRest | SlurmCommand,
  window: Window,
  asking: { readonly now: number; readonly manner: Manner },
): Promise<readonly UsageRecord[]> {
  const { now, manner } = asking
  const from = Math.floor(window.from / 1000)
  const until = Math.ceil(window.until / 1000) + CLOCK_DIFFERENCE_SECONDS
  if (source.by === 'sacct') return bySacct(source, from, until)
  const version = source.version ?? (await newestVersion(source, now, manner))
  // From 0.0.43 on a requeued job's earlier runs come only when asked for; before, the word is not known and refused.
  const duplicates = Number(version.slice(5)) >= 43 ? '&show_duplicates=true' : ''
  const path = `/slurmdb/${version}/jobs?start_time=uts${from}&end_time=uts${until}${duplicates}`
  const read = readSlurmJson(
    await ask({ name: 'slurmrestd', url: source.url + path, headers: headersOf(source, now) }, manner),
  )
  if (!read.ok) throw new Refused(read.refusal)
  return read.value.records
}

/** Versions are numbered up; the server's own description says which it has. */
async function newestVersion(source: SlurmRest, now: number, manner: Manner): Promise<string> {
  const headers = headersOf(source, now)
  const text = await ask({ name: 'slurmrestd', url: `${source.url}/openapi`, headers }, manner)
  // its JSON writes every slash as \/
  const paths = text.replaceAll('\\/', '/')
  const found = [...paths.matchAll(/\/slurmdb\/(v0\.0\.\d{2})\/jobs\b/g)].map(([, version]) => version!)
  const newest = found.sort().at(-1)
  if (newest === undefined) throw failed('slurmrestd', 'no /slurmdb/v0.0.…/jobs')
  return newest
}

function headersOf(source: SlurmRest, now: number): Readonly<Record<string, string>> {
  const token =
    source.keyFile === null
      ? readFileSync(source.tokenFile!, 'utf8')
          .trim()
          .replace(/^SLURM_JWT=/, '')
      : slurmToken(source.user, readFileSync(source.keyFile), now)
  return { 'x-slurm-user-name': source.user, 'x-slurm-user-token': token }
}

/** A token of auth/jwt: HS256 over the user's name (`sun`), good for five minutes. */
export function slurmToken(user: string, key: Uint8Array, now: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ exp: now + 300, iat: now, sun: user })}`
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`
}

const MOST_BYTES = 1024 * 1024 * 1024

async function bySacct(
  { program, format }: SlurmCommand,
  from: number,
  until: number,
): Promise<readonly UsageRecord[]> {
  const columns = /-o (\S+)/.exec(SACCT_PSV_COMMAND)![1]!
  const shape = format === 'json' ? ['--json'] : ['-X', '-P', '-o', columns]
  const window = ['-a', '-D', '-S', `uts${from}`, '-E', `uts${until}`]
  // seconds are asked for in text only: with them sacct cannot read its own window when it writes JSON
  const { SLURM_TIME_FORMAT: _, ...plain } = process.env
  const options = {
    env: format === 'json' ? plain : { ...plain, SLURM_TIME_FORMAT: '%s' },
    encoding: 'buffer',
    maxBuffer: MOST_BYTES,
  } as const
  const { stdout } = await promisify(execFile)(program, [...window, ...shape], options).catch(
    (error: Error) => {
      throw failed('sacct', error.message)
    },
  )
  const read = format === 'json' ? readSlurmJson(stdout) : readSlurmPsv(stdout)
  if (!read.ok) throw new Refused(read.refusal)
  return read.value.records
}
