// The geometry of the burn-down: days to the right, what is left upwards; steps, not slopes, because money leaves in
// whole grants. The forecast runs from the last known point to the day it would be used up, with its earliest and
// latest day.
import { dayNumber, dayFromNumber, type Day } from '@suanquan/core/calendar'

export interface BurnDownData {
  readonly series: readonly { readonly day: Day; readonly leftFen: string }[]
  readonly exhaustion: { readonly day: Day; readonly earliest: Day; readonly latest: Day } | null
  readonly endsOn: Day
}

export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface BurnDownShape {
  readonly line: string
  readonly area: string
  readonly forecast: string | null
  readonly fan: string | null
  readonly end: { readonly x: number; readonly y: number } | null
  /** the last day of the period */
  readonly endsAt: number
  readonly levels: readonly { readonly y: number; readonly fen: bigint }[]
  readonly months: readonly { readonly x: number; readonly month: number }[]
}

export function burnDownShape(data: BurnDownData, box: Frame): BurnDownShape {
  const first = dayNumber(data.series[0]?.day ?? data.endsOn)
  const known = dayNumber(data.series[data.series.length - 1]?.day ?? data.endsOn)
  const furthest = Math.max(dayNumber(data.endsOn), known + 1, ...latestDays(data, first))
  const most = data.series.reduce((top, { leftFen }) => (BigInt(leftFen) > top ? BigInt(leftFen) : top), 1n)
  const ceiling = roundUp(most)
  const x = (day: number): number => {
    const inside = Math.min(day, furthest)
    return round(box.left + ((inside - first) / Math.max(1, furthest - first)) * (box.right - box.left))
  }
  const y = (fen: bigint): number => {
    const share = Number((fen * 10_000n) / ceiling) / 10_000
    return round(box.bottom - share * (box.bottom - box.top))
  }
  const steps = data.series.map(({ day, leftFen }) => ({ x: x(dayNumber(day)), y: y(BigInt(leftFen)) }))
  const line = steps.map((at, index) => (index === 0 ? `M${at.x} ${at.y}` : `H${at.x}V${at.y}`)).join('')
  const last = steps[steps.length - 1] ?? { x: box.left, y: box.bottom }
  const to = (day: Day): string => `M${last.x} ${last.y}L${x(dayNumber(day))} ${box.bottom}`
  const forecast = data.exhaustion
  return {
    line,
    area: steps.length === 0 ? '' : `${line}V${box.bottom}H${steps[0]!.x}Z`,
    forecast: forecast === null ? null : to(forecast.day),
    fan: forecast === null ? null : to(forecast.earliest) + to(forecast.latest),
    end: forecast === null ? null : { x: x(dayNumber(forecast.day)), y: box.bottom },
    endsAt: x(dayNumber(data.endsOn)),
    levels: [1n, 2n, 3n].map((third) => ({ y: y((ceiling * third) / 3n), fen: (ceiling * third) / 3n })),
    months: monthMarks(first, furthest).map(({ day, month }) => ({ x: x(day), month })),
  }
}

/** A forecast more than half a span beyond the end is cut: it says "not this year", not where exactly. */
function latestDays({ exhaustion, endsOn }: BurnDownData, first: number): number[] {
  if (exhaustion === null) return []
  const span = dayNumber(endsOn) - first
  return [Math.min(dayNumber(exhaustion.latest), dayNumber(endsOn) + Math.floor(span / 2))]
}

/** The next amount of the form 3, 6, 9, 12, 15, 18, 24 or 30 × 10ⁿ fen, so that its thirds are round. */
function roundUp(fen: bigint): bigint {
  let unit = 1n
  while (unit * 30n < fen) unit *= 10n
  return [3n, 6n, 9n, 12n, 15n, 18n, 24n, 30n].map((n) => n * unit).find((level) => level >= fen)!
}

function monthMarks(first: number, last: number): { day: number; month: number }[] {
  const starts: { day: number; month: number }[] = []
  for (let day = first; day <= last; day += 1) {
    const text = dayFromNumber(day)
    if (text.endsWith('-01') || (day === first && Number(text.slice(8)) <= 10)) {
      starts.push({ day, month: Number(text.slice(5, 7)) })
    }
  }
  const every = Math.max(1, Math.ceil(starts.length / 5))
  return starts.filter((_, index) => index % every === 0)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
