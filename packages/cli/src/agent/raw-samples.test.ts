import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR_MS, reduceSamples, type DeviceSample, type Reduction } from '@suanquan/core/metering'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { reduceRawFile, writeRawFile } from './raw-samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'suanquan-samples-'))
afterAll(() => rmSync(folder, { recursive: true }))

const start = Date.parse('2026-03-01T00:00:00Z')
const value = (most: number): fc.Arbitrary<number | null> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: 0, max: most, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(null, NaN, Infinity, -1, most * 2, 9.2e18) },
  )
const sample: fc.Arbitrary<DeviceSample> = fc.record({
  device: fc.constantFrom('GPU-a', 'GPU-b', "GPU-c'1"),
  at: fc.integer({ min: -5, max: 500 }).map((step) => start + step * 15_000),
  owner: fc.constantFrom('', 'ns/pod', 'ns/pod + 算力/训练'),
  busy: value(100),
  sm: value(1),
  tensor: value(1),
  memory: value(80_000),
  power: value(700),
  energy: value(1e12),
})
const reduction: Reduction = { intervalSeconds: 15, from: start, until: start + 2 * HOUR_MS }

test('the SQL of the agent reduces any samples as core specifies', async () => {
  const path = join(folder, "it's a file.parquet")
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(sample, { maxLength: 300, selector: ({ device, at }) => `${device} ${at}` }),
      async (samples) => {
        await writeRawFile(path, samples)
        expect(await reduceRawFile(path, reduction)).toEqual(reduceSamples(samples, reduction))
      },
    ),
    { numRuns: process.env['SUANQUAN_FULL'] === '1' ? 300 : 15 },
  )
})

test('a raw file is kept with the SM3 of its bytes', async () => {
  const path = join(folder, 'kept.parquet')
  const kept = await writeRawFile(path, fc.sample(sample, { numRuns: 1, seed: 7 }))
  const bytes = readFileSync(path)
  expect(kept).toEqual({
    sm3: createHash('sm3').update(bytes).digest('hex'),
    bytes: bytes.length,
    samples: 1,
  })
})
