// Who ended up with the money: a Sankey from the appropriation to what became of every fen, as of a day.
import { readDay } from '../format/day.ts'
import type { Language } from '../format/language.ts'
import { ledgerMoney, sayMoney, shortMoney } from '../format/money.ts'
import {
  compactGraph,
  FATE_WORDS,
  fateFen,
  flowFates,
  flowGraph,
  type FlowData,
  type FlowFate,
  type FlowGraph,
} from './flow-graph.ts'
import { flowLayout, nameLines, NODE, type PlacedBand, type PlacedNode } from './flow-layout.ts'
import { fit, SIZE, wrap } from './letters.ts'
import { FATES, PAINT } from './paint.ts'
import { inWords, NARROWEST, percent, type Picture } from './picture.ts'
import { hatch, path, rect, round, text, type Mark, type Scene } from './scene.ts'

export type { FlowData } from './flow-graph.ts'

const FILLS: Readonly<Record<FlowFate, string>> = {
  paid: FATES.paid,
  owed: FATES.owed,
  held: FATES.held,
  reserved: FATES.held,
  returned: FATES.returned,
  ungranted: PAINT.line,
  demanded: FATES.demanded,
  recovered: FATES.demanded,
}

export function flowPicture(data: FlowData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const graph = flowGraph(data)
  const nameOf = new Map(graph.nodes.map(({ id, text: words }) => [id, inWords(language, words)]))
  return {
    name: say('资金去向', 'flow-of-money'),
    language,
    ...finding(graph, data.asOf, language),
    legend: [
      say('带宽即金额，每一处进出相等', 'The width of a band is its amount; what enters a node leaves it'),
      ...(fateFen(graph, 'returned') > 0n ? [say('斜线：退回资金池', 'hatched: back in the pool')] : []),
    ].join(' · '),
    table: {
      labels: 2,
      head: [say('从', 'From'), say('到', 'To'), say('金额（元）', 'Amount (yuan)'), say('占比', 'Share')],
      rows: graph.links.map(({ from, to, fen }) => [
        nameOf.get(from)!,
        nameOf.get(to)!,
        ledgerMoney(fen),
        percent(fen, graph.sourceFen),
      ]),
    },
    draw: (width) => drawing(graph, language, width),
  }
}

function finding(graph: FlowGraph, asOf: string, language: Language): { title: string; sentence: string } {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const whole = graph.sourceFen
  const day = readDay(asOf, language)
  if (whole === 0n) {
    return {
      title: say('还没有安排资金', 'No money has been appropriated yet'),
      sentence: say(`截至 ${day}，账本里没有预算安排。`, `As of ${day} the ledger holds no appropriation.`),
    }
  }
  const paid = fateFen(graph, 'paid')
  const fates = flowFates
    .filter((fate) => !['paid', 'demanded', 'recovered'].includes(fate) && fateFen(graph, fate) > 0n)
    .map((fate) => {
      const amount = sayMoney(fateFen(graph, fate), language)
      return say(`${FATE_WORDS[fate].zh} ${amount}`, `${amount} ${FATE_WORDS[fate].en.toLowerCase()}`)
    })
  const source = graph.nodes.some(({ id }) => id === 'again')
    ? say('（含退回后再次发放）', ' (what came back and was granted again included)')
    : ''
  const share = percent(paid, whole)
  const title =
    paid === 0n
      ? say('资金还没有拨付到户', 'Nothing has been paid out yet')
      : say(
          `已拨付 ${sayMoney(paid, language)}，占 ${share}`,
          `${sayMoney(paid, language)} paid out, ${share}`,
        )
  const rest = fates.length === 0 ? '' : say(`：${fates.join('，')}`, `: ${fates.join(', ')}`)
  const back = fateFen(graph, 'demanded') + fateFen(graph, 'recovered')
  return {
    title,
    sentence: [
      say(
        `截至 ${day}，共 ${sayMoney(whole, language)}${source}`,
        `As of ${day}, of ${sayMoney(whole, language)}${source}`,
      ),
      paid === 0n
        ? say(`：${fates.join('，')}。`, `: ${fates.join(', ')}.`)
        : say(
            `，已拨付 ${sayMoney(paid, language)}${rest === '' ? '' : `，其余${rest}`}。`,
            `, ${sayMoney(paid, language)} is paid${rest === '' ? '' : `; the rest${rest}`}.`,
          ),
      back === 0n
        ? ''
        : say(
            `拨付的钱中 ${sayMoney(back, language)} 被追回或正在追回。`,
            ` Of what was paid, ${sayMoney(back, language)} is recovered or demanded back.`,
          ),
    ].join(''),
  }
}

/** Below this width the first and the last column are left out: their words would not fit. */
const COMPACT = 520

function drawing(whole: FlowGraph, language: Language, width: number): Scene {
  const wide = Math.max(NARROWEST, Math.round(width))
  const graph = wide < COMPACT ? compactGraph(whole) : whole
  if (graph.nodes.length === 0) {
    const words = inWords(language, { zh: '还没有资金', en: 'No money yet' })
    return { width: wide, height: 28, marks: [text({ x: 0, y: 16 }, words)] }
  }
  const labels = Math.min(130, Math.round(wide * 0.27))
  const layout = flowLayout(graph, wide, labels)
  const fates = new Map(graph.nodes.map((node) => [node.id, node.fate]))
  const marks = [
    ...layout.bands.flatMap((band) => bandMarks(band, fates.get(band.link.to) ?? null)),
    ...layout.nodes.flatMap((placed) => nodeMarks(placed)),
    ...layout.nodes.flatMap((placed) => {
      const room = placed.column === layout.columns - 1 ? labels - 6 : layout.pitch - NODE - 8
      return wordMarks(placed, room, language)
    }),
  ]
  return { width: wide, height: Math.ceil(layout.height + 4), marks }
}

/** Drawn through its points by smooth steps. Bands are pale so that words can stand on them. */
function bandMarks({ points, height }: PlacedBand, fate: FlowFate | null): readonly Mark[] {
  const drawn = Math.max(height, 1)
  const upper = edgePath(points, 0)
  const lower = edgePath([...points].reverse(), drawn)
  const fill = fate === null ? PAINT.line : FILLS[fate]
  return [path(`M${upper}L${lower}Z`, { fill, fillOpacity: fate === null ? 0.45 : 0.35 })]
}

function edgePath(points: PlacedBand['points'], down: number): string {
  return points
    .map(({ x, y }, index) => {
      const here = `${round(x)} ${round(y + down)}`
      const before = points[index - 1]
      if (before === undefined) return here
      const middle = round((before.x + x) / 2)
      return `C${middle} ${round(before.y + down)} ${middle} ${round(y + down)} ${here}`
    })
    .join('')
}

function nodeMarks({ node, x, y, height }: PlacedNode): readonly Mark[] {
  const box = { x, y, width: NODE, height: Math.max(height, 1.5) }
  if (node.fate === null) return [rect(box, PAINT.quiet)]
  return [rect(box, FILLS[node.fate]), ...(node.fate === 'returned' ? hatch(box, PAINT.limit) : [])]
}

function wordMarks({ node, x, y, height }: PlacedNode, room: number, language: Language): readonly Mark[] {
  const left = x + NODE + 4
  const name = wrap(inWords(language, node.text), room, nameLines(node), 600)
  const top = y + Math.max(0, (height - (name.length + 1) * (SIZE + 3)) / 2) + SIZE
  return [
    ...name.map((line, index) =>
      text({ x: left, y: top + index * (SIZE + 3) }, line, { weight: 600, fill: PAINT.ink }),
    ),
    text({ x: left, y: top + name.length * (SIZE + 3) }, fit(shortMoney(node.fen, language), room), {
      fill: PAINT.ink,
    }),
  ]
}
