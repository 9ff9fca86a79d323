// What a changed rule may do to what was determined. Apart from the route, so that a browser needs no schema for it.
export const impactChanges = ['newly', 'more', 'less', 'no_longer', 'same', 'unknown'] as const

export type ImpactChange = (typeof impactChanges)[number]
