// Who may do what: one table, action × role → scope. Everything that is not in it is refused. The scope says on what:
// `own` the organisations a person acts for, `district` rows of the grant's jurisdiction and, where the grant names
// one, its district, `all` every row of the grant's jurisdiction, `invited` the cases that the person was asked to
// judge, or that were assigned to the person's body. Public routes stand outside the table.
//
// Three administrators (三员分立): where a site keeps them apart, system administrators make accounts, security
// administrators grant roles, audit administrators read the trail, and none does another's act. An `administrator` then
// counts as a system administrator (`roleWhereApart`).

export const roles = [
  'clerk',
  'reviewer',
  'expert',
  'inspector',
  'finance',
  'provider',
  'auditor',
  'policy_author',
  'administrator',
  'system_administrator',
  'security_administrator',
  'audit_administrator',
] as const

export type Role = (typeof roles)[number]

export type Scope = 'own' | 'district' | 'all' | 'invited'

/** What is a person's own: session, messages. */
const EVERYBODY = {
  clerk: 'own',
  reviewer: 'own',
  expert: 'own',
  inspector: 'own',
  finance: 'own',
  provider: 'own',
  auditor: 'own',
  policy_author: 'own',
  administrator: 'own',
  system_administrator: 'own',
  security_administrator: 'own',
  audit_administrator: 'own',
} as const

const table = {
  'session.read': EVERYBODY,
  'view.keep': EVERYBODY,
  'search.run': { clerk: 'own', reviewer: 'district', finance: 'all', provider: 'own', auditor: 'all' },
  'person.create': { administrator: 'all', system_administrator: 'all' },
  'person.list': {
    auditor: 'all',
    administrator: 'all',
    system_administrator: 'all',
    security_administrator: 'all',
  },
  'role.grant': { administrator: 'all', security_administrator: 'all' },
  'administrators.separate': { administrator: 'all' },
  'leave.announce': { clerk: 'own', provider: 'own' },
  'site.change': { administrator: 'all', system_administrator: 'all' },
  'system.read': { administrator: 'all', system_administrator: 'all' },
  'conflict.declare': { reviewer: 'district' },
  'conflict.read': { reviewer: 'own', auditor: 'all' },
  'expert_review.open': { reviewer: 'district' },
  'expert_review.read': { reviewer: 'district', expert: 'invited', auditor: 'all' },
  'expert_review.judge': { expert: 'invited' },
  'engagement.propose': { reviewer: 'district' },
  'engagement.decide': { reviewer: 'district' },
  'engagement.read': { reviewer: 'all', inspector: 'own', finance: 'all', auditor: 'all' },
  'engagement.declare': { inspector: 'own' },
  'inspection.assign': { reviewer: 'district' },
  'inspection.read': { reviewer: 'district', inspector: 'invited', finance: 'all', auditor: 'all' },
  'inspection.report': { inspector: 'invited' },
  'organisation.import': { administrator: 'all', system_administrator: 'all' },
  'organisation.read': {
    clerk: 'own',
    provider: 'own',
    reviewer: 'district',
    finance: 'all',
    auditor: 'all',
  },
  'organisation.confirm_credit_code': { reviewer: 'district' },
  'programme.read': { auditor: 'all', policy_author: 'all' },
  'programme.impact': { finance: 'all', auditor: 'all', policy_author: 'all' },
  'programme.store': { policy_author: 'all' },
  'programme.sign': { policy_author: 'all' },
  'adoption.create': { policy_author: 'all' },
  'adoption.draft': { policy_author: 'all' },
  'adoption.sign': { policy_author: 'all' },
  'appropriation.propose': { finance: 'all' },
  'appropriation.approve': { finance: 'all' },
  'appropriation.list': { finance: 'all', auditor: 'all' },
  'allotment.open': { finance: 'all' },
  'pool_move.propose': { finance: 'all' },
  'pool_move.decide': { finance: 'all' },
  'capacity.state': { provider: 'own', reviewer: 'district' },
  'capacity.read': { provider: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'round.open': { finance: 'all' },
  'round.decide': { finance: 'all' },
  'pool_move.list': { finance: 'all', auditor: 'all' },
  'fund.list': { finance: 'all', auditor: 'all', policy_author: 'all' },
  'fund.read': { finance: 'all', auditor: 'all' },
  'fund_act.propose': { finance: 'all' },
  'fund_act.decide': { finance: 'all' },
  'imprest.read': { finance: 'all', provider: 'own', auditor: 'all' },
  'year_close.propose': { finance: 'all' },
  'year_close.decide': { finance: 'all' },
  'take_over.prepare': { finance: 'all' },
  'take_over.confirm': { finance: 'all' },
  'take_over.read': { finance: 'all', auditor: 'all' },
  'application.draft': { clerk: 'own', provider: 'own' },
  'application.submit': { clerk: 'own', provider: 'own' },
  'application.withdraw': { clerk: 'own', provider: 'own' },
  'application.read': { clerk: 'own', provider: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'application.decide': { reviewer: 'district' },
  'sweep.make': { reviewer: 'all' },
  'sweep.look': { reviewer: 'district', auditor: 'all' },
  'sweep.read': { reviewer: 'all', auditor: 'all' },
  'offer.answer': { clerk: 'own' },
  'application.examine': { reviewer: 'district', finance: 'all' },
  'delegation.make': { reviewer: 'own' },
  'delegation.list': {
    reviewer: 'district',
    auditor: 'all',
    administrator: 'all',
    system_administrator: 'all',
  },
  'appeal.file': { clerk: 'own' },
  'appeal.read': { clerk: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'appeal.decide': { reviewer: 'district' },
  'objection.explain': { clerk: 'own' },
  'overdue.read': { reviewer: 'district', finance: 'all', auditor: 'all' },
  'attachment.upload': { clerk: 'own', inspector: 'own', provider: 'own' },
  'attachment.read': {
    clerk: 'own',
    provider: 'own',
    reviewer: 'district',
    expert: 'invited',
    inspector: 'invited',
    finance: 'all',
    auditor: 'all',
  },
  'notice.publish': { reviewer: 'district' },
  'project.select': { reviewer: 'district' },
  'selection.read': { reviewer: 'all', auditor: 'all' },
  'project.read': { clerk: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'project.act': { clerk: 'own' },
  'project.decide': { reviewer: 'district' },
  'objection.list': { reviewer: 'district', auditor: 'all' },
  'objection.answer': { reviewer: 'district' },
  'appraisal.make': { clerk: 'own' },
  'appraisal.list': {
    reviewer: 'district',
    auditor: 'all',
    administrator: 'all',
    system_administrator: 'all',
  },
  'appraisal.reply': { reviewer: 'district', administrator: 'all', system_administrator: 'all' },
  'inquiry.list': { reviewer: 'all', auditor: 'all', administrator: 'all', system_administrator: 'all' },
  'inquiry.answer': { reviewer: 'all', administrator: 'all', system_administrator: 'all' },
  'voucher.read': { clerk: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'credential.make': { clerk: 'own' },
  'credential.revoke': { clerk: 'own' },
  'credential.read': { clerk: 'own', reviewer: 'district', auditor: 'all' },
  'contract.state': { provider: 'own' },
  'offer.publish': { provider: 'own' },
  'trade_paper.register': { clerk: 'own', provider: 'own' },
  'trade_paper.read': { clerk: 'own', provider: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'trade_paper.verify': { reviewer: 'district', finance: 'all' },
  'trade_paper.import_answers': { finance: 'all' },
  'upstream_contract.read': { provider: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'usage.import': { provider: 'own', administrator: 'all', system_administrator: 'all' },
  'usage.close': { provider: 'own', finance: 'all' },
  'usage_alert.settle': { reviewer: 'district', finance: 'all' },
  'usage.read': {
    clerk: 'own',
    provider: 'own',
    reviewer: 'district',
    finance: 'all',
    auditor: 'all',
    administrator: 'all',
    system_administrator: 'all',
  },
  'usage.ask_raw': { reviewer: 'district', auditor: 'all' },
  'claim.submit': { clerk: 'own' },
  'claim.withdraw': { clerk: 'own' },
  'claim.read': { clerk: 'own', provider: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'claim.decide': { reviewer: 'district' },
  'claim.rectify': { reviewer: 'district' },
  'clawback.propose': { reviewer: 'district' },
  'clawback.decide': { reviewer: 'district' },
  'clawback.read': { clerk: 'own', provider: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'clawback.answer': { clerk: 'own', provider: 'own' },
  'clawback.collect': { finance: 'all' },
  'dispute.open': { clerk: 'own', provider: 'own', reviewer: 'district' },
  'dispute.read': { clerk: 'own', provider: 'own', reviewer: 'district', finance: 'all', auditor: 'all' },
  'dispute.answer': { clerk: 'own', provider: 'own' },
  'dispute.decide': { reviewer: 'district' },
  'deduction.make': { provider: 'own' },
  'disbursement.prepare': { finance: 'all' },
  'disbursement.approve': { finance: 'all' },
  'disbursement.confirm': { finance: 'all' },
  'disbursement.read': { finance: 'all', auditor: 'all' },
  'pool.read': { reviewer: 'all', finance: 'all', auditor: 'all' },
  'ledger.read': { auditor: 'all', finance: 'all' },
  'ledger.verify': { auditor: 'all', finance: 'all' },
  'stamp.propose': { administrator: 'all', system_administrator: 'all' },
  'stamp.sign': { administrator: 'all', security_administrator: 'all', policy_author: 'all' },
  'stamp.read': {
    auditor: 'all',
    policy_author: 'all',
    administrator: 'all',
    system_administrator: 'all',
    security_administrator: 'all',
  },
  'personal.unmask': { reviewer: 'district', finance: 'all', auditor: 'all' },
  'archive.read': { reviewer: 'district', finance: 'all', auditor: 'all', audit_administrator: 'all' },
  'archive.hold': { auditor: 'all' },
  'archive.dispose': { reviewer: 'district' },
  'audit.read': { auditor: 'all', audit_administrator: 'all' },
  'message.read': EVERYBODY,
  'message.set': EVERYBODY,
  'receipt.read': { reviewer: 'district', auditor: 'all' },
  'delivery.read': { administrator: 'all', system_administrator: 'all' },
  'delivery.retry': { administrator: 'all', system_administrator: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Scope>>>

export type Action = keyof typeof table

export const actions = Object.keys(table) as readonly Action[]

/** One role a person holds, and where. An organisation is named for clerks, providers and inspectors only. */
export interface Grant {
  readonly role: Role
  readonly jurisdiction: string
  /** null: every district of the jurisdiction */
  readonly district: string | null
  readonly organisationId: string | null
  /** held for somebody else, whose duty it is, while a delegation lasts */
  readonly forPersonId?: string
}

/** What an action is done to. Rows always carry a jurisdiction and a district. */
export interface Target {
  readonly jurisdiction: string
  readonly district: string
  /** the organisations whose data this is: the applicant and, where it takes part, the provider */
  readonly organisationIds: readonly string[]
  /** the person asked is invited to judge it */
  readonly invited?: boolean
}

/** The three administrators that a site may keep apart: nobody holds two of them. */
export const separateAdministrators = [
  'system_administrator',
  'security_administrator',
  'audit_administrator',
] as const satisfies readonly Role[]

/** What a role counts as where the three administrators are kept apart. */
export function roleWhereApart(role: Role): Role {
  return role === 'administrator' ? 'system_administrator' : role
}

/** The scope a role has for an action, or undefined: refused. */
export function scopeOf(action: Action, role: Role): Scope | undefined {
  return (table[action] as Partial<Record<Role, Scope>>)[role]
}

/**
 * Whether any of a person's grants allows an action, on a target where one is meant.
 * Without a target the question is whether the person may do this at all (the rows are then filtered by scope).
 */
export function permits(action: Action, grants: readonly Grant[], target?: Target): boolean {
  return grants.some((grant) => {
    const scope = scopeOf(action, grant.role)
    if (scope === undefined) return false
    return target === undefined || covers(scope, grant, target)
  })
}

function covers(scope: Scope, grant: Grant, target: Target): boolean {
  if (grant.jurisdiction !== target.jurisdiction) return false
  if (scope === 'all') return true
  if (scope === 'invited') return target.invited === true
  if (scope === 'district') return grant.district === null || grant.district === target.district
  return grant.organisationId !== null && target.organisationIds.includes(grant.organisationId)
}
