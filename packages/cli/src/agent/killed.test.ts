// The agent as a process of its own, killed (SIGKILL) at random moments of its work against a real platform: what the
// accounting holds arrives whole and once. The full check runs the command itself and kills it twenty times; the everyday
// one runs the same round in a process that begins faster.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { hex, seededRandom } from '@suanquan/core'
import { loadKey } from '@suanquan/server'
import { must, slurmrestd, testCity, type SlurmJob } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const FULL = process.env['SUANQUAN_FULL'] === '1'
const KILLS = FULL ? 20 : 3
const DAYS = FULL ? 40 : 12
const DAY_MS = 86_400_000
const bin = join(import.meta.dirname, '../../bin/suanquan.js')
const built = join(import.meta.dirname, '../../dist/agent')

const folder = mkdtempSync(join(tmpdir(), 'suanquan-killed-'))
const fixtures = new URL('../../../core/fixtures/slurm/', import.meta.url)
const recorded = JSON.parse(readFileSync(new URL('sacct-final.json', fixtures), 'utf8')) as {
  jobs: SlurmJob[]
}
const city = await testCity()
/** The recording, moved to the hours before this one, and told anew on each of the days before. */
const now = Math.floor(Date.now() / 1000)
const newest = Math.max(...recorded.jobs.map(({ time }) => time.end))
const jobs = Array.from({ length: DAYS }, (_, day) =>
  recorded.jobs
    .filter(({ time }) => time.end > 0)
    .map((job) => moved(job, now - newest - 3600 - day * 86_400, day)),
).flat()
const cluster = await slurmrestd(jobs, now)
afterAll(async () => {
  await city.stop()
  await cluster.stop()
  rmSync(folder, { recursive: true })
})

function moved(job: SlurmJob, seconds: number, day: number): SlurmJob {
  const times = Object.entries(job.time).map(([name, value]): [string, unknown] => {
    const isMoment = ['submission', 'start', 'end', 'eligible'].includes(name)
    return [name, isMoment && Number(value) > 0 ? Number(value) + seconds : value]
  })
  const { job_id: id } = job as SlurmJob & { job_id: number }
  return { ...job, job_id: id + day * 1000, time: Object.fromEntries(times) } as unknown as SlurmJob
}

async function begun(): Promise<{ readonly start: () => ChildProcess; readonly feedId: string }> {
  const own = join(folder, 'agent')
  const jwt = join(folder, 'jwt.key')
  writeFileSync(jwt, cluster.key)
  const config = {
    platform: city.server.url,
    folder: own,
    cluster: 'sqtest',
    algorithm: 'Ed25519' as const,
    since: new Date(Date.now() - (DAYS + 2) * DAY_MS).toISOString(),
    overlapHours: 24,
    slurm: { url: cluster.url, user: 'meter', keyFile: jwt },
  }
  const path = join(folder, 'agent.json')
  writeFileSync(path, JSON.stringify(config))
  const { publicKey } = loadKey(
    { algorithm: 'Ed25519', file: join(own, 'keys', 'agent.pem'), pem: null },
    own,
  )
  const enrolled = { name: 'killed', cluster: 'sqtest', publicKey: hex(publicKey.bytes) }
  const feed = must(
    await city
      .as('provider')
      .enrolFeed({ body: { ...enrolled, providerId: city.provider.id, algorithm: 'Ed25519' } }),
  )
  const words = FULL
    ? [bin, 'agent', 'run', '--config', path, '--once']
    : ['--input-type=module', '-e', light(path), publicKey.id]
  const start = (): ChildProcess => spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] })
  return { start, feedId: feed.id }
}

/** A round by the built agent, without the rest of the command. */
function light(path: string): string {
  const from = (file: string): string => JSON.stringify(pathToFileURL(join(built, file)).href)
  const key = JSON.stringify(join(folder, 'agent', 'keys', 'agent.pem'))
  return `
    import { createPrivateKey, sign } from 'node:crypto'
    import { readFileSync } from 'node:fs'
    import { readConfig } from ${from('config.js')}
    import { runRound } from ${from('round.js')}
    const key = createPrivateKey(readFileSync(${key}))
    const id = process.argv[1]
    const report = await runRound({ config: readConfig(${JSON.stringify(path)}), clock: Date.now,
      key: { id, sign: (bytes) => sign(null, bytes, key) } })
    console.log(JSON.stringify(report))`
}

test.skipIf(!existsSync(built))(
  `killed ${KILLS} times at random moments it loses and doubles nothing`,
  { timeout: 240_000 },
  async () => {
    const { start, feedId } = await begun()
    const db = city.store.database.kysely
    const random = seededRandom('killed')
    let killed = 0
    for (let tries = 0; tries < KILLS; tries++) {
      const asked = cluster.asked.length
      const child = start()
      const gone = once(child, 'exit')
      // some way into its work: after a question or two of its own, and then anywhere in what follows it
      while (child.exitCode === null && cluster.asked.length < asked + 1 + random.int(3)) await sleep(1)
      await sleep(random.int(30))
      child.kill('SIGKILL')
      const [, signal] = (await gone) as [number | null, string | null]
      if (signal === 'SIGKILL') killed++
    }
    // an agent that had ended before it was struck proves nothing
    expect(killed).toBeGreaterThan(KILLS / 2)
    const last = start()
    expect(await once(last, 'exit')).toEqual([0, null])
    const rows = await db.selectFrom('usage_record').select('identity').execute()
    expect(rows).toHaveLength(jobs.length)
    const batches = await db
      .selectFrom('usage_batch')
      .select(['number', 'counts'])
      .where('feed_id', '=', feedId)
      .orderBy('number')
      .execute()
    expect(batches.map(({ number }) => number)).toEqual(batches.map((_, index) => index + 1))
    expect(batches.reduce((sum, { counts }) => sum + (counts['added'] ?? 0), 0)).toBe(jobs.length)
    expect(batches.reduce((sum, { counts }) => sum + (counts['conflicts'] ?? 0), 0)).toBe(0)
    process.stdout.write(
      `the agent was killed ${killed} times; ${batches.length} batches, ${rows.length} runs\n`,
    )
  },
)
