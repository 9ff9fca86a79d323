// The disk fills up under a working city: what cannot be kept is refused with 503 and nothing of it stays, health says so,
// and once there is room the same requests are done, once. A small file system of its own; needs root and SUANQUAN_FULL=1.
import { faultsIn, testCity, testPostgresVersion, type TestCity } from '@suanquan/testkit'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect, sql, startPostgres, type RunningPostgres } from './index.ts'

const root = process.platform === 'linux' && process.getuid?.() === 0
const runs = root && process.env['SUANQUAN_FULL'] === '1'
const why = root ? 'SUANQUAN_FULL=1 runs it' : 'only root may mount a file system'

/** Writes until there is no room left for a byte. */
function fill(file: string): void {
  const ballast = openSync(file, 'w')
  for (const size of [1024 * 1024, 4096, 1])
    try {
      for (;;) writeSync(ballast, Buffer.alloc(size))
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
    }
  closeSync(ballast)
}

test.skipIf(!runs)(
  `a full disk refuses cleanly and recovers (skipped: ${why})`,
  async () => {
    const mount = mkdtempSync('/tmp/suanquan-full-')
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=192m', 'tmpfs', mount])
    expect(mounted.status).toBe(0)
    const before = process.env['TMPDIR'] ?? tmpdir()
    process.env['TMPDIR'] = mount
    const folder = join(mount, 'postgres')
    let postgres: RunningPostgres = await startPostgres({ folder, version: testPostgresVersion() })
    let city: TestCity | undefined
    try {
      const address = {
        host: postgres.socketFolder,
        port: postgres.port,
        user: postgres.user,
        database: 'postgres',
      }
      const database = connect({ ...address, role: 'app' })
      city = await testCity({ store: { address, database, drop: () => database.close() } })
      process.env['TMPDIR'] = before
      const body = { adoptionId: city.adoptionId, organisationId: city.firm.id }
      const draft = (number: number) =>
        city!.as('clerk').openDraft({ key: `draft-on-a-full-disk-${number}`, body })
      fill(join(mount, 'ballast'))
      const codes = new Set<string>()
      const bytes = Buffer.concat([
        Buffer.from('%PDF-1.4\n'),
        Buffer.alloc(3_000_000, 'x'),
        Buffer.from('\n%%EOF\n'),
      ])
      const file = { name: 'contract.pdf', mediaType: 'application/pdf', bytes }
      const query = { kind: 'compute_contract' as const, organisationId: city.firm.id }
      const upload = (key: string) => city!.as('clerk').uploadAttachment({ key, query, file })
      for (let number = 0; number < 60; number++) {
        const asked = number % 6 === 0 ? await upload(`upload-${number}`) : await draft(number)
        if (asked.ok) continue
        expect(asked.problem.status).toBe(503)
        codes.add(asked.problem.code)
      }
      expect([...codes]).toContain('request.disk_full')
      const health = await city.anybody.readHealth()
      if (health.ok) expect(health.value).toMatchObject({ ok: false })
      else expect(health.problem.status).toBe(503)

      rmSync(join(mount, 'ballast'))
      postgres = await startPostgres({ folder })
      for (let number = 0; number < 60; number++)
        if (number % 6 !== 0) expect((await draft(number)).ok).toBe(true)
      expect((await upload('upload-0')).ok).toBe(true)
      const { rows } = await sql<{ count: bigint }>`select count(*) as count from application`.execute(
        database.kysely,
      )
      expect(rows[0]!.count).toBe(50n)
      expect(await faultsIn(database)).toEqual([])
    } finally {
      process.env['TMPDIR'] = before
      await city?.stop()
      await postgres.stop()
      spawnSync('umount', ['-l', mount])
      rmSync(mount, { recursive: true, force: true })
    }
  },
  180_000,
)
