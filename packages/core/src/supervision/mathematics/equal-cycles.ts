// Closed rings of payments over the same amount, whatever the order of their times (time stamps can be forged): used
// beside the strict cycles of D05 and measured on AMLSim's published sample.

export interface Transfer {
  readonly from: number
  readonly to: number
  readonly amount: number
}

/**
 * Nodes on a simple cycle whose edges carry the same amount.
 * @param tolerance relative difference that still counts as the same amount
 */
export function nodesOnEqualCycles(
  transfers: readonly Transfer[],
  { least, most, tolerance }: { readonly least: number; readonly most: number; readonly tolerance: number },
): Set<number> {
  const ordered = transfers
    .filter(({ from, to, amount }) => from !== to && amount > 0)
    .sort((a, b) => a.amount - b.amount)
  const out = new Map<number, Transfer[]>()
  for (const transfer of ordered) {
    const list = out.get(transfer.from)
    if (list) list.push(transfer)
    else out.set(transfer.from, [transfer])
  }
  const found = new Set<number>()
  for (const start of ordered) {
    const path = [start.from]
    walk(start.to)

    function walk(node: number): void {
      if (node === start.from) {
        if (path.length >= least) for (const member of path) found.add(member)
        return
      }
      if (path.length >= most || path.includes(node)) return
      path.push(node)
      for (const next of near(out.get(node) ?? [], start.amount, tolerance)) walk(next.to)
      path.pop()
    }
  }
  return found
}

/** The transfers whose amount is within the tolerance; the list is sorted by amount. */
function* near(list: readonly Transfer[], amount: number, tolerance: number): Generator<Transfer> {
  let [low, high] = [0, list.length]
  const least = amount * (1 - tolerance)
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]!.amount < least) low = middle + 1
    else high = middle
  }
  for (let at = low; at < list.length && list[at]!.amount <= amount * (1 + tolerance); at++) yield list[at]!
}
