// How firms answer to a programme before anything has been measured here: triangular priors, wide on purpose. A city
// replaces each by its own evaluation's result as soon as there is one.
import type { Behaviour, Prior } from './simulate.ts'

const assumed = (low: number, mode: number, high: number): Prior => ({
  low,
  mode,
  high,
  source: 'assumed, not measured',
})

/** Every entry is an assumption and says so. */
export const ASSUMED_BEHAVIOUR: Behaviour = {
  elasticity: assumed(-1.5, -0.8, -0.3),
  passThrough: assumed(0.6, 0.9, 1),
  hassle: assumed(3000, 8000, 20_000),
  noise: assumed(500, 2000, 5000),
  awareAtStart: assumed(0.1, 0.2, 0.4),
  awarePerMonth: assumed(0.05, 0.1, 0.2),
  newUserIntercept: assumed(-5, -4, -3),
  newUserSlope: assumed(1, 3, 5),
  unused: assumed(0, 0.02, 0.05),
}
