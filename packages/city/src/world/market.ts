// Providers with their centres and devices, the price index of each chip over the year, and the city's programme.
import { seededRandom, type Random } from '@suanquan/core'
import { daysBetween, type Day } from '@suanquan/core/calendar'
import type { Row } from '@suanquan/core/supervision'
import { chance, lognormal, YEAR, type Draft } from './draft.ts'
import { makeFirm, makePerson, type FirmPlan, type Society } from './firms.ts'
import { levels } from './levels.ts'
import { drawHonestWork, type Observed } from './observed.ts'
import { drawTemplate } from './texts.ts'

export const chips: Readonly<Record<string, { readonly priceFen: number; readonly tflops: number }>> = {
  H800: { priceFen: 1300, tflops: 989 },
  A800: { priceFen: 900, tflops: 312 },
  A100: { priceFen: 820, tflops: 312 },
  '910B': { priceFen: 650, tflops: 376 },
  L40S: { priceFen: 450, tflops: 362 },
  H20: { priceFen: 700, tflops: 148 },
}
/** A chip-month in which everybody paid more: scarcity, not fraud. */
const SCARCE = { chip: 'A800', month: '2024-06', factor: 1.35 } as const

export interface Provider {
  readonly firm: Row<'firms'>
  readonly chips: readonly string[]
  readonly template: string
  /** a device that nobody uses in the time; the provider installs one where all are busy */
  readonly deviceFree: (draft: Draft, wanted: Wanted) => Row<'devices'>
}

interface Wanted {
  readonly chip: string
  readonly cards: number
  readonly startsAt: number
  readonly endsAt: number
}

export interface City {
  readonly programme: Row<'programmes'>
  readonly society: Society
  readonly providers: readonly Provider[]
  readonly reviewers: readonly string[]
  readonly drawAmount: () => number
  readonly drawWork: () => Observed
  readonly takesSeries: () => boolean
}

export const THRESHOLD_FEN = 200_000_000
export const FIRM_CAP_FEN = 80_000_000

export function newCity(draft: Draft, society: Society): City {
  const random = draft.random.fork('city')
  const { providers, series, contracts } = levels[draft.level]
  const programme = draft.add('programmes', {
    id: 'example-compute-voucher-2024',
    startsOn: YEAR.first,
    affiliatesBarred: true,
    stackingBarred: true,
    thresholdFen: THRESHOLD_FEN,
    firmCapFen: FIRM_CAP_FEN,
    maximumRate: 0.3,
    totalRateLimit: 0.5,
    purposes: 'training inference simulation',
    region: '990100',
    quotesRequired: 3,
    scoreCutoff: 60,
  })
  return {
    programme,
    society,
    providers: Array.from({ length: providers }, () => newProvider(draft, society)),
    reviewers: Array.from({ length: Math.max(4, Math.min(60, Math.round(contracts / 120))) }, () =>
      makePerson(draft),
    ),
    drawAmount: () => Math.round(Math.min(6e8, Math.max(5e6, lognormal(random, 3e7, 0.8)))),
    drawWork: () => drawHonestWork(random),
    takesSeries: () => chance(random, series / contracts),
  }
}

export function newProvider(draft: Draft, society: Society, plan: FirmPlan = {}): Provider {
  const { random } = draft
  const firm = makeFirm(draft, society, {
    staff: 60 + random.int(400),
    registeredOn: `20${10 + random.int(12)}-0${1 + random.int(9)}-15`,
    revenueFen: Math.round(lognormal(random, 3e10, 0.7)),
    addressHash: draft.secret(),
    ...plan,
  })
  const names = Object.keys(chips)
  const own = [random.pick(names), random.pick(names), random.pick(names)]
  const centre = `centre-${draft.secret().slice(0, 6)}`
  const installed = new Map<string, { row: Row<'devices'>; freeAt: number }[]>()
  return { firm, chips: [...new Set(own)], template: drawTemplate(random), deviceFree }

  function deviceFree(to: Draft, { chip, cards, startsAt, endsAt }: Wanted): Row<'devices'> {
    const kind = `${chip} ${cards}`
    const devices = installed.get(kind) ?? []
    installed.set(kind, devices)
    let free = devices.slice(-40).find(({ freeAt }) => freeAt <= startsAt)
    if (free === undefined) {
      free = { row: newDevice(to, { provider: firm.id, centre, chip, cards }), freeAt: 0 }
      devices.push(free)
    }
    free.freeAt = endsAt
    return free.row
  }
}

export function newDevice(
  draft: Draft,
  device: {
    readonly provider: string
    readonly centre: string
    readonly chip: string
    readonly cards: number
    readonly speed?: number
  },
): Row<'devices'> {
  const { tflops } = chips[device.chip]!
  const { provider, centre, chip, cards } = device
  const speed = device.speed ?? 0.8 + 0.04 * draft.random.next()
  return draft.add('devices', {
    serial: draft.secret(),
    centre,
    provider,
    chip,
    cards,
    nominalTflops: tflops,
    measuredTflops: Math.round(tflops * speed * 10) / 10,
  })
}

/** The national index of a chip on a day: falling over the year, with one scarce month. */
export function indexFen(chip: string, on: Day): number {
  const year = daysBetween(YEAR.first, on) / 365
  const scarce = chip === SCARCE.chip && on.startsWith(SCARCE.month) ? SCARCE.factor : 1
  return chips[chip]!.priceFen * (1 - 0.12 * year) * scarce
}

/** A fair price: the index with the ordinary spread of a market. */
export function priceFen(random: Random, chip: string, on: Day): number {
  return indexFen(chip, on) * Math.exp(0.12 * random.normal())
}

/** What the provider asked for such a contract before the programme began, or null where nobody recorded it. */
export function listPriceFen(
  random: Random,
  { chip, fairFen, on }: { readonly chip: string; readonly fairFen: number; readonly on: Day },
): number | null {
  if (chance(random, 0.15)) return null
  return Math.round(
    (fairFen / indexFen(chip, on)) * indexFen(chip, YEAR.first) * (1 + 0.06 * Math.abs(random.normal())),
  )
}

/** A stream of its own for a part of the world, so that parts do not move each other. */
export function streamOf(seed: string, part: string): Random {
  return seededRandom(`supervision-world/${seed}/${part}`)
}
