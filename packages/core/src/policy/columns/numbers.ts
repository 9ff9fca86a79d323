// Numbers of the columnar code: a JavaScript expression whose value is a whole numerator over a known denominator,
// with the bounds that make it exact. Doubles hold whole numbers exactly below 2^53, and floor(n / d) of such numbers is
// the exact quotient (policy README); what may pass that bound gets a check that sends the row to the scalar path.

export interface Num {
  readonly code: string
  /** the denominator of what `code` gives */
  readonly scale: bigint
  /** bounds of what `code` gives, both included */
  readonly low: bigint
  readonly high: bigint
}

export const LIMIT = BigInt(Number.MAX_SAFE_INTEGER)

/** Where a number cannot be proved to stay exact: writes a check of the row and gives the checked number. */
export type Guard = (code: string, low: bigint, high: bigint) => string

export function constant(numerator: bigint, scale = 1n): Num {
  return {
    code: numerator < 0n ? `(${numerator})` : String(numerator),
    scale,
    low: numerator,
    high: numerator,
  }
}

/** A number within the bound, by proof or by a check of each row. */
export function bounded(num: Num, guard: Guard): Num {
  if (num.low >= -LIMIT && num.high <= LIMIT) return num
  const [low, high] = [num.low < -LIMIT ? -LIMIT : num.low, num.high > LIMIT ? LIMIT : num.high]
  return { ...num, code: guard(num.code, low, high), low, high }
}

/** The same numbers over their least common denominator. */
export function sameScale(nums: readonly Num[], guard: Guard): readonly Num[] {
  const scale = nums.reduce((least, num) => (least / divisor(least, num.scale)) * num.scale, 1n)
  return nums.map((num) => (num.scale === scale ? num : scaled(num, scale / num.scale, guard)))
}

function scaled(num: Num, factor: bigint, guard: Guard): Num {
  const { code, scale, low, high } = num
  if (low === high) return constant(low * factor, scale * factor)
  return bounded(
    { code: `(${code}*${factor})`, scale: scale * factor, low: low * factor, high: high * factor },
    guard,
  )
}

export function product(left: Num, right: Num, guard: Guard): Num {
  const ends = [left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high]
  const code = `(${left.code}*${right.code})`
  return bounded({ code, scale: left.scale * right.scale, low: least(ends), high: most(ends) }, guard)
}

export function sum(operator: '+' | '-', pair: readonly [Num, Num], guard: Guard): Num {
  const [left, right] = sameScale(pair, guard) as [Num, Num]
  const [low, high] =
    operator === '+'
      ? [left.low + right.low, left.high + right.high]
      : [left.low - right.high, left.high - right.low]
  return bounded({ code: `(${left.code}${operator}${right.code})`, scale: left.scale, low, high }, guard)
}

/** `least` or `greatest` of several. */
export function extreme(name: 'min' | 'max', given: readonly Num[], guard: Guard): Num {
  const nums = sameScale(given, guard)
  const pick = name === 'min' ? least : most
  return {
    code: `Math.${name}(${nums.map((num) => num.code).join(',')})`,
    scale: nums[0]!.scale,
    low: pick(nums.map((num) => num.low)),
    high: pick(nums.map((num) => num.high)),
  }
}

export function chosen(test: string, pair: readonly [Num, Num], guard: Guard): Num {
  const [yes, no] = sameScale(pair, guard) as [Num, Num]
  return {
    code: `(${test}?${yes.code}:${no.code})`,
    scale: yes.scale,
    low: least([yes.low, no.low]),
    high: most([yes.high, no.high]),
  }
}

/** Zero where it is below zero. */
export function notNegative(num: Num): Num {
  if (num.low >= 0n) return num
  return { ...num, code: `Math.max(0,${num.code})`, low: 0n, high: num.high < 0n ? 0n : num.high }
}

export function least(values: readonly bigint[]): bigint {
  return values.reduce((best, value) => (value < best ? value : best))
}

export function most(values: readonly bigint[]): bigint {
  return values.reduce((best, value) => (value > best ? value : best))
}

function divisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right]
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
