// Likeness of two short texts: Jaro's share of common characters within half the longer length, less transpositions,
// raised by Winkler's common prefix of up to four.

/** 1 for equal texts, 0 for texts without a common character. */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return 1
  const jaro = jaroOf(left, right)
  let prefix = 0
  while (prefix < 4 && prefix < left.length && left[prefix] === right[prefix]) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}

function jaroOf(left: string, right: string): number {
  if (left.length === 0 || right.length === 0) return 0
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1)
  const taken = new Uint8Array(right.length)
  const common: number[] = []
  for (let i = 0; i < left.length; i++) {
    for (let j = Math.max(0, i - reach); j < Math.min(right.length, i + reach + 1); j++) {
      if (taken[j] === 1 || left.charCodeAt(i) !== right.charCodeAt(j)) continue
      taken[j] = 1
      common.push(left.charCodeAt(i))
      break
    }
  }
  if (common.length === 0) return 0
  let [place, swapped] = [0, 0]
  for (let j = 0; j < right.length; j++) {
    if (taken[j] === 0) continue
    if (right.charCodeAt(j) !== common[place]) swapped += 1
    place += 1
  }
  const n = common.length
  return (n / left.length + n / right.length + (n - swapped / 2) / n) / 3
}
