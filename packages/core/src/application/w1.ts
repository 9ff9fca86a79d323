// W1, 先申领后兑付 (apply, then claim): contract → application → review → notice → voucher; later claim → settlement
// → disbursement. `waiting` is a case that was approved while the pool was short: first come, first served, by the
// moment its application was complete. A programme says which way is its own; this is the first of six.
import { transitions, type Workflow } from './workflow.ts'

export const w1Application: Workflow = {
  id: 'W1.application',
  version: 1,
  initial: 'draft',
  transitions: transitions(`
    draft -submit(clerk)-> submitted
    draft -withdraw(clerk)-> withdrawn
    submitted -request_correction(reviewer)-> correction
    submitted -approve(reviewer)-> proposed
    submitted -approve_waiting(reviewer)-> waiting
    submitted -refuse(reviewer)-> refused
    submitted -withdraw(clerk)-> withdrawn
    correction -submit(clerk)-> submitted
    correction -withdraw(clerk)-> withdrawn
    correction -lapse(system)-> refused
    waiting -fund(system)-> proposed
    waiting -withdraw(clerk)-> withdrawn
    waiting -lapse(system)-> refused
    proposed -announce(reviewer)-> announced
    proposed -withdraw(clerk)-> withdrawn
    announced -object(public)-> objected
    announced -issue(system)-> granted
    announced -withdraw(clerk)-> withdrawn
    objected -dismiss(reviewer)-> announced
    objected -uphold(reviewer)-> refused
    objected -withdraw(clerk)-> withdrawn
  `),
  clocks: [
    { state: 'draft', awaited: 'clerk', limit: null },
    { state: 'submitted', awaited: 'reviewer', limit: 'review' },
    { state: 'correction', awaited: 'clerk', limit: 'correction' },
    { state: 'waiting', awaited: 'finance', limit: null },
    { state: 'proposed', awaited: 'reviewer', limit: null },
    { state: 'announced', awaited: 'public', limit: 'notice' },
    { state: 'objected', awaited: 'reviewer', limit: 'review' },
  ],
}

export const w1Claim: Workflow = {
  id: 'W1.claim',
  version: 1,
  initial: 'new',
  transitions: transitions(`
    new -submit(clerk)-> submitted
    submitted -approve(reviewer)-> approved
    submitted -refuse(reviewer)-> refused
    submitted -withdraw(clerk)-> withdrawn
    approved -batch(finance)-> batched
    batched -unbatch(finance)-> approved
    batched -pay(finance)-> paid
    batched -return_payment(finance)-> approved
  `),
  clocks: [
    { state: 'submitted', awaited: 'reviewer', limit: 'claim_review' },
    { state: 'approved', awaited: 'finance', limit: null },
    { state: 'batched', awaited: 'finance', limit: null },
  ],
}

export const w1Disbursement: Workflow = {
  id: 'W1.disbursement',
  version: 1,
  initial: 'prepared',
  transitions: transitions(`
    prepared -approve(finance)-> approved
    prepared -cancel(finance)-> cancelled
    approved -cancel(finance)-> cancelled
    approved -confirm(finance)-> paid
  `),
  clocks: [],
}
