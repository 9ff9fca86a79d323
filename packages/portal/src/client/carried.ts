// What a firm worked out for itself and takes into its application: kept in this tab only, offered in the draft, and
// gone once it was taken, refused, or the person signed out.
const KEY = 'suanquan.carried'

export interface Carried {
  readonly adoptionId: string
  readonly facts: Readonly<Record<string, string | boolean>>
}

export function carry(carried: Carried): void {
  sessionStorage.setItem(KEY, JSON.stringify(carried))
}

export function carriedFor(adoptionId: string): Carried | null {
  const kept = sessionStorage.getItem(KEY)
  if (kept === null) return null
  const carried = JSON.parse(kept) as Carried
  return carried.adoptionId === adoptionId ? carried : null
}

export function dropCarried(): void {
  sessionStorage.removeItem(KEY)
}
