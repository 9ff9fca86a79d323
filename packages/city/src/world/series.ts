// Counters of a card, minute by minute, for the ways real work looks: bursts of development, polarised training, serving
// with its daily wave, steady solvers that read and write, offline inference, idle leases; and for the ways fake work
// looks: burn-in, mining, an old log played again. Energy is the integral of power, as a counter gives it.
import type { Random } from '@suanquan/core'
import { noise } from './levels.ts'
import { between, chance } from './draft.ts'

export type Work =
  | 'bursts'
  | 'training'
  | 'serving'
  | 'solver'
  | 'offline_inference'
  | 'idle'
  | 'burn'
  | 'mining'

export interface Counters {
  readonly sm: readonly number[]
  readonly tensor: readonly number[]
  readonly dram: readonly number[]
  readonly gr: readonly number[]
  readonly power: readonly number[]
  readonly memory: readonly number[]
  readonly io: readonly number[]
  readonly checkpoints: readonly number[]
  readonly energy: readonly number[]
}

export interface Minute {
  readonly sm: number
  readonly tensor: number
  readonly dram: number
  readonly memory: number
  readonly io: number
  readonly checkpoints: number
}

export const MINUTES = 1_560

export function drawCounters(random: Random, work: Work, disguise = 0): Counters {
  const minutes: Minute[] = []
  const course = courses[work](random, disguise)
  for (let at = 0; at < MINUTES; at++) {
    const lost = at > 0 && chance(random, noise.lostMinute)
    minutes.push(lost ? minutes[at - 1]! : course(at))
  }
  return countersOf(random, minutes, work === 'mining' ? 0.4 : 3)
}

export function countersOf(random: Random, minutes: readonly Minute[], powerNoise: number): Counters {
  const power = minutes.map(({ sm, tensor, dram }) =>
    tenth(Math.max(60, 70 + 3.2 * sm + 1.6 * tensor + 0.8 * dram + powerNoise * random.normal())),
  )
  let sum = 100
  const energy = power.map((watts, at) => tenth((sum += at === 0 ? 0 : watts / 60)))
  const of = (name: keyof Minute): number[] => minutes.map((minute) => tenth(minute[name]))
  return {
    sm: of('sm'),
    tensor: of('tensor'),
    dram: of('dram'),
    gr: of('sm'),
    memory: minutes.map(({ memory }) => Math.round(memory)),
    io: of('io'),
    checkpoints: of('checkpoints'),
    power,
    energy,
  }
}

/** The old log with a little noise over it; the clock moves on, the work does not. */
export function replayed(random: Random, old: Counters, amplitude: number): Counters {
  const shaken = (values: readonly number[]): number[] =>
    values.map((value) => tenth(Math.max(0, value + 100 * amplitude * random.normal() * 0.5)))
  return { ...old, sm: shaken(old.sm), gr: shaken(old.gr) }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

function limited(value: number): number {
  return Math.min(100, Math.max(0, value))
}

type Course = (random: Random, disguise: number) => (at: number) => Minute

const courses: Readonly<Record<Work, Course>> = {
  bursts(random) {
    let [left, level] = [0, 0]
    return () => {
      if (left <= 0) [left, level] = [5 + random.int(60), chance(random, 0.66) ? 0 : between(random, 5, 70)]
      left -= 1
      const sm = level === 0 ? 0 : limited(level + 12 * random.normal())
      return minute(sm, 0.3 * sm, { memory: 9_000 + 300 * level, io: sm > 0 ? 40 * random.next() : 0 })
    }
  },
  training(random) {
    let [left, on] = [0, false]
    const memory = between(random, 50_000, 76_000)
    return (at) => {
      if (left <= 0) [left, on] = [on ? 3 + random.int(12) : 40 + random.int(200), !on]
      left -= 1
      const sm = on ? limited(between(random, 34, 62) + 9 * random.normal()) : limited(2 * random.normal())
      const save = at % 180 === 179 ? 1 : 0
      return minute(sm, 0.55 * sm, {
        memory: memory + 900 * random.normal(),
        io: on ? 120 * random.next() : 2,
        checkpoints: save,
      })
    }
  },
  serving(random) {
    const [peak, phase] = [between(random, 25, 60), random.int(1440)]
    return (at) => {
      const wave = 0.55 - 0.45 * Math.cos((2 * Math.PI * (at + phase)) / 1440)
      const sm = limited(peak * wave + 6 * random.normal())
      return minute(sm, 0.35 * sm, {
        memory: 42_000 + 1_500 * random.normal(),
        io: 10 + 60 * wave * random.next(),
      })
    }
  },
  solver(random) {
    const level = between(random, 92, 97)
    return (at) =>
      minute(limited(level + 0.5 * random.normal()), 0, {
        memory: 30_000 + 10 * random.normal(),
        io: 20 + 15 * random.next(),
        checkpoints: at % 240 === 239 ? 1 : 0,
      })
  },
  offline_inference(random) {
    const level = between(random, 82, 95)
    return () =>
      minute(limited(level + 0.8 * random.normal()), 40 + 3 * random.normal(), {
        memory: 61_000 + 20 * random.normal(),
        io: 80 + 40 * random.next(),
      })
  },
  idle(random) {
    return () => minute(chance(random, 0.002) ? 3 : 0, 0, { memory: 600, io: 0 })
  },
  burn(random, disguise) {
    const level = between(random, 96, 99)
    const tensor = disguise > 0.5 ? 45 : between(random, 70, 92)
    return () =>
      minute(limited(level + (0.25 + 2 * disguise) * random.normal()), limited(tensor + random.normal()), {
        memory: 71_000,
        io: disguise > 0.5 ? 0.6 * random.next() : 0.1,
      })
  },
  mining(random, disguise) {
    const level = between(random, 91, 99)
    return () =>
      minute(limited(level + 0.5 * random.normal()), 0, {
        memory: 5_200,
        io: 0.1 + disguise * random.next(),
        dram: 88 + random.normal(),
      })
  },
}

function minute(
  sm: number,
  tensor: number,
  rest: {
    readonly memory: number
    readonly io: number
    readonly checkpoints?: number
    readonly dram?: number
  },
): Minute {
  return {
    sm,
    tensor,
    dram: rest.dram ?? limited(0.5 * sm),
    memory: rest.memory,
    io: rest.io,
    checkpoints: rest.checkpoints ?? 0,
  }
}
