// Published data and values that our algorithms must reach (analytics research, §2.6). The data are never committed: where
// they are not at hand the test says that it skipped. Constants carry their source.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { gunzipSync } from 'node:zlib'

import { describe, expect, test } from 'vitest'

import { seededRandom } from '../index.ts'
import { benfordFirstTwo } from './mathematics/benford.ts'
import { nodesOnEqualCycles, type Transfer } from './mathematics/equal-cycles.ts'
import { linkRecords, type LinkField } from './mathematics/fellegi-sunter.ts'
import { clopperPearson } from './mathematics/intervals.ts'
import { isolationScores } from './mathematics/isolation-forest.ts'
import { louvain } from './mathematics/louvain.ts'
import { permutationEntropy } from './mathematics/permutation-entropy.ts'
import { detectors, supervise } from './index.ts'
import { blankRow } from './world/blank-row.ts'

const folder = env['SUANQUAN_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const at = (path: string): string => join(folder, path)
const dataTest = (path: string) => test.skipIf(!existsSync(at(path)))

/** Zachary (1977), the 78 friendships of the karate club, numbered from 1. */
const KARATE =
  '1-2 1-3 2-3 1-4 2-4 3-4 1-5 1-6 1-7 5-7 6-7 1-8 2-8 3-8 4-8 1-9 3-9 3-10 1-11 5-11 6-11 1-12 1-13 4-13 1-14 2-14 ' +
  '3-14 4-14 6-17 7-17 1-18 2-18 1-20 2-20 1-22 2-22 24-26 25-26 3-28 24-28 25-28 3-29 24-30 27-30 2-31 9-31 1-32 ' +
  '25-32 26-32 29-32 3-33 9-33 15-33 16-33 19-33 21-33 23-33 24-33 30-33 31-33 32-33 9-34 10-34 14-34 15-34 16-34 ' +
  '19-34 20-34 21-34 23-34 24-34 27-34 28-34 29-34 30-34 31-34 32-34 33-34'

test('the best of 200 divisions of the karate club reaches the known modularity', () => {
  const edges = KARATE.split(' ').map((pair) => {
    const [left, right] = pair.split('-').map((node) => Number(node) - 1) as [number, number]
    return { left, right, weight: 1 }
  })
  expect(edges).toHaveLength(78)
  const runs = Array.from({ length: 200 }, (_, seed) => louvain(34, edges, seededRandom(seed)).modularity)
  // Louvain 0.4188 (graphology 0.26, best of 200), optimum 0.4198 (Brandes et al. 2008).
  expect(Math.max(...runs)).toBeGreaterThanOrEqual(0.4188)
  expect(Math.max(...runs)).toBeLessThanOrEqual(0.4198)
})

test('permutation entropy of the example of Bandt and Pompe', () => {
  // 4, 7, 9, 10, 6, 11, 3: order 2 gives 4 rises and 2 falls, H = 0.918; order 3 gives 1.522 of log2 6.
  const series = [4, 7, 9, 10, 6, 11, 3]
  expect(permutationEntropy(series, 2)).toBeCloseTo(0.9183, 4)
  expect(permutationEntropy(series, 3) * Math.log2(6)).toBeCloseTo(1.522, 3)
})

test('exact intervals of known shares', () => {
  // Clopper and Pearson at 95 %: 0 of 10 gives [0, 0.3085], 5 of 20 gives [0.0866, 0.4910] (R binom.test).
  expect(clopperPearson(0, 10)[1]).toBeCloseTo(0.3085, 4)
  expect(clopperPearson(5, 20)[0]).toBeCloseTo(0.0866, 4)
  expect(clopperPearson(5, 20)[1]).toBeCloseTo(0.491, 4)
})

dataTest('fraud/20K_cycle200.tgz')(
  'AMLSim: equal-amount cycles name exactly 105 accounts, all labelled',
  () => {
    const files = untar(gunzipSync(readFileSync(at('fraud/20K_cycle200.tgz'))))
    const table = (name: string): Record<string, string>[] => csv(files.get(name)!)
    const transfers: Transfer[] = table('20K_cycle200/transactions.csv').map((row) => ({
      from: Number(row['sourceNodeId']),
      to: Number(row['targetNodeId']),
      amount: Number(row['value']),
    }))
    const nodes = table('20K_cycle200/nodes.csv')
    const labelled = new Set(
      nodes.filter((row) => row['isFraud'] === '1').map((row) => Number(row['nodeid'])),
    )
    expect([transfers.length, labelled.size]).toEqual([117_805, 945])
    const found = nodesOnEqualCycles(transfers, { least: 3, most: 8, tolerance: 0.001 })
    expect(found.size).toBe(105)
    expect([...found].filter((node) => labelled.has(node))).toHaveLength(105)
  },
)

describe('FEBRL: linkage without labels', () => {
  dataTest('febrl/dataset1.csv')('dataset 1 reaches F1 0.95', () =>
    expect(febrl('dataset1.csv')).toBeGreaterThanOrEqual(0.95),
  )
  dataTest('febrl/dataset3.csv')('dataset 3 reaches F1 0.90', () =>
    expect(febrl('dataset3.csv')).toBeGreaterThanOrEqual(0.9),
  )
  dataTest('febrl/dataset4a.csv')('dataset 4 reaches F1 0.95', () =>
    expect(febrl('dataset4a.csv', 'dataset4b.csv')).toBeGreaterThanOrEqual(0.95),
  )
})

describe('isolation forest', () => {
  // scikit-learn, mean of ten seeds: 0.987, 0.671, 0.856.
  test.skipIf(!existsSync(at('fraud/iso_bc.csv'))).each([
    ['fraud/iso_bc.csv', 0.98, 0.992],
    ['fraud/iso_pima.csv', 0.64, 0.71],
    ['fraud/iso_ion.csv', 0.835, 0.875],
  ])('%s: the mean area under the curve of five seeds lies between %f and %f', (path, low, high) => {
    const rows = csv(readFileSync(at(path), 'utf8')).map((row) => Object.values(row).map(Number))
    const features = rows.map((row) => Float64Array.from(row.slice(0, -1)))
    const labels = rows.map((row) => row.at(-1) === 1)
    const areas = [1, 2, 3, 4, 5].map((seed) => area(isolationScores(features, seededRandom(seed)), labels))
    const centre = areas.reduce((sum, value) => sum + value, 0) / areas.length
    expect(centre).toBeGreaterThan(low)
    expect(centre).toBeLessThan(high)
  })
})

dataTest('fraud/corporate_payment.csv.gz')(
  'Benford: the payments of a real utility are nonconforming',
  () => {
    const rows = csv(gunzipSync(readFileSync(at('fraud/corporate_payment.csv.gz'))).toString('latin1'))
    // corporate.payment of benford.analysis (Cinelli): 185,083 positive of 189,470, MAD 0.002336614, most excess 50, 11, 10.
    const found = benfordFirstTwo(rows.map((row) => Number(row['Amount'])))!
    expect([rows.length, found.count]).toEqual([189_470, 185_083])
    expect(found.meanDeviation).toBeCloseTo(0.002336614, 9)
    expect([found.band, ...found.excess]).toEqual(['nonconforming', 50, 11, 10])
  },
)

dataTest('research-only/pod_gpu_duty_cycle_anon.csv.gz')(
  'no honest pod of the GPU-duty series is accused by D15 or D17',
  () => {
    const pods = new Map<string, { at: number; value: number }[]>()
    for (const row of csv(
      gunzipSync(readFileSync(at('research-only/pod_gpu_duty_cycle_anon.csv.gz'))).toString(),
    )) {
      const own = pods.get(row['container_ip']!) ?? []
      own.push({ at: Number(row['timestamp_anon']), value: Number(row['value']) })
      pods.set(row['container_ip']!, own)
    }
    expect(pods.size).toBe(143)
    const usage = [...pods.keys()].map((id) =>
      blankRow('usage', { id, contract: 'c', endsAt: 1, declaredClass: 'inference' }),
    )
    const samples = [...pods].flatMap(([id, own]) => {
      own.sort((a, b) => a.at - b.at)
      const row = (counter: string, values: readonly number[], jitterMs: number | null) =>
        blankRow('samples', {
          id: `${id} ${counter}`,
          usage: id,
          counter,
          stepSeconds: 600,
          jitterMs,
          values: values.join(' '),
        })
      // The worst case for an honest pod: no input, no checkpoint, memory that never moves, and hours counted long.
      return [
        row(
          'sm',
          own.map(({ value }) => value),
          300,
        ),
        row(
          'io',
          own.map(() => 0),
          null,
        ),
        row(
          'checkpoints',
          own.map(() => 0),
          null,
        ),
        row(
          'memory',
          own.map(() => 20_000),
          null,
        ),
      ]
    })
    const contracts = [blankRow('contracts', { id: 'c', mode: 'cloud' })]
    const report = supervise(
      { usage, samples, contracts },
      { hash, detectors: detectors.filter(({ id }) => ['D15', 'D17'].includes(id)) },
    )
    expect(report.standings.map(({ status }) => status)).toEqual(['evaluated', 'evaluated'])
    expect(report.findings).toEqual([])
  },
)

function hash(bytes: Uint8Array): Uint8Array {
  return bytes.slice(0, 32)
}

function febrl(...names: string[]): number {
  const tables = names.map((name) => csv(readFileSync(at(`febrl/${name}`), 'utf8')))
  const rows = tables.flat()
  const column = (name: string): string[] => rows.map((row) => row[name] ?? '')
  const names_ = ['given_name', 'surname', 'address_1', 'suburb']
  const fields: LinkField[] = [
    ...names_.map((name) => ({ values: column(name), compare: 'likeness' as const, termFrequency: true })),
    ...['street_number', 'postcode', 'date_of_birth', 'soc_sec_id'].map((name) => ({
      values: column(name),
      compare: 'likeness' as const,
      termFrequency: true,
    })),
    { values: column('state'), compare: 'exact', termFrequency: false },
  ]
  const both = (left: string, right: string): string[] =>
    rows.map((row) => (row[left] && row[right] ? `${row[left]}|${row[right]}` : ''))
  const { pairs } = linkRecords({
    fields,
    blocks: [
      column('soc_sec_id'),
      column('date_of_birth'),
      both('given_name', 'surname'),
      both('surname', 'postcode'),
      both('given_name', 'postcode'),
      both('address_1', 'street_number'),
      both('surname', 'suburb'),
      both('address_1', 'given_name'),
    ],
    random: seededRandom('febrl'),
    mostInBlock: 100,
    second: tables.length === 2 ? tables[0]!.length : 0,
  })
  const entity = rows.map((row) => /^rec-(\d+)-/.exec(row['rec_id']!)![1])
  const sizes = new Map<string, number>()
  for (const one of entity) sizes.set(one!, (sizes.get(one!) ?? 0) + 1)
  const truth =
    tables.length === 2
      ? tables[0]!.length
      : [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  const linked = pairs.filter(({ probability }) => probability >= 0.5)
  const right = linked.filter((pair) => entity[pair.left] === entity[pair.right]).length
  const [precision, recall] = [right / linked.length, right / truth]
  return (2 * precision * recall) / (precision + recall)
}

function area(scores: Float64Array, labels: readonly boolean[]): number {
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!)
  let [rank, sum] = [0, 0]
  for (let first = 0; first < order.length;) {
    let last = first
    while (last + 1 < order.length && scores[order[last + 1]!] === scores[order[first]!]) last += 1
    rank = (first + last) / 2 + 1
    for (; first <= last; first++) if (labels[order[first]!]) sum += rank
  }
  const bad = labels.filter(Boolean).length
  return (sum - (bad * (bad + 1)) / 2) / (bad * (labels.length - bad))
}

function csv(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const names = header.split(',').map(clean)
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, index) => [names[index]!, clean(value)])),
  )
}

function clean(value: string): string {
  return value.trim().replaceAll('"', '')
}

function untar(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  for (let place = 0; place + 512 <= bytes.length;) {
    const name = bytes.toString('latin1', place, place + 100).replace(/\0.*$/s, '')
    if (name === '') break
    const size = parseInt(bytes.toString('latin1', place + 124, place + 136), 8)
    if (name.endsWith('.csv')) files.set(name, bytes.toString('latin1', place + 512, place + 512 + size))
    place += 512 + 512 * Math.ceil(size / 512)
  }
  return files
}
