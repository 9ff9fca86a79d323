// HiGHS as a function: the optimum of a linear programme in CPLEX LP text. The package's declarations describe its
// CommonJS build while an ES module gets the other one, hence the interface of our own.

interface Highs {
  readonly solve: (programme: string) => { readonly Status: string; readonly ObjectiveValue: number }
}

/** @returns undefined when HiGHS does not report an optimum */
export async function optimum(programme: string): Promise<number | undefined> {
  const loaded: unknown = await import('highs')
  const load = (loaded as { default: () => Promise<Highs> }).default
  const solution = (await load()).solve(programme)
  return solution.Status === 'Optimal' ? solution.ObjectiveValue : undefined
}
