// 第三方机构: engaging bodies, what is assigned to them, and what they report.
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { assignInspection, recallInspection } from './assign.ts'
import { engagementActs } from './engagements.ts'
import { inspectionReads } from './inspections.ts'
import { reportInspection, standAsideFromInspection } from './report.ts'

type Names =
  | 'proposeEngagement'
  | 'listEngagements'
  | 'decideEngagement'
  | 'endEngagement'
  | 'declareRelated'
  | 'assignInspection'
  | 'listInspections'
  | 'readInspection'
  | 'reportInspection'
  | 'standAsideFromInspection'
  | 'recallInspection'

export function engagementHandlers(world: World): Handlers<Names> {
  return {
    ...engagementActs(world),
    ...inspectionReads(world),
    assignInspection: assignInspection(world),
    recallInspection: recallInspection(world),
    reportInspection: reportInspection(world),
    standAsideFromInspection: standAsideFromInspection(),
  }
}
