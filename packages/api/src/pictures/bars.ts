// Rows of horizontal bars on one scale: a label and its figure, the bar below, a note below that. The form of the
// funnel, of the caps and of the way from what was metered to what is paid.
import { SIZE, fit, widthOf, wrap, type Weight } from './letters.ts'
import { PAINT } from './paint.ts'
import { NARROWEST } from './picture.ts'
import { hatch, path, rect, round, text, type Mark, type Scene } from './scene.ts'

/** A part of a bar, in the unit of the scale. */
export interface Segment {
  readonly from: bigint
  readonly to: bigint
  /** a colour, or `HATCHED` */
  readonly fill: string
}

export interface Bar {
  readonly label: string
  readonly value: string
  readonly note?: string
  readonly segments: readonly Segment[]
  /** the row that the title speaks of */
  readonly marked?: boolean
  readonly total?: boolean
}

/** instead of a colour: what is missing or lost */
export const HATCHED = 'hatched'

interface Bars {
  readonly rows: readonly Bar[]
  /** what the full width stands for; what is longer ends in an open edge */
  readonly whole: bigint
  /** an upright line across every bar */
  readonly rule?: bigint
  /** what stands instead of an empty picture */
  readonly empty: string
}

const LINE = SIZE + 4
const BAR = 14
const GAP = 12
const INSET = 8

export function barsScene({ rows, whole, rule, empty }: Bars, width: number): Scene {
  const wide = Math.max(NARROWEST, Math.round(width))
  if (rows.length === 0) {
    return { width: wide, height: LINE + INSET, marks: [text({ x: 0, y: LINE }, fit(empty, wide))] }
  }
  const scale = { wide: wide - 2 * INSET, whole: whole > 0n ? whole : 1n, rule }
  const marks: Mark[] = []
  let top = 2
  for (const row of rows) {
    const drawn = rowMarks(row, top, scale)
    if (row.marked === true) {
      marks.push(rect({ x: 0, y: top - 2, width: wide, height: drawn.height + 4 }, '#f6eddc'))
    }
    marks.push(...drawn.marks)
    top += drawn.height + GAP
  }
  return { width: wide, height: round(top - GAP + 4), marks }
}

interface Scale {
  readonly wide: number
  readonly whole: bigint
  readonly rule: bigint | undefined
}

function lengthOf(amount: bigint, { wide, whole }: Pick<Scale, 'wide' | 'whole'>): number {
  const cut = amount < 0n ? 0n : amount > whole ? whole : amount
  return (Number((cut * 100_000n) / whole) / 100_000) * wide
}

function rowMarks(row: Bar, top: number, scale: Scale): { marks: Mark[]; height: number } {
  const weight: Weight = row.total === true || row.marked === true ? 600 : 400
  const fill = weight === 600 ? PAINT.ink : PAINT.quiet
  const right = INSET + scale.wide
  const room = scale.wide - widthOf(row.value, weight) - 12
  const labels = wrap(row.label, room, 3, weight)
  const marks: Mark[] = labels.map((line, index) =>
    text({ x: INSET, y: top + SIZE + index * LINE }, line, { weight, fill }),
  )
  marks.push(
    text({ x: right, y: top + SIZE + (labels.length - 1) * LINE }, row.value, {
      anchor: 'end',
      weight,
      fill: PAINT.ink,
    }),
  )
  const y = top + labels.length * LINE + 1
  marks.push(rect({ x: INSET, y, width: scale.wide, height: BAR }, PAINT.faint))
  for (const segment of row.segments) marks.push(...segmentMarks(segment, y, scale))
  if (scale.rule !== undefined) {
    const x = round(INSET + lengthOf(scale.rule, scale))
    marks.push(path(`M${x} ${y - 2}v${BAR + 4}`, { stroke: PAINT.limit, strokeWidth: 2 }))
  }
  const notes = row.note === undefined || row.note === '' ? [] : wrap(row.note, scale.wide)
  notes.forEach((line, index) => marks.push(text({ x: INSET, y: y + BAR + SIZE + 3 + index * LINE }, line)))
  return { marks, height: labels.length * LINE + 1 + BAR + notes.length * LINE + (notes.length > 0 ? 2 : 0) }
}

function segmentMarks({ from, to, fill }: Segment, y: number, scale: Scale): readonly Mark[] {
  if (to <= from) return []
  const start = INSET + lengthOf(from, scale)
  const end = INSET + lengthOf(to, scale)
  // something is never drawn as nothing
  const length = Math.max(end - start, 1)
  const box = { x: Math.min(start, INSET + scale.wide - length), y, width: length, height: BAR }
  const marks = fill === HATCHED ? hatch(box, PAINT.quiet) : [rect(box, fill)]
  if (to <= scale.whole) return marks
  const edge = round(INSET + scale.wide)
  const teeth = `M${edge + 1} ${y}l-6 ${BAR / 4}l6 ${BAR / 4}l-6 ${BAR / 4}l6 ${BAR / 4}z`
  return [...marks, path(teeth, { fill: '#ffffff' })]
}
