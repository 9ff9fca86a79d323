// Seeded randomness: sfc32 (Chris Doty-Humphrey's small fast counting generator), keyed by a hash of the seed's
// text, so that a seed may be a number or a name and every stream of a simulation can have its own.

export interface Random {
  /** uniform in [0, 1) with 32 random bits */
  readonly next: () => number
  /** a whole number in [0, below), without modulo bias; below is at most 2^32 */
  readonly int: (below: number) => number
  /** one of the items; the list must not be empty */
  readonly pick: <Item>(items: readonly Item[]) => Item
  /** standard normal, by Marsaglia's polar method */
  readonly normal: () => number
  /** an independent stream named under this one */
  readonly fork: (name: string) => Random
}

/** @param seed a number or a name; equal seeds give equal streams on every machine */
export function seededRandom(seed: number | string): Random {
  const key = String(seed)
  let [a, b, c, counter] = hashText(key)
  const bits = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < 12; round++) bits()
  const next = (): number => bits() / 4_294_967_296
  const int = (below: number): number => {
    const limit = 4_294_967_296 - (4_294_967_296 % below)
    let draw = bits()
    while (draw >= limit) draw = bits()
    return draw % below
  }
  return {
    next,
    int,
    pick: (items) => items[int(items.length)]!,
    normal: () => polarNormal(next),
    fork: (name) => seededRandom(`${key}/${name}`),
  }
}

function polarNormal(next: () => number): number {
  for (;;) {
    const x = 2 * next() - 1
    const y = 2 * next() - 1
    const square = x * x + y * y
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

/** Four 32-bit words from a text (cyrb128 by bryc, public domain). */
function hashText(text: string): [number, number, number, number] {
  let [w, x, y, z] = [1779033703, 3144134277, 1013904242, 2773480762]
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    w = x ^ Math.imul(w ^ unit, 597399067)
    x = y ^ Math.imul(x ^ unit, 2869860233)
    y = z ^ Math.imul(y ^ unit, 951274213)
    z = w ^ Math.imul(z ^ unit, 2716044179)
  }
  w = Math.imul(y ^ (w >>> 18), 597399067)
  x = Math.imul(z ^ (x >>> 22), 2869860233)
  y = Math.imul(w ^ (y >>> 17), 951274213)
  z = Math.imul(x ^ (z >>> 19), 2716044179)
  return [(w ^ x ^ y ^ z) | 0, (x ^ w) | 0, (y ^ w) | 0, (z ^ w) | 0]
}
