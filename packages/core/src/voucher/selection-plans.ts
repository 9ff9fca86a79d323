import type { GrantTerms } from './accounts.ts'
import { idOf, planApproval, type Approval, type Books, type Plan } from './plans.ts'

/**
 * 择优: all that one decision selects, as one linked set: everybody's money is reserved, or nobody's. Limits of caps that
 * several share are granted once.
 */
export function planSelection(
  books: Books,
  selected: readonly { readonly approval: Approval; readonly terms: GrantTerms }[],
): Plan {
  const plans = selected.map(({ approval, terms }) => planApproval(books, approval, terms))
  const once = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => [
    ...new Map(items.map((item) => [keyOf(item), item])).values(),
  ]
  const grants = plans.flatMap(({ sets }) => sets.slice(0, -1))
  return {
    open: once(
      plans.flatMap(({ open }) => open),
      (terms) => idOf(books, terms),
    ),
    sets: [...once(grants, ([grant]) => grant!.id), plans.flatMap(({ sets }) => sets.at(-1)!)],
  }
}
