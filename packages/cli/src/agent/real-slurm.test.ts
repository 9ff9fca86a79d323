// A real Slurm cluster (Debian's packages, two nodes on this host): arrays, cards, a requeue, a suspension, a node that dies,
// names that break tables. What the platform holds and rates equals a sum over sacct that shares no code with us, to the
// second, through REST, through sacct as JSON and through sacct as text. Part of `npm run check:full`.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { hex, keyId } from '@suanquan/core'
import {
  defaultRatingRules,
  rateUsage,
  type ServiceContract,
  type UsageRecord,
} from '@suanquan/core/metering'
import { ledgerHash, makePem, readPem } from '@suanquan/server'
import { must, systemProgram, testCity } from '@suanquan/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configOf } from './config.ts'
import { runRound } from './round.ts'

const script = fileURLToPath(new URL('../../../../tools/slurm/cluster.sh', import.meta.url))
const needed = ['slurmctld', 'slurmd', 'slurmdbd', 'slurmrestd', 'sacct', 'munged', 'mariadbd']
const missing = needed.filter((program) => systemProgram(program) === null)
const asked = process.env['SUANQUAN_FULL'] === '1'
const runs = asked && process.getuid?.() === 0 && missing.length === 0
if (asked && !runs)
  process.stdout.write(
    `no real Slurm: needs root and ${missing.join(', ') || 'nothing else'} (Debian: slurmctld slurmd slurmdbd slurmrestd slurm-client mariadb-server munge)\n`,
  )

const PORT = 17_900
const base = mkdtempSync(join(tmpdir(), 'suanquan-slurm-'))
const environment = { ...process.env, SLURM_CONF: join(base, 'etc', 'slurm.conf') }
const slurm = (program: string, ...words: string[]): string =>
  execFileSync(program, words, {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()
const submit = (...words: string[]): string =>
  slurm('sbatch', '--parsable', '-A', 'tenant', '-t', '10', '-o', '/dev/null', ...words)

/** One line a run, by sacct's own columns; nothing of ours reads them but this. */
function accounting(): { state: string; seconds: number; cards: number; ended: boolean }[] {
  const text = slurm(
    'sacct',
    '-a',
    '-D',
    '-X',
    '-n',
    '-P',
    '-S',
    'uts1700000000',
    '-o',
    'State,ElapsedRaw,End,AllocTRES',
  )
  return text.split('\n').map((line) => {
    const [state = '', elapsed, end, tres = ''] = line.split('|')
    return {
      state,
      seconds: Number(elapsed),
      ended: end !== 'Unknown',
      cards: Number(/gres\/gpu=(\d+)/.exec(tres)?.[1] ?? 0),
    }
  })
}

const contract: ServiceContract = {
  contractNo: 'REAL',
  buyer: '91510100MA6C0000X1',
  seller: '91510100MA6C0000X9',
  amountFen: 1n,
  signedOn: '2020-01-01',
  termFrom: '2020-01-01',
  termUntil: '2099-12-31',
  // a fen a card and second, so that money and seconds are one number
  prices: [{ chip: 'a100', fenPerCardHour: 3_600n }],
  shard: null,
}

describe.skipIf(!runs)('a real cluster', () => {
  let city: Awaited<ReturnType<typeof testCity>>
  beforeAll(async () => {
    slurm('bash', script, 'up', base, `${PORT}`)
    city = await testCity()
  }, 120_000)
  afterAll(async () => {
    slurm('bash', script, 'down', base)
    await city?.stop()
    rmSync(base, { recursive: true, force: true })
  }, 60_000)

  const source = {
    rest: { url: `http://127.0.0.1:${PORT + 3}`, user: 'root', keyFile: join(base, 'etc', 'jwt.key') },
    json: { by: 'sacct', format: 'json' },
    text: { by: 'sacct', format: 'text' },
  } as const

  async function agent(name: keyof typeof source): Promise<() => ReturnType<typeof runRound>> {
    const { publicBytes: bytes, sign } = readPem(makePem('SM2'))!
    const body = {
      providerId: city.provider.id,
      name,
      cluster: 'sqreal',
      algorithm: 'SM2' as const,
      publicKey: hex(bytes),
    }
    must(await city.as('provider').enrolFeed({ body }))
    const config = configOf({
      platform: city.server.url,
      folder: join(base, name),
      cluster: 'sqreal',
      algorithm: 'SM2',
      since: new Date(Date.now() - 3_600_000).toISOString(),
      slurm: source[name],
    })
    process.env['SLURM_CONF'] = environment.SLURM_CONF
    const key = { id: keyId({ algorithm: 'SM2', bytes }, ledgerHash), sign }
    return () => runRound({ config, key, clock: Date.now })
  }

  async function held(): Promise<UsageRecord[]> {
    const rows = await city.store.database.kysely.selectFrom('usage_record').select('record').execute()
    return rows.map(({ record }) => record as unknown as UsageRecord)
  }

  test('is metered to the second, while it runs and when all has ended', { timeout: 400_000 }, async () => {
    const overRest = await agent('rest')
    // an empty window is news, too
    expect(await overRest()).toMatchObject({ made: 1, sent: 1, problems: [] })
    submit('--array=1-3', '--gpus=1', '--wrap', 'sleep 4')
    submit(
      '-N1',
      '--gpus=3',
      '-J',
      'a|name\nwith lines',
      '--comment',
      '合同|contract=HT-1;\n1|2|3',
      '--wrap',
      'sleep 6',
    )
    const dying = submit('-w', 'n2', '--gpus=1', '--no-requeue', '--wrap', 'sleep 600')
    const again = submit('-w', 'n1', '--gpus=1', '--wrap', 'sleep 9')
    slurm('scancel', submit('-H', '--gpus=1', '--wrap', 'sleep 1'))
    submit('--wrap', 'sleep 1')
    await until(() => accounting().some(({ state }) => state === 'RUNNING'))
    expect(await overRest()).toMatchObject({ made: 1, sent: 1, problems: [] })
    const running = (await held()).filter(({ state }) => state === 'RUNNING')
    expect(running.length).toBeGreaterThan(0)

    await until(() => slurm('squeue', '-h', '-j', again, '-o', '%t') === 'R')
    slurm('scontrol', 'suspend', again)
    await sleep(2_000)
    slurm('scontrol', 'resume', again)
    slurm('scontrol', 'requeue', again)
    await until(() => slurm('squeue', '-h', '-j', again, '-o', '%t') === 'PD')
    slurm('scontrol', 'update', `JobId=${again}`, 'StartTime=now')
    await until(() => slurm('squeue', '-h', '-j', dying, '-o', '%t') === 'R')
    process.kill(Number(readFileSync(join(base, 'run', 'slurmd-n2.pid'), 'utf8')), 'SIGKILL')
    await until(() => accounting().every(({ ended }) => ended))
    const told = accounting()
    const states = new Set(told.map(({ state }) => state.split(' ')[0]))
    expect([...states]).toEqual(expect.arrayContaining(['COMPLETED', 'NODE_FAIL', 'REQUEUED']))
    const seconds = told.reduce((sum, { seconds, cards }) => sum + seconds * cards, 0)
    const payable = told
      .filter(({ state }) => state !== 'NODE_FAIL')
      .reduce((sum, { seconds, cards }) => sum + seconds * cards, 0)

    for (const name of ['rest', 'json', 'text'] as const) {
      const round = name === 'rest' ? overRest : await agent(name)
      if (name !== 'rest') await city.store.database.kysely.deleteFrom('usage_record').execute()
      expect(await round()).toMatchObject({ sent: 1, waiting: 0, problems: [] })
      const records = await held()
      expect([name, records.length]).toEqual([name, told.length])
      const sum = records.reduce((total, { gpus, elapsedSeconds }) => total + gpus * elapsedSeconds, 0)
      expect([name, sum]).toEqual([name, seconds])
      const rated = rateUsage(
        records.filter(({ gpus }) => gpus > 0),
        contract,
        defaultRatingRules,
      )
      expect([name, rated.ok && rated.value.valueFen, rated.ok && rated.value.amountFen]).toEqual([
        name,
        BigInt(seconds),
        BigInt(payable),
      ])
    }
    process.stdout.write(`real Slurm: ${told.length} runs, ${seconds} card seconds, ${payable} payable\n`)
  })
})

async function until(reached: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (reached()) return
    await sleep(500)
  }
  throw new Error(`never: ${String(reached)}`)
}
