// What the browser reckons from packed measures is what the engine says of the measures themselves.
import { checkProgramme, combineProgrammes, packProgramme, type Programme } from '@suanquan/core/policy'
import { describe, expect, test } from 'vitest'
import { csvOf } from './csv.ts'
import { shownQuestions } from './questions.ts'
import { idOf, inputOf, measuresOf, reckon, type PackedMeasure } from './reckon.ts'

const shelf = import.meta.glob<string>('../../../../../programmes/*/*/programme.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const texts = new Map(
  Object.entries(shelf).map(([path, text]) => [path.split('/').slice(-3, -1).join('/'), text]),
)

function load(folder: string): Programme {
  const text = texts.get(folder)!
  return checkProgramme(text, folder).programme!
}

/** As it comes over the network. */
function sent(programmes: readonly Programme[]): readonly PackedMeasure[] {
  const items = programmes.map((programme, index) => ({
    hash: String(index),
    place: { zh: programme.jurisdiction, en: programme.jurisdiction },
    programme: packProgramme(programme),
  }))
  return JSON.parse(JSON.stringify(items)) as readonly PackedMeasure[]
}

const hangzhou = {
  'applicant.kind': 'enterprise',
  'applicant.region': '330106',
  'applicant.status': 'active',
  'applicant.size': 'large',
  'applicant.compute_contracts_year': '1000000000',
  'applicant.multimodal_base_model': false,
  'parties.related': false,
  'contract.use': 'training',
  'contract.serves_filed_model': false,
  'contract.on_domestic_chips': true,
  'contract.amount': '1000000000',
  'contract.settled': '1000000000',
  'upper.percent': '30',
  'upper.approved_on': '2025-08-01',
  'application.submitted_on': '2025-09-20',
}

const CASES = [
  {
    folders: [
      'hangzhou/2024-compute-voucher',
      'hangzhou/2025-compute-voucher',
      'hangzhou/2025-matching-reward',
    ],
    typed: hangzhou,
  },
  {
    folders: ['hangzhou/2025-compute-voucher', 'hangzhou/2025-matching-reward', 'national/2025-ai-voucher'],
    typed: { ...hangzhou, 'parties.related': true },
  },
  {
    folders: [
      'hangzhou/2025-compute-voucher',
      'hangzhou/2025-matching-reward',
      'linping/2024-compute-reward',
    ],
    typed: { ...hangzhou, 'applicant.region': '330113' },
  },
]

describe('three programmes', () => {
  test.each(CASES)('$folders', ({ folders, typed }) => {
    const programmes = folders.map(load)
    const engine = combineProgrammes(programmes, inputOf(typed))!
    const { best, lines } = reckon(measuresOf(sent(programmes)), typed)
    expect(best!.proved).toBe(true)
    expect(best!.totalFen).toBe(engine.totalFen)
    expect(best!.totalFen).toBeGreaterThan(0n)
    expect(best!.grants).toEqual(
      engine.best.map(({ programme, award, fen }) => ({ id: `${programme} ${award}`, fen })),
    )
    expect(best!.pairs.map(({ relation }) => relation)).toEqual(
      engine.relations.map(({ relation }) => relation),
    )
    const supported = engine.candidates.filter(({ alone }) => (alone.ceilingFen ?? 0n) > 0n)
    expect(lines.filter(({ verdict }) => verdict === 'fits').map(({ id, fen }) => [id, fen])).toEqual(
      supported
        .map((candidate) => [idOf(candidate), candidate.alone.ceilingFen] as const)
        .toSorted(([, one], [, other]) => Number(other! - one!)),
    )
  })
  test('the one condition that lacks is said', () => {
    const { lines } = reckon(measuresOf(sent(CASES[1]!.folders.map(load))), CASES[1]!.typed)
    const near = lines.find(({ verdict }) => verdict === 'near')!
    expect(near.why.map(({ text }) => text.zh)).toEqual([expect.stringContaining('关联')])
  })
})

const all = [...texts.keys()].map(load)

describe('the whole shelf', () => {
  const measures = measuresOf(sent(all))
  test('every programme survives the way, a parameter called place among them', () => {
    expect(measures.map(({ programme }) => Object.keys(programme.parameters))).toEqual(
      all.map(({ parameters }) => Object.keys(parameters)),
    )
  })
  test('a firm that is told nothing is refused nothing that depends on what it may still tell', () => {
    const { lines, matter } = reckon(measures, { 'application.submitted_on': '2026-08-20' })
    expect(lines.filter(({ verdict }) => verdict === 'open').length).toBeGreaterThan(20)
    expect(lines.filter(({ why, verdict }) => verdict === 'near' && why.length !== 1)).toEqual([])
    expect(matter['contract.amount']).toBeGreaterThan(5)
  })
  test('what is known narrows the questions to the programmes that are still possible', () => {
    const date = { 'application.submitted_on': '2026-08-20' }
    const before = reckon(measures, date)
    const after = reckon(measures, { ...hangzhou, ...date })
    expect(Object.keys(after.matter).length).toBeLessThan(Object.keys(before.matter).length)
    const { facts, more } = shownQuestions(before.matter, new Set())
    expect(facts.length).toBe(13)
    expect(more).toBe(Object.keys(before.matter).length - facts.length + unasked(before.matter, facts))
    expect(after.best!.proved).toBe(true)
    expect(after.lines.some(({ id, verdict }) => verdict === 'fits' && id.startsWith('cn.beijing'))).toBe(
      false,
    )
  })
  test('half-typed answers are left out and refuse nothing', () => {
    const typed = { ...hangzhou, 'upper.percent': 'many', 'applicant.operates_in': '33' }
    expect(reckon(measures, typed).lines.length).toBe(
      reckon(measures, { ...hangzhou, 'upper.percent': '' }).lines.length,
    )
  })
})

/** First questions that no programme waits for stand in the form all the same. */
function unasked(
  matter: Readonly<Record<string, number>>,
  facts: readonly { readonly path: string }[],
): number {
  return facts.filter(({ path }) => matter[path] === undefined).length
}

test('a file holds text, never a formula', () => {
  expect(csvOf([['=1+1', 'a,"b"']])).toBe(`\uFEFF'=1+1,"a,""b"""\r\n`)
})
