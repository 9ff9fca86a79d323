// The ways in which support reaches its use. They are one workflow engine with different tables: a programme names its
// way (`procedure.way`), and everything in which two ways differ stands here, not in branches of the shell.
//   W1 先申领后兑付  the notice's end issues a voucher; the firm claims what it has used and paid
//   W2 即领即用      the notice's end issues a voucher; the provider deducts it at billing and claims what it deducted
//   W3 使用后直补    the firm applies after use, with its proofs; the notice's end makes the amount payable at once
//   W4 卖方侧        the provider applies after it has sold, one contract an application, and is paid as in W3
//   W5 择优立项      experts score, the best within the pool are selected, both parts of the money are reserved; what a
//                    selected project is paid hangs on its acceptance (its own table)
//   W6 免申即享      nobody applies: the bureau sweeps what it holds, another signs off, the firm consents or declines
// `waiting` is a case that was approved while the pool was short: first come, first served, by the moment its application
// was complete.
import { projectTable } from './projects.ts'
import { withClaimAppeals } from './review-tiers.ts'
import { transitions, type Clock, type Transition, type Workflow } from './workflow.ts'

export interface Way {
  readonly id: WayId
  /** who the support is for and acts for it: the firm that buys compute, or the provider that sells it */
  readonly applicant: 'clerk' | 'provider'
  readonly application: Workflow
  readonly claim: Workflow
  /** what a selected project goes through until its acceptance; null where nothing is selected */
  readonly project: Workflow | null
  /** what the end of the notice makes of an approval, and the event that does it */
  readonly grants: { readonly event: string; readonly makes: 'voucher' | 'payable' | 'project' }
  /** with what contract, invoice and payment are shown; `nothing`: what the platform holds has to do */
  readonly provesWith: 'application' | 'claim' | 'nothing'
  /** how a claim draws on the voucher: held when filed and redeemed when approved, or redeemed at billing */
  readonly draws: 'hold' | 'deduction' | 'nothing'
}

export type WayId = 'W1' | 'W2' | 'W3' | 'W4' | 'W5' | 'W6'

const APPLICATION_CLOCKS: readonly Clock[] = [
  { state: 'draft', awaited: 'clerk', limit: null },
  { state: 'submitted', awaited: 'reviewer', limit: 'review' },
  { state: 'correction', awaited: 'clerk', limit: 'correction' },
  { state: 'waiting', awaited: 'finance', limit: null },
  { state: 'candidate', awaited: 'reviewer', limit: null },
  { state: 'reserve', awaited: 'reviewer', limit: null },
  { state: 'proposed', awaited: 'reviewer', limit: null },
  { state: 'announced', awaited: 'public', limit: 'notice' },
  { state: 'objected', awaited: 'reviewer', limit: 'review' },
]

/** From a whole application to a proposed amount: approved at once, or in the order in which they were complete. */
const ONE_BY_ONE = (by: Way['applicant']): string => `
      submitted -approve(reviewer)-> proposed
      submitted -approve_waiting(reviewer)-> waiting
      waiting -fund(system)-> proposed
      waiting -withdraw(${by})-> withdrawn
      waiting -lapse(system)-> refused`

/** 择优: admitted to the selection, then selected by rank, kept in reserve, or passed over. */
const BY_RANK = (by: Way['applicant']): string => `
      submitted -admit(reviewer)-> candidate
      candidate -select(reviewer)-> proposed
      candidate -keep_in_reserve(reviewer)-> reserve
      candidate -pass_over(reviewer)-> refused
      candidate -withdraw(${by})-> withdrawn
      reserve -select(reviewer)-> proposed
      reserve -pass_over(reviewer)-> refused
      reserve -withdraw(${by})-> withdrawn`

/**
 * @param grant the event at the end of the notice
 * @param by who applies
 * @param decided from a whole application to a proposed amount
 */
function applicationTable(
  id: string,
  grant: string,
  by: Way['applicant'] = 'clerk',
  decided: typeof ONE_BY_ONE = ONE_BY_ONE,
): Workflow {
  const table = transitions(`
      draft -submit(${by})-> submitted
      draft -withdraw(${by})-> withdrawn
      submitted -request_correction(reviewer)-> correction
      submitted -refuse(reviewer)-> refused
      submitted -withdraw(${by})-> withdrawn
      correction -submit(${by})-> submitted
      correction -withdraw(${by})-> withdrawn
      correction -lapse(system)-> refused${decided(by)}
      proposed -announce(reviewer)-> announced
      proposed -withdraw(${by})-> withdrawn
      announced -object(public)-> objected
      announced -${grant}(system)-> granted
      announced -withdraw(${by})-> withdrawn
      objected -dismiss(reviewer)-> announced
      objected -uphold(reviewer)-> refused
      objected -withdraw(${by})-> withdrawn
    `)
  const states = new Set(table.map(({ from }) => from))
  return {
    id,
    version: 1,
    initial: 'draft',
    transitions: table,
    clocks: APPLICATION_CLOCKS.filter(({ state }) => states.has(state)).map((clock) =>
      clock.awaited === 'clerk' ? { ...clock, awaited: by } : clock,
    ),
  }
}

/** Nobody applies: the bureau's sweep opens the case, the sign-off makes an offer, silence means what the programme says. */
const OFFER_TABLE: Workflow = {
  id: 'W6.application',
  version: 1,
  initial: 'new',
  transitions: transitions(`
    new -sweep(reviewer)-> submitted
    submitted -offer(reviewer)-> offered
    submitted -approve_waiting(reviewer)-> waiting
    submitted -refuse(reviewer)-> refused
    waiting -fund(system)-> offered
    waiting -withdraw(clerk)-> withdrawn
    waiting -lapse(system)-> refused
    offered -consent(clerk)-> proposed
    offered -decline(clerk)-> withdrawn
    offered -appeal(clerk)-> submitted
    offered -presume_consent(system)-> proposed
    offered -presume_decline(system)-> withdrawn
    proposed -announce(reviewer)-> announced
    proposed -withdraw(clerk)-> withdrawn
    announced -object(public)-> objected
    announced -award(system)-> granted
    announced -withdraw(clerk)-> withdrawn
    objected -dismiss(reviewer)-> announced
    objected -uphold(reviewer)-> refused
    objected -withdraw(clerk)-> withdrawn
  `),
  clocks: [
    ...APPLICATION_CLOCKS.filter(
      ({ state }) => !['draft', 'correction', 'candidate', 'reserve'].includes(state),
    ),
    { state: 'offered', awaited: 'clerk', limit: 'consent' },
  ],
}

/** From an approved amount to the bank's answer: the same in every way. */
const PAYMENT: readonly Transition[] = transitions(`
  approved -batch(finance)-> batched
  batched -unbatch(finance)-> approved
  batched -pay(finance)-> paid
  batched -return_payment(finance)-> approved
  paid -return_payment(finance)-> approved
  approved -set_off(finance)-> approved
  approved -set_off_whole(finance)-> paid
  approved -correct(reviewer)-> approved
  approved -correct_settled(reviewer)-> paid
  approved -correct_to_nothing(reviewer)-> refused
  paid -correct(reviewer)-> paid
  paid -correct_up(reviewer)-> approved
  paid -correct_to_nothing(finance)-> refused
  paid -correct_down(finance)-> paid
`)

const PAYMENT_CLOCKS: readonly Clock[] = [
  { state: 'approved', awaited: 'finance', limit: null },
  { state: 'batched', awaited: 'finance', limit: null },
]

/** @param until the lines that lead to `approved`, and the clocks of their states */
function claimTable(id: string, until: string, clocks: readonly Clock[] = []): Workflow {
  return {
    id,
    version: 1,
    initial: 'new',
    transitions: [...transitions(until), ...PAYMENT],
    clocks: [...clocks, ...PAYMENT_CLOCKS],
  }
}

export const ways: Readonly<Record<WayId, Way>> = {
  W1: {
    id: 'W1',
    applicant: 'clerk',
    application: applicationTable('W1.application', 'issue'),
    claim: withClaimAppeals(
      claimTable(
        'W1.claim',
        `
      new -submit(clerk)-> submitted
      submitted -approve(reviewer)-> approved
      submitted -refuse(reviewer)-> refused
      submitted -lapse(system)-> refused
      submitted -withdraw(clerk)-> withdrawn
    `,
        [{ state: 'submitted', awaited: 'reviewer', limit: 'claim_review' }],
      ),
    ),
    project: null,
    grants: { event: 'issue', makes: 'voucher' },
    provesWith: 'claim',
    draws: 'hold',
  },
  W2: {
    id: 'W2',
    applicant: 'clerk',
    application: applicationTable('W2.application', 'issue'),
    claim: claimTable(
      'W2.claim',
      `
      new -deduct(provider)-> deducted
      deducted -reverse(provider)-> withdrawn
      deducted -submit(provider)-> submitted
      submitted -reverse(provider)-> withdrawn
      submitted -approve(reviewer)-> approved
      submitted -refuse(reviewer)-> refused
    `,
      [
        { state: 'deducted', awaited: 'provider', limit: null },
        { state: 'submitted', awaited: 'reviewer', limit: 'claim_review' },
      ],
    ),
    project: null,
    grants: { event: 'issue', makes: 'voucher' },
    provesWith: 'claim',
    draws: 'deduction',
  },
  W3: {
    id: 'W3',
    applicant: 'clerk',
    application: applicationTable('W3.application', 'award'),
    claim: claimTable('W3.claim', 'new -award(system)-> approved'),
    project: null,
    grants: { event: 'award', makes: 'payable' },
    provesWith: 'application',
    draws: 'nothing',
  },
  W4: {
    id: 'W4',
    applicant: 'provider',
    application: applicationTable('W4.application', 'award', 'provider'),
    claim: claimTable('W4.claim', 'new -award(system)-> approved'),
    project: null,
    grants: { event: 'award', makes: 'payable' },
    provesWith: 'application',
    draws: 'nothing',
  },
  W5: {
    id: 'W5',
    applicant: 'clerk',
    application: applicationTable('W5.application', 'start', 'clerk', BY_RANK),
    claim: claimTable('W5.claim', 'new -award(reviewer)-> approved'),
    project: projectTable,
    grants: { event: 'start', makes: 'project' },
    provesWith: 'nothing',
    draws: 'nothing',
  },
  W6: {
    id: 'W6',
    applicant: 'clerk',
    application: OFFER_TABLE,
    claim: claimTable('W6.claim', 'new -award(system)-> approved'),
    project: null,
    grants: { event: 'award', makes: 'payable' },
    provesWith: 'nothing',
    draws: 'nothing',
  },
}

/** The way that a programme names, or null when the platform does not run it yet. */
export function wayNamed(name: string): Way | null {
  return Object.hasOwn(ways, name) ? ways[name as WayId] : null
}

/** A batch of payments with four eyes: the same in every way. */
export const disbursementTable: Workflow = {
  id: 'disbursement',
  version: 1,
  initial: 'prepared',
  transitions: transitions(`
    prepared -approve(finance)-> approved
    prepared -cancel(finance)-> cancelled
    approved -cancel(finance)-> cancelled
    approved -answer(finance)-> part_paid
    approved -confirm(finance)-> paid
    part_paid -answer(finance)-> part_paid
    part_paid -confirm(finance)-> paid
    paid -answer(finance)-> paid
  `),
  clocks: [],
}
