// A finding can be made again from the rows it was made from, bit for bit: same detector and version, same parameters,
// same rows, same hashes, same id. What does not come back is named with its reason.
import type { Hash } from '../canonical.ts'
import { detectors } from './detectors/index.ts'
import { supervise, type Finding } from './supervise.ts'
import { indexWorld } from './world/world-index.ts'
import type { World } from './world/tables.ts'

export type ReplayFault = 'unknown_detector' | 'other_version' | 'rows_changed' | 'not_found_again'

export interface Replay {
  readonly replayed: number
  readonly faults: readonly { readonly finding: string; readonly fault: ReplayFault }[]
}

export function replay(world: World, findings: readonly Finding[], hash: Hash): Replay {
  const index = indexWorld(world)
  const faults: { finding: string; fault: ReplayFault }[] = []
  const again = new Map<string, Map<string, Finding>>()
  for (const finding of findings) {
    const detector = detectors.find(({ id }) => id === finding.detector)
    if (detector === undefined || detector.version !== finding.version) {
      faults.push({ finding: finding.id, fault: detector ? 'other_version' : 'unknown_detector' })
      continue
    }
    const run = `${finding.detector} ${JSON.stringify(finding.parameters)}`
    if (!again.has(run)) {
      const parameters = { [detector.id]: finding.parameters }
      const report = supervise(index, { hash, parameters, detectors: [detector] })
      again.set(run, new Map(report.findings.map((made) => [made.id, made])))
    }
    if (again.get(run)!.has(finding.id)) continue
    const same = [...again.get(run)!.values()].some((made) => made.subject.id === finding.subject.id)
    faults.push({ finding: finding.id, fault: same ? 'rows_changed' : 'not_found_again' })
  }
  return { replayed: findings.length - faults.length, faults }
}
