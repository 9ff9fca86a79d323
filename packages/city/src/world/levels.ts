// How large a generated world is, how well schemes hide, and how dirty the records are.

export const levels = {
  tiny: { firms: 400, contracts: 330, payments: 3_000, providers: 8, series: 40, eachScheme: 1 },
  small: { firms: 5_000, contracts: 6_000, payments: 50_000, providers: 50, series: 500, eachScheme: 3 },
  bench: {
    firms: 100_000,
    contracts: 100_000,
    payments: 1_000_000,
    providers: 300,
    series: 1_500,
    eachScheme: 50,
  },
} as const
export type Level = keyof typeof levels

/** The knobs that make a scheme harder to see. */
export const difficulties = {
  easy: {
    fee: 0.03,
    delayDays: 3,
    extraHops: 0,
    jitter: 0,
    priceFactor: 2.2,
    textChange: 0.05,
    sharedKeys: 4,
    noise: 0.002,
    cover: 0,
  },
  medium: {
    fee: 0.05,
    delayDays: 8,
    extraHops: 1,
    jitter: 0.02,
    priceFactor: 1.6,
    textChange: 0.1,
    sharedKeys: 3,
    noise: 0.006,
    cover: 0.2,
  },
  hard: {
    fee: 0.09,
    delayDays: 16,
    extraHops: 2,
    jitter: 0.06,
    priceFactor: 1.35,
    textChange: 0.16,
    sharedKeys: 2,
    noise: 0.012,
    cover: 0.6,
  },
} as const
export type Difficulty = keyof typeof difficulties
export type Knobs = { readonly [Name in keyof (typeof difficulties)['easy']]: number }

export const noise = { missingPhone: 0.1, typo: 0.05, wrongDate: 0.03, lostMinute: 0.02 } as const
