import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { concludeAcceptance, decideAcceptance, fileAcceptance, returnFiling } from './acceptance.ts'
import { countersignAgreement, extendProject, signAgreement, withdrawProject } from './conduct.ts'
import { decideSelection, proposeSelection } from './select.ts'
import { listProjects, readProject } from './view.ts'
import { listSelections, readCandidates, readSelection } from './view-selection.ts'

type Names =
  | 'readCandidates'
  | 'proposeSelection'
  | 'decideSelection'
  | 'listSelections'
  | 'readSelection'
  | 'listProjects'
  | 'readProject'
  | 'signAgreement'
  | 'countersignAgreement'
  | 'extendProject'
  | 'fileAcceptance'
  | 'returnFiling'
  | 'concludeAcceptance'
  | 'decideAcceptance'
  | 'withdrawProject'

export function projectHandlers(world: World): Handlers<Names> {
  return {
    readCandidates: readCandidates(world),
    proposeSelection: proposeSelection(world),
    decideSelection: decideSelection(world),
    listSelections: listSelections(world),
    readSelection: readSelection(world),
    listProjects: listProjects(world),
    readProject: readProject(world),
    signAgreement: signAgreement(world),
    countersignAgreement: countersignAgreement(world),
    extendProject: extendProject(world),
    fileAcceptance: fileAcceptance(world),
    returnFiling: returnFiling(world),
    concludeAcceptance: concludeAcceptance(world),
    decideAcceptance: decideAcceptance(world),
    withdrawProject: withdrawProject(world),
  }
}
