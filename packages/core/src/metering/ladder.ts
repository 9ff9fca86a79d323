// 利用率阶梯: of what is installed at a centre, how much is available, sold, allocated, active and effective, month by month
// (after the measure E13 of our catalogue). Each rung has a feed of its own. Without it the rung is unknown, never nothing;
// where a feed knows only a part, the rung is "at least" that part. A rung above one before it is a contradiction, told
// with both feeds and never cut down. Sums are whole card-seconds, so that centres add up in any order.
import { chipClass, hoursOf, petaflopHours } from '../capacity/index.ts'
import type { Month } from './pieces.ts'

export const RUNGS = ['installed', 'available', 'sold', 'allocated', 'active', 'effective'] as const

export type RungName = (typeof RUNGS)[number]

/** Who says it: the centre's statement, registered contracts, the scheduler's accounting, the monitoring of devices. */
export const RUNG_SOURCES = ['statement', 'contracts', 'scheduler', 'monitoring'] as const

export type RungSource = (typeof RUNG_SOURCES)[number]

/** A device's hour is active when its mean busy share is at least this many per cent. */
export const ACTIVE_PERCENT = 5

/** What the feeds of one rung say of a centre in a month. */
export interface RungReading {
  readonly sources: readonly RungSource[]
  /** by class, in card-seconds; a class that is not named has none when the reading is whole */
  readonly chips: Readonly<Record<string, number>>
  /** card-seconds of which the feed does not say the class */
  readonly unplaced: number
  /** false: there may be more of it, which no feed tells */
  readonly whole: boolean
  /** how much of the time, or of the card-time, the feed looked at; null where nothing can be missed */
  readonly seen: { readonly seconds: number; readonly of: number } | null
}

export interface CentreMonth {
  readonly centre: string
  readonly month: Month
  /** classes that the centre has stated, and the dense FP16 of one card; null while nothing trustworthy says so */
  readonly classes: Readonly<Record<string, number | null>>
  /** a rung that is not named has no feed */
  readonly readings: Readonly<Partial<Record<RungName, RungReading>>>
}

export interface Rung {
  readonly name: RungName
  /** what is known of it; the whole of it unless `unknownOf` is above 0 */
  readonly cardSeconds: number
  /** of how many centres and months the rung is unknown, in whole or in part, and of how many it is asked */
  readonly unknownOf: number
  readonly of: number
  /** P_d16·hours; null where a class counts nothing or the rung is not wholly known */
  readonly pflopHours: number | null
  readonly sources: readonly RungSource[]
  readonly seen: RungReading['seen']
}

export interface LadderContradiction {
  readonly centre: string
  readonly month: Month
  /** null: of the whole centre */
  readonly chip: string | null
  readonly rung: RungName
  readonly cardSeconds: number
  readonly sources: readonly RungSource[]
  /** the rung before it that is wholly known */
  readonly within: RungName
  readonly withinCardSeconds: number
  readonly withinSources: readonly RungSource[]
}

/**
 * The ladder of any set of centres and months.
 * @param chip of one class only; a feed that does not tell classes then knows nothing of it, unless it saw nothing at all
 */
export function ladderOf(cells: readonly CentreMonth[], chip: string | null = null): Rung[] {
  return RUNGS.map((name) => cells.map((cell) => rungOf(cell, name, chip)).reduce(addRungs, empty(name)))
}

/** Adding rungs of different centres or months: what is known adds up, what is unknown stays so. */
export function addRungs(a: Rung, b: Rung): Rung {
  const seen = a.seen === null || b.seen === null ? (a.seen ?? b.seen) : addSeen(a.seen, b.seen)
  return {
    name: a.name,
    cardSeconds: a.cardSeconds + b.cardSeconds,
    unknownOf: a.unknownOf + b.unknownOf,
    of: a.of + b.of,
    pflopHours: a.pflopHours === null || b.pflopHours === null ? null : a.pflopHours + b.pflopHours,
    sources: RUNG_SOURCES.filter((source) => a.sources.includes(source) || b.sources.includes(source)),
    seen,
  }
}

function empty(name: RungName): Rung {
  return { name, cardSeconds: 0, unknownOf: 0, of: 0, pflopHours: 0, sources: [], seen: null }
}

type Seen = NonNullable<RungReading['seen']>

function addSeen(a: Seen, b: Seen): Seen {
  return { seconds: a.seconds + b.seconds, of: a.of + b.of }
}

function rungOf({ readings, classes }: CentreMonth, name: RungName, chip: string | null): Rung {
  const reading = readings[name]
  if (reading === undefined) return { ...empty(name), unknownOf: 1, of: 1, pflopHours: null }
  const { chips, unplaced, whole, sources, seen } = reading
  const named = Object.entries(chips).filter(([each]) => chip === null || each === chip)
  const placed = named.reduce((sum, [, seconds]) => sum + seconds, 0)
  const known = whole && (chip === null || unplaced === 0)
  const hours = named.map(([each, seconds]) =>
    seconds === 0 ? 0 : petaflopHours(seconds / 3600, classes[each] ?? null),
  )
  const counted = known && unplaced === 0 && hours.every((each) => each !== null)
  return {
    name,
    cardSeconds: placed + (chip === null ? unplaced : 0),
    unknownOf: known ? 0 : 1,
    of: 1,
    pflopHours: counted ? hours.reduce<number>((sum, each) => sum + each!, 0) : null,
    sources,
    seen,
  }
}

/** Of every centre, month and class apart: a sum could hide it. */
export function ladderContradictions(cells: readonly CentreMonth[]): LadderContradiction[] {
  return cells.flatMap((cell) => {
    const classes = classesOf([cell])
    // a centre with one class is told once
    const views = classes.length === 1 ? [null] : [null, ...classes]
    return views.flatMap((chip) => contradictionsIn(cell, chip))
  })
}

function contradictionsIn(cell: CentreMonth, chip: string | null): LadderContradiction[] {
  const rungs = ladderOf([cell], chip)
  return rungs.flatMap((rung, index) => {
    const within = rungs.slice(0, index).findLast(({ unknownOf }) => unknownOf === 0)
    if (within === undefined || rung.cardSeconds <= within.cardSeconds) return []
    return [
      {
        centre: cell.centre,
        month: cell.month,
        chip,
        rung: rung.name,
        cardSeconds: rung.cardSeconds,
        sources: rung.sources,
        within: within.name,
        withinCardSeconds: within.cardSeconds,
        withinSources: within.sources,
      },
    ]
  })
}

/** Every class that a statement or a feed names, in order. */
export function classesOf(cells: readonly CentreMonth[]): string[] {
  const named = cells.flatMap(({ classes, readings }) => [
    ...Object.keys(classes),
    ...Object.values(readings).flatMap(({ chips }) => Object.keys(chips)),
  ])
  return [...new Set(named)].sort()
}

/** Cards of one class for a whole month. */
export function cardSecondsOf(devices: number, month: Month): number {
  return devices * hoursOf(month) * 3600
}

/** A reading from lines of class and card-seconds, however the feed spells its classes. */
export function readingOf(
  lines: readonly { readonly chip: string | null; readonly cardSeconds: number }[],
  told: Pick<RungReading, 'sources' | 'whole' | 'seen'>,
): RungReading {
  const chips: Record<string, number> = {}
  let unplaced = 0
  for (const { chip, cardSeconds } of lines) {
    const whole = Math.round(cardSeconds)
    if (chip === null) unplaced += whole
    else chips[chipClass(chip)] = (chips[chipClass(chip)] ?? 0) + whole
  }
  return { ...told, chips, unplaced }
}
