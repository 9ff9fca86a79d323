// Powers that give the same bits on every Node version. The built-in power differs between V8 releases even for
// whole exponents, so core never uses it: whole exponents go by repeated squaring, others by exp(y·log x).

/**
 * base to a whole power by repeated squaring.
 * @param exponent a safe integer; negative gives the reciprocal of the positive power
 */
export function powInt(base: number, exponent: number): number {
  if (!Number.isSafeInteger(exponent)) throw new RangeError('powInt needs a whole exponent')
  let result = 1
  let square = base
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square
    square *= square
  }
  return exponent < 0 ? 1 / result : result
}

/** base to any real power as exp(exponent · log base); base must not be negative. */
export function powReal(base: number, exponent: number): number {
  if (base < 0) throw new RangeError('powReal needs a base that is not negative')
  if (base === 0) return exponent === 0 ? 1 : 0
  return Math.exp(exponent * Math.log(base))
}
