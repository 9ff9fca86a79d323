// Would idle neighbours carry the project? The spare-capacity index adds up what nearby centres have free, weighted by
// how well it could replace the project's chips and by distance (e-fold 150 km), over the project's own size.
import { accept, refuse, type Decision } from '../refusal.ts'
import { outsideRange, type RangeCode } from './ranges.ts'

const REACH_KM = 150

export interface NeighbourCentre {
  readonly id: string
  readonly densePetaflops: number
  readonly soldShare: number
  readonly distanceKm: number
  /** 0.2 (other stack) to 1 (same chip, same latency class) */
  readonly substitutability: number
}

export interface SpareCapacity {
  /** above 1 the neighbours' idle capacity could carry the whole project */
  readonly index: number
  readonly contributions: readonly { readonly id: string; readonly sparePetaflops: number }[]
  /** sold share of region and project together if demand stays what it is */
  readonly soldShareAfter: number
  /** sum of squared capacity shares, project included: 1 is a monopoly */
  readonly concentration: number
}

/** @returns `feasibility.duplicate_centre` when an id is named twice */
export function spareCapacity(
  projectPetaflops: number,
  neighbours: readonly NeighbourCentre[],
): Decision<SpareCapacity, RangeCode | 'feasibility.duplicate_centre'> {
  const project = outsideRange({ projectPetaflops }, { projectPetaflops: [1e-6, 1e9] })
  if (project) return project
  const seen = new Set<string>()
  for (const centre of neighbours) {
    if (seen.has(centre.id)) return refuse('feasibility.duplicate_centre', { id: centre.id })
    seen.add(centre.id)
    const refused = outsideRange(centre, {
      densePetaflops: [0, 1e9],
      soldShare: [0, 1],
      distanceKm: [0, 20_038],
      substitutability: [0, 1],
    })
    if (refused) return refused
  }
  const contributions = neighbours.map((centre) => ({
    id: centre.id,
    sparePetaflops:
      centre.densePetaflops *
      (1 - centre.soldShare) *
      centre.substitutability *
      Math.exp(-centre.distanceKm / REACH_KM),
  }))
  const capacity = neighbours.reduce((sum, centre) => sum + centre.densePetaflops, projectPetaflops)
  const demand = neighbours.reduce((sum, centre) => sum + centre.densePetaflops * centre.soldShare, 0)
  const squares = [projectPetaflops, ...neighbours.map((centre) => centre.densePetaflops)]
    .map((size) => (size / capacity) * (size / capacity))
    .reduce((sum, square) => sum + square, 0)
  return accept({
    index: contributions.reduce((sum, part) => sum + part.sparePetaflops, 0) / projectPetaflops,
    contributions,
    soldShareAfter: demand / capacity,
    concentration: squares,
  })
}
