// What the meter saw of a job: the class of work, the image, and the series of its first card.
import type { Random } from '@suanquan/core'
import type { Row } from '@suanquan/core/supervision'
import type { Draft } from './draft.ts'
import { drawCounters, type Counters, type Work } from './series.ts'

export interface Observed {
  readonly work: Work
  readonly declaredClass: string
  readonly observedClass: string | null
  readonly image: string | null
  /** a ready series, such as one played again */
  readonly counters?: Counters
  readonly jitterMs?: number
  readonly disguise?: number
}

const HONEST: readonly { readonly share: number; readonly observed: Observed }[] = [
  {
    share: 0.34,
    observed: { work: 'bursts', declaredClass: 'training', observedClass: 'training', image: 'pytorch:2.3' },
  },
  {
    share: 0.3,
    observed: {
      work: 'training',
      declaredClass: 'training',
      observedClass: 'training',
      image: 'megatron:24.05',
    },
  },
  {
    share: 0.2,
    observed: { work: 'serving', declaredClass: 'serving', observedClass: 'inference', image: 'vllm:0.5' },
  },
  {
    share: 0.06,
    observed: {
      work: 'solver',
      declaredClass: 'simulation',
      observedClass: 'simulation',
      image: 'openfoam:11',
    },
  },
  {
    share: 0.05,
    observed: {
      work: 'offline_inference',
      declaredClass: 'inference',
      observedClass: 'inference',
      image: 'triton:24.04',
    },
  },
  {
    share: 0.05,
    observed: { work: 'idle', declaredClass: 'serving', observedClass: null, image: 'vllm:0.5' },
  },
]

export function drawHonestWork(random: Random): Observed {
  let left = random.next()
  for (const { share, observed } of HONEST) {
    left -= share
    if (left < 0) return observed
  }
  return HONEST[0]!.observed
}

export function addSeries(draft: Draft, usage: Row<'usage'>, observed: Observed): Counters {
  const counters = observed.counters ?? drawCounters(draft.random, observed.work, observed.disguise)
  const jitterMs = observed.jitterMs ?? 40 + draft.random.int(400)
  for (const [counter, values] of Object.entries(counters) as [string, readonly number[]][])
    draft.add('samples', {
      usage: usage.id,
      counter,
      startsAt: usage.startsAt,
      stepSeconds: 60,
      jitterMs,
      values: values.join(' '),
    })
  return counters
}
