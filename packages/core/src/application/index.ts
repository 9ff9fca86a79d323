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
