// Which cells of a published table are left out, so that nobody can read one firm's affairs in it. Rule: a cell is shown
// when at least three organisations stand behind it. Since the total of the table is shown too, what is left out must
// not be found by subtraction: further cells, the smallest first, are left out until those left out are at least two and
// at least three organisations stand behind them together (complementary suppression). If even the whole table has
// fewer, nothing of it is shown, its total neither.

/** Fewer organisations than this are not shown. */
export const SMALLEST_GROUP = 3

export interface CellToShow {
  readonly key: string
  /** the organisations behind it */
  readonly organisations: readonly string[]
}

export interface Suppression {
  /** keys of the cells left out */
  readonly hidden: ReadonlySet<string>
  readonly totalHidden: boolean
}

export function suppress(cells: readonly CellToShow[]): Suppression {
  const filled = cells.filter(({ organisations }) => organisations.length > 0)
  if (behind(filled) < SMALLEST_GROUP) {
    return { hidden: new Set(filled.map(({ key }) => key)), totalHidden: filled.length > 0 }
  }
  const bySize = [...filled].sort(
    (left, right) => behind([left]) - behind([right]) || (left.key < right.key ? -1 : 1),
  )
  const hidden = bySize.filter((cell) => behind([cell]) < SMALLEST_GROUP)
  const rest = bySize.slice(hidden.length)
  while (hidden.length > 0 && (hidden.length < 2 || behind(hidden) < SMALLEST_GROUP)) {
    const next = rest.shift()
    if (next === undefined) break
    hidden.push(next)
  }
  return { hidden: new Set(hidden.map(({ key }) => key)), totalHidden: false }
}

function behind(cells: readonly CellToShow[]): number {
  return new Set(cells.flatMap(({ organisations }) => organisations)).size
}
