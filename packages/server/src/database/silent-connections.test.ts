// A connection that has gone silent is given up and its work refused; one that works for long is left alone.
import { testDatabase, tornNetwork } from '@suanquan/testkit'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { giveUpSilent } from './silent-connections.ts'

const EVERY_MS = 100
const { address, drop } = await testDatabase()
const network = await tornNetwork(join(address.host!, `.s.PGSQL.${address.port}`))
const settings = { host: '127.0.0.1', port: network.port, user: address.user!, database: address.database! }
const pool = new pg.Pool({ ...settings, max: 1 })
pool.on('error', () => undefined)
pool.on('connect', (client) => client.on('error', () => undefined))
giveUpSilent(pool, settings, { everyMs: EVERY_MS, probeMs: 1_000 })
afterAll(async () => {
  await pool.end()
  await network.stop()
  await drop()
})

const answer = async (): Promise<unknown> => (await pool.query('select 7 as seven')).rows[0]

test('what takes long and is at work is left alone', async () => {
  const { rows } = await pool.query(`select pg_sleep(${(EVERY_MS * 6) / 1000}), 7 as seven`)
  expect(rows[0]).toMatchObject({ seven: 7 })
})

test('a question that got lost is refused, and the next one is answered', async () => {
  await answer()
  network.silence()
  await expect(answer()).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(await answer()).toEqual({ seven: 7 })
})

test('an answer that got lost is refused, and the next one is answered', async () => {
  const long = pool.query(`select pg_sleep(${(EVERY_MS * 4) / 1000})`)
  const refused = expect(long).rejects.toMatchObject({ code: 'ECONNRESET' })
  await new Promise((done) => setTimeout(done, EVERY_MS))
  network.silence()
  await refused
  expect(await answer()).toEqual({ seven: 7 })
})
