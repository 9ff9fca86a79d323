// Where a person can go: by role, in the order of their day. The first place is their home.
import type { Role } from '@suanquan/api'

export interface Place {
  readonly id: string
  readonly to: string
}

const PUBLIC: readonly Place[] = [
  { id: 'home', to: '/' },
  { id: 'calculator', to: '/calculator' },
  { id: 'library', to: '/policies' },
  { id: 'catalogue', to: '/catalogue' },
  { id: 'notices', to: '/notices' },
  { id: 'open_data', to: '/open-data' },
  { id: 'progress', to: '/progress' },
  { id: 'verify', to: '/verify' },
  { id: 'proof', to: '/proof' },
  { id: 'rounds', to: '/rounds' },
  { id: 'ask', to: '/ask' },
]

const PEOPLE: Place = { id: 'people', to: '/admin/people' }
const PROJECTS: Place = { id: 'projects', to: '/projects' }
const STATEMENTS: Place = { id: 'statements', to: '/statements' }
const CLAWBACKS: Place = { id: 'clawbacks', to: '/clawbacks' }
const ENGAGEMENTS: Place = { id: 'engagements', to: '/engagements' }
const INSPECTIONS: Place = { id: 'inspections', to: '/inspections' }
const ARCHIVE: Place = { id: 'archive', to: '/archive' }
const TRADE_PAPERS: Place = { id: 'trade_papers', to: '/trade-papers' }
const FIRMS: Place = { id: 'firms', to: '/admin/firms' }

const COMPLETENESS: Place = { id: 'completeness', to: '/usage/completeness' }
const PERIODS: Place = { id: 'usage_periods', to: '/usage/periods' }
const STAMPS: Place = { id: 'stamps', to: '/admin/stamps' }

const ADMINISTRATOR: readonly Place[] = [
  PEOPLE,
  FIRMS,
  { id: 'imports', to: '/admin/imports' },
  { id: 'usage', to: '/usage' },
  COMPLETENESS,
  PERIODS,
  { id: 'service', to: '/service' },
  { id: 'site', to: '/admin/site' },
  STAMPS,
  { id: 'system', to: '/admin/system' },
]

const BY_ROLE: Partial<Record<Role, readonly Place[]>> = {
  clerk: [
    { id: 'desk', to: '/desk' },
    { id: 'applications', to: '/applications' },
    { id: 'vouchers', to: '/vouchers' },
    { id: 'claims', to: '/claims' },
    TRADE_PAPERS,
    PROJECTS,
    STATEMENTS,
    CLAWBACKS,
    { id: 'firm', to: '/organisations/own' },
    { id: 'appraise', to: '/appraise' },
  ],
  reviewer: [
    { id: 'review', to: '/review/applications' },
    { id: 'review_claims', to: '/review/claims' },
    TRADE_PAPERS,
    { id: 'review_notices', to: '/review/notices' },
    { id: 'sweeps', to: '/review/sweeps' },
    { id: 'selections', to: '/review/selections' },
    PROJECTS,
    { id: 'appeals', to: '/review/appeals' },
    { id: 'duty', to: '/review/duty' },
    { id: 'planning', to: '/finance/planning' },
    COMPLETENESS,
    PERIODS,
    STATEMENTS,
    CLAWBACKS,
    { id: 'service', to: '/service' },
  ],
  expert: [{ id: 'expert', to: '/expert' }],
  inspector: [INSPECTIONS, ENGAGEMENTS],
  finance: [
    { id: 'pool', to: '/finance/pool' },
    { id: 'parts', to: '/finance/parts' },
    { id: 'fund', to: '/finance/fund' },
    { id: 'impact', to: '/author/impact' },
    { id: 'imprests', to: '/imprests' },
    { id: 'statement', to: '/finance/statement' },
    { id: 'take_overs', to: '/finance/take-overs' },
    { id: 'planning', to: '/finance/planning' },
    { id: 'disbursements', to: '/finance/disbursements' },
    { id: 'countersign', to: '/finance/countersign' },
    TRADE_PAPERS,
    PERIODS,
    STATEMENTS,
    CLAWBACKS,
  ],
  provider: [
    { id: 'contracts', to: '/provider' },
    { id: 'sales', to: '/provider/sales' },
    { id: 'applications', to: '/applications' },
    { id: 'usage', to: '/usage' },
    COMPLETENESS,
    PERIODS,
    { id: 'deductions', to: '/deductions' },
    TRADE_PAPERS,
    { id: 'upstream', to: '/provider/upstream' },
    { id: 'imprests', to: '/imprests' },
    STATEMENTS,
    CLAWBACKS,
    { id: 'firm', to: '/organisations/own' },
  ],
  auditor: [
    { id: 'oversight', to: '/audit' },
    { id: 'journal', to: '/audit/journal' },
    { id: 'accounts', to: '/audit/accounts' },
    { id: 'parts', to: '/finance/parts' },
    { id: 'fund', to: '/finance/fund' },
    { id: 'imprests', to: '/imprests' },
    { id: 'statement', to: '/finance/statement' },
    { id: 'take_overs', to: '/finance/take-overs' },
    { id: 'proofs', to: '/audit/proofs' },
    TRADE_PAPERS,
    { id: 'disbursements', to: '/finance/disbursements' },
    STATEMENTS,
    CLAWBACKS,
    ENGAGEMENTS,
    ARCHIVE,
    { id: 'trail', to: '/audit/trail' },
    { id: 'unmaskings', to: '/audit/unmaskings' },
  ],
  policy_author: [
    { id: 'library', to: '/author/programmes' },
    { id: 'adoptions', to: '/author/adoptions' },
    { id: 'studio', to: '/author/studio' },
    { id: 'impact', to: '/author/impact' },
    STAMPS,
  ],
  administrator: ADMINISTRATOR,
  system_administrator: ADMINISTRATOR,
  security_administrator: [PEOPLE, FIRMS, STAMPS],
  audit_administrator: [
    { id: 'trail', to: '/audit/trail' },
    { id: 'unmaskings', to: '/audit/unmaskings' },
    ARCHIVE,
  ],
}

export function placesFor(roles: ReadonlySet<Role>): readonly Place[] {
  const own = [...roles].flatMap((role) => BY_ROLE[role] ?? [])
  if (own.length === 0) return PUBLIC
  return own.filter((place, index) => own.findIndex(({ to }) => to === place.to) === index)
}

const SEARCHING: readonly Role[] = ['clerk', 'reviewer', 'finance', 'provider', 'auditor']

/** Whether one of these roles searches what is not public. */
export function maySearch(roles: ReadonlySet<Role>): boolean {
  return SEARCHING.some((role) => roles.has(role))
}

export function homeOf(roles: ReadonlySet<Role>): string {
  return placesFor(roles)[0]!.to
}
