export {
  advance,
  allowedEvents,
  clockOf,
  statesOf,
  type Actor,
  type Clock,
  type Transition,
  type Workflow,
} from './workflow.ts'
export { w1Application, w1Claim, w1Disbursement } from './w1.ts'
export { datesProblem, missingIn, type DraftToCheck, type Missing } from './completeness.ts'
export {
  applicationFacts,
  type ApplicationFactValue,
  type ContractFacts,
  type FactsInput,
  type RegisterFacts,
  type SourcedFact,
  type StatementFacts,
} from './facts.ts'
