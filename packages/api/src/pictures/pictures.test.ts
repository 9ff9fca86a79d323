import { funnelStages } from '@suanquan/core/application'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Language } from '../format/language.ts'
import { burnDownPicture } from './burn-down.ts'
import { capsPicture, type CapsData } from './caps.ts'
import { computePicture, type ComputeData } from './compute.ts'
import { fateFen, flowFates, flowGraph, type FlowData, type FlowGrant } from './flow-graph.ts'
import { flowLayout } from './flow-layout.ts'
import { flowPicture } from './flow.ts'
import { funnelPicture, type FunnelData } from './funnel.ts'
import { pictureSvg } from './index.ts'
import { FATES } from './paint.ts'
import type { Picture } from './picture.ts'
import { boxOf, type Scene } from './scene.ts'
import { sharesPicture, type SharesData } from './shares.ts'
import { waterfallPicture, waterfallSteps, type WaterfallData } from './waterfall.ts'

/** pictures of everything are slow to make: enough of them to find what goes wrong */
const SOME = { numRuns: 40 }

const LANGUAGES: readonly Language[] = ['zh-CN', 'en']
const WIDTHS = [300, 342, 480, 720]

const words = fc.string({
  maxLength: 60,
  unit: fc.constantFrom(...'算力券 年度 per firm and year ABC，（）1'),
})
const bilingual = fc.record({ zh: words, en: words })
const fen = fc.bigInt(0n, 10n ** 12n).map(String)

const caps: fc.Arbitrary<CapsData> = fc.record({
  eligible: fc.constantFrom('yes', 'no', 'unknown'),
  steps: fc.array(
    fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom('base', 'rate', 'round', 'cap', 'within', 'leg', 'total'),
      text: bilingual,
      clause: fc.constant(null),
      amountFen: fc.option(fen, { freq: 8 }),
      rate: fc.constant(null),
      limitFen: fc.option(fen),
      usedFen: fc.option(fen),
      headroomFen: fc.option(fen),
      counts: fc.boolean(),
      binding: fc.boolean(),
    }),
    { maxLength: 7 },
  ),
})

const funnel: fc.Arbitrary<FunnelData> = fc
  .array(fc.tuple(fc.nat(200), fc.nat(200), fc.option(fc.nat(90))), { minLength: 7, maxLength: 7 })
  .map((lost) => {
    const stages: FunnelData['stages'][number][] = []
    let reached = lost.reduce((sum, [left, waiting]) => sum + left + waiting, 0)
    lost.forEach(([left, waiting, medianWorkingDays], index) => {
      stages.push({ stage: funnelStages[index]!, entered: reached, left, waiting, medianWorkingDays })
      reached -= left + waiting
    })
    return { stages }
  })

const grant: fc.Arbitrary<FlowGrant> = fc.record({
  sizeClass: fc.constantFrom('large', 'medium', 'small', 'micro', 'unknown'),
  providerId: fc.constantFrom(...'abcdefghij'),
  providerName: words,
  reservedFen: fen,
  heldFen: fen,
  owedFen: fen,
  paidFen: fen,
  returnedFen: fen,
})

/** Whatever was granted, the rest follows as the ledger has it: what was not granted, or was granted twice. */
const flow: fc.Arbitrary<FlowData> = fc
  .array(fc.tuple(bilingual, fen, fc.array(grant, { maxLength: 9 }), fc.nat(100)), { maxLength: 3 })
  .map((programmes) => ({
    asOf: '2025-06-30',
    programmes: programmes.map(([title, appropriatedFen, grants, share], index) => {
      const granted = grants.reduce((sum, each) => sum + grantOf(each), 0n)
      const paid = grants.reduce((sum, each) => sum + BigInt(each.paidFen), 0n)
      const rest = BigInt(appropriatedFen) - granted
      return {
        adoptionId: String(index),
        title,
        appropriatedFen,
        ungrantedFen: String(rest > 0n ? rest : 0n),
        regrantedFen: String(rest < 0n ? -rest : 0n),
        demandedFen: String((paid * BigInt(share)) / 300n),
        recoveredFen: String((paid * BigInt(share)) / 500n),
        grants,
      }
    }),
  }))

function grantOf(each: FlowGrant): bigint {
  return [each.reservedFen, each.heldFen, each.owedFen, each.paidFen, each.returnedFen].reduce(
    (sum, part) => sum + BigInt(part),
    0n,
  )
}

const waterfall: fc.Arbitrary<WaterfallData> = fc.record({
  matched: fc.record({
    legs: fc.constant([
      { leg: 'metered' as const, applies: true, shownFen: '0', countedFen: '0', least: true, causes: [] },
    ]),
    shownFen: fen,
    shortfalls: fc.array(
      fc.record({
        code: fc.constant('x'),
        text: bilingual,
        leg: fc.constantFrom('metered', 'contract', 'invoice', 'payment', 'claim'),
        beforeFen: fen,
        afterFen: fen,
        differenceFen: fen,
        refs: fc.constant([]),
      }),
      { maxLength: 4 },
    ),
    baseFen: fen,
  }),
  determination: caps.map(({ steps }) => ({ steps })),
  payableFen: fen,
})

const some = fc.nat(99)
const shares: fc.Arbitrary<SharesData> = fc
  .record({
    named: fc.constantFrom('first_come', 'merit', 'merit_shared', 'pro_rata', 'lottery'),
    poolFen: fen,
    claimsFen: fen,
    rules: fc.array(fc.tuple(fc.constantFrom('first_come', 'merit', 'pro_rata'), fen, some, some, some), {
      maxLength: 4,
    }),
  })
  .map((each) => ({
    ...each,
    rules: [
      ...each.rules.map(([rule, awardedFen, whole, inPart, nothing]) => ({
        ...{ rule, awardedFen, whole, inPart, nothing },
        ...{ leftFen: '0', leftWhy: 'nothing' as const, fewest: null, most: null },
      })),
      {
        ...{ rule: 'lottery' as const, awardedFen: null, leftFen: null, leftWhy: null },
        ...{ whole: null, inPart: null, nothing: null, fewest: 1, most: 3 },
      },
    ],
  }))

const hours = fc.nat(9_999_999).map((tenths) => tenths / 10)
const compute: fc.Arbitrary<ComputeData> = fc.array(
  fc.record({
    chip: fc.constantFrom('H800', 'Ascend910B', 'A100-SXM4-80GB'),
    month: fc.constantFrom('2024-05', '2024-06', '2025-01'),
    wantedCardHours: hours,
    freeCardHours: fc.option(hours),
    wantedPflopHours: fc.option(hours),
    freePflopHours: fc.option(hours),
    standing: fc.constantFrom('within', 'short', 'unknown'),
  }),
  { maxLength: 20 },
)

const burnDown = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 12 }), fen), { maxLength: 12 })
  .map((points) => ({
    series: [...points]
      .sort(([left], [right]) => left - right)
      .filter(([month], index, all) => index === 0 || all[index - 1]![0] !== month)
      .map(([month, leftFen]) => ({ day: `2025-${String(month).padStart(2, '0')}-03`, leftFen })),
    exhaustion: null,
    endsOn: '2025-12-31',
  }))

const pictures: Readonly<Record<string, fc.Arbitrary<(language: Language) => Picture>>> = {
  caps: caps.map((data) => (language) => capsPicture(data, language)),
  shares: shares.map((data) => (language) => sharesPicture(data, language)),
  compute: compute.map((data) => (language) => computePicture(data, language)),
  funnel: funnel.map((data) => (language) => funnelPicture(data, language)),
  flow: flow.map((data) => (language) => flowPicture(data, language)),
  waterfall: waterfall.map((data) => (language) => waterfallPicture(data, language)),
  burnDown: burnDown.map((data) => (language) => burnDownPicture(data, language)),
}

describe.each(Object.entries(pictures))('any %s', (_name, arbitrary) => {
  const drawn = fc.tuple(arbitrary, fc.constantFrom(...LANGUAGES), fc.constantFrom(...WIDTHS))

  test('no words overlap others or leave the picture, at any width', () => {
    fc.assert(
      fc.property(drawn, ([make, language, width]) => {
        expect(faults(make(language).draw(width))).toEqual([])
      }),
      SOME,
    )
  })

  test('the same data give the same file, of rectangles, paths and texts, in well-formed XML', () => {
    fc.assert(
      fc.property(drawn, ([make, language, width]) => {
        const file = pictureSvg(make(language), width)
        expect(pictureSvg(make(language), width)).toBe(file)
        expect(file).not.toMatch(/NaN|undefined|Infinity/)
        const inside = file.replace(/^<svg [^>]*><title>[^<]*<\/title>/, '').replace(/<\/svg>$/, '')
        expect(
          inside.replace(/<(rect|path)( [\w-]+="[^"<]*")+\/>|<text( [\w-]+="[^"<]*")+>[^<]*<\/text>/g, ''),
        ).toBe('')
      }),
      SOME,
    )
  })

  test('it has a finding, a sentence and a table whose rows are as long as its head', () => {
    fc.assert(
      fc.property(drawn, ([make, language]) => {
        const { title, sentence, table } = make(language)
        expect(title.trim()).not.toBe('')
        expect(sentence.trim()).not.toBe('')
        expect(table.rows.filter((row) => row.length !== table.head.length)).toEqual([])
      }),
      SOME,
    )
  })
})

function faults(scene: Scene): string[] {
  const texts = scene.marks.filter(({ tag }) => tag === 'text').map((mark) => ({ mark, box: boxOf(mark) }))
  return texts.flatMap(({ mark, box }, index) => {
    const outside =
      box.x < -0.1 || box.x + box.width > scene.width + 0.1 || box.y + box.height > scene.height + 4
    const over = texts
      .slice(index + 1)
      .filter(
        ({ box: other }) =>
          box.x + box.width > other.x + 0.1 &&
          other.x + other.width > box.x + 0.1 &&
          box.y + box.height > other.y + 3.5 &&
          other.y + other.height > box.y + 3.5,
      )
    return [
      ...(outside ? [`outside: ${mark.text}`] : []),
      ...over.map(({ mark: b }) => `${mark.text} over ${b.text}`),
    ]
  })
}

describe('the flow of money', () => {
  test('conserves every fen: what enters a node leaves it, and what was appropriated is found again at the end', () => {
    fc.assert(
      fc.property(flow, (data) => {
        const graph = flowGraph(data)
        for (const { id, layer, fen: amount } of graph.nodes) {
          const into = graph.links.filter(({ to }) => to === id).reduce((sum, link) => sum + link.fen, 0n)
          const out = graph.links.filter(({ from }) => from === id).reduce((sum, link) => sum + link.fen, 0n)
          expect(amount > 0n).toBe(true)
          if (layer > 0) expect(into).toBe(amount)
          if (layer < 4) expect(out).toBe(amount)
        }
        const ends = flowFates
          .filter((fate) => fate !== 'demanded' && fate !== 'recovered')
          .reduce((sum, fate) => sum + fateFen(graph, fate), 0n)
        expect(ends).toBe(graph.sourceFen)
      }),
    )
  })

  test('nodes and lanes of a column stand apart, and the bands of a node fill it exactly', () => {
    fc.assert(
      fc.property(flow, fc.constantFrom(...WIDTHS), (data, width) => {
        const graph = flowGraph(data)
        const { nodes, bands } = flowLayout(graph, width, 80)
        for (const one of nodes) {
          for (const other of nodes) {
            if (one === other || one.column !== other.column) continue
            expect(one.y + one.height <= other.y || other.y + other.height <= one.y).toBe(true)
          }
          const into = bands.filter(({ link }) => link.to === one.node.id)
          const filled = into.reduce((sum, { height }) => sum + height, 0)
          if (one.column > 0) expect(filled).toBeCloseTo(one.height, 2)
          for (const { points } of into) {
            expect(points[points.length - 1]!.y).toBeGreaterThanOrEqual(one.y - 0.01)
          }
        }
      }),
    )
  })

  test('more than six providers become five and the others, and nothing is lost', () => {
    const many = [...'abcdefgh'].map((providerId, index) => ({
      ...emptyGrant,
      providerId,
      providerName: providerId.toUpperCase(),
      paidFen: String((index + 1) * 100),
    }))
    const graph = flowGraph(programmeOf('10000', '6400', many))
    const providers = graph.nodes.filter(({ layer }) => layer === 3)
    expect(providers.map(({ text }) => text.en).toSorted()).toEqual([
      'D',
      'E',
      'F',
      'G',
      'H',
      'Other providers',
    ])
    expect(fateFen(graph, 'paid')).toBe(3600n)
  })
})

const emptyGrant: FlowGrant = {
  sizeClass: 'small',
  providerId: 'a',
  providerName: '云港',
  reservedFen: '0',
  heldFen: '0',
  owedFen: '0',
  paidFen: '0',
  returnedFen: '0',
}

function programmeOf(appropriatedFen: string, ungrantedFen: string, grants: readonly FlowGrant[]): FlowData {
  const title = { zh: '算力券', en: 'Vouchers' }
  const none = { regrantedFen: '0', demandedFen: '0', recoveredFen: '0' }
  return {
    asOf: '2025-06-30',
    programmes: [{ adoptionId: 'p', title, appropriatedFen, ungrantedFen, ...none, grants }],
  }
}

describe('the waterfall', () => {
  test('the first bar less every step is the last bar', () => {
    fc.assert(
      fc.property(waterfall, (data) => {
        const { startFen, steps } = waterfallSteps(data)
        const left = steps.reduce((amount, { takesFen }) => amount - takesFen, startFen)
        expect(left).toBe(BigInt(data.payableFen))
        expect(steps.filter(({ takesFen }) => takesFen === 0n)).toEqual([])
      }),
    )
  })
})

describe('in grey', () => {
  test('the fates of money differ in lightness by a third and more', () => {
    const lights = Object.values(FATES)
      .map(luminance)
      .toSorted((left, right) => left - right)
    lights.slice(1).forEach((light, index) => {
      expect((light + 0.05) / (lights[index]! + 0.05)).toBeGreaterThan(1.3)
    })
  })
})

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
