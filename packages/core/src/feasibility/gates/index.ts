// The gates in the order in which a review asks them.
import {
  judgeCapex,
  judgeChipSupply,
  judgeOperator,
  judgeSecurity,
  judgeSoftware,
  judgeUnit,
} from './compute-gates.ts'
import type { GateRule } from './gate.ts'
import { judgeFunding, judgeInformation, judgeOfftake, judgeReturn, judgeSelfDealing } from './money-gates.ts'
import { judgeEnergy, judgeHub, judgeLayout, judgePhases, judgeRackOccupancy } from './site-gates.ts'

export const GATES = [
  { id: 'unit', blocking: false, clause: 'unit_definition', judge: judgeUnit },
  { id: 'capex', blocking: true, clause: 'filed_projects', judge: judgeCapex },
  { id: 'rack_occupancy', blocking: true, clause: 'four_departments_2024', judge: judgeRackOccupancy },
  { id: 'hub', blocking: true, clause: 'hub_favours_2021', judge: judgeHub },
  { id: 'layout', blocking: false, clause: 'hub_favours_2021', judge: judgeLayout },
  { id: 'offtake', blocking: true, clause: 'review_practice', judge: judgeOfftake },
  { id: 'self_dealing', blocking: true, clause: 'review_practice', judge: judgeSelfDealing },
  { id: 'energy', blocking: true, clause: 'energy_review_2023', judge: judgeEnergy },
  { id: 'chip_supply', blocking: false, clause: 'review_practice', judge: judgeChipSupply },
  { id: 'operator', blocking: false, clause: 'review_practice', judge: judgeOperator },
  { id: 'software', blocking: false, clause: 'review_practice', judge: judgeSoftware },
  { id: 'security', blocking: false, clause: 'graded_protection', judge: judgeSecurity },
  { id: 'funding', blocking: true, clause: 'investment_rules', judge: judgeFunding },
  { id: 'phases', blocking: false, clause: 'review_practice', judge: judgePhases },
  { id: 'return', blocking: true, clause: 'review_practice', judge: judgeReturn },
  { id: 'information', blocking: false, clause: 'investment_rules', judge: judgeInformation },
] as const satisfies readonly GateRule[]

export type GateId = (typeof GATES)[number]['id']
export type { GateContext, GateRule, GateStatus, GateValue, Judgement } from './gate.ts'
export { GATE_REASONS, type GateReason } from './reasons.ts'
