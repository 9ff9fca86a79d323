// The values of one counter of one usage row, read from their bytes. What is no list of decimal numbers between single
// spaces is a counter that is missing.

const [SPACE, MINUS, POINT, ZERO, NINE] = [32, 45, 46, 48, 57] as const

export function valuesOf(bytes: Uint8Array): Float64Array | undefined {
  let spaces = 0
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === SPACE) spaces += 1
  const values = new Float64Array(spaces + 1)
  let at = 0
  for (let place = 0; place < values.length; place++) {
    const sign = bytes[at] === MINUS ? -1 : 1
    if (sign < 0) at += 1
    const first = at
    let whole = 0
    for (; isDigit(bytes[at]); at++) whole = 10 * whole + bytes[at]! - ZERO
    if (at === first) return undefined
    let scale = 1
    if (bytes[at] === POINT) {
      const point = at
      for (at += 1; isDigit(bytes[at]); at++) {
        whole = 10 * whole + bytes[at]! - ZERO
        scale *= 10
      }
      if (at === point + 1) return undefined
    }
    if (at < bytes.length && bytes[at] !== SPACE) return undefined
    values[place] = (sign * whole) / scale
    at += 1
  }
  return values
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE
}
