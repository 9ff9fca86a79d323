// Every page and its address. Pages load when they are first opened.
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Pending } from './components/pending.tsx'
import { publicRoutes, root } from './public-routes.ts'
import {
  deliveries,
  firms,
  importPage,
  imports,
  people,
  personPage,
  sitePage,
  stamps,
  systemPage,
} from './routes/admin/addresses.tsx'
import {
  accounts,
  journal,
  oversight,
  posting,
  proof,
  proofs,
  trail,
  unmaskings,
} from './routes/audit/addresses.tsx'
import {
  disbursementPage,
  disbursements,
  paymentChain,
  fund,
  imprest,
  imprests,
  parts,
  planning,
  pools,
  statement,
  takeOver,
  takeOvers,
  treasuryPage,
} from './routes/finance/addresses.tsx'
import {
  appeals,
  bench,
  claimBench,
  claimQueue,
  duty,
  noticeDesk,
  proposeClawback,
  queue,
  selectionPage,
  selections,
  serviceDesk,
  sweepPage,
  sweeps,
} from './routes/review/addresses.tsx'
import { disputePage, disputes, statementPage, statements } from './routes/statement/addresses.tsx'
import { clawbackPage, clawbacks, projectPage, projects } from './routes/project/addresses.tsx'
import { tradePaper, tradePapers, upstreamContracts } from './routes/trade-paper/addresses.tsx'
import {
  capacity,
  contractUsage,
  usage,
  usageCompleteness,
  usageHours,
  usagePeriods,
} from './routes/usage/addresses.tsx'
import { BrokenPage } from './shell/broken-page.tsx'
import { signedIn } from './shell/signed-in-route.tsx'

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk',
  component: lazyRouteComponent(() => import('./routes/clerk/desk.tsx'), 'Desk'),
})

const find = createRoute({
  getParentRoute: () => signedIn,
  path: '/find',
  component: lazyRouteComponent(() => import('./routes/desk/find.tsx'), 'Find'),
})

const chooseProgramme = createRoute({
  getParentRoute: () => signedIn,
  path: '/apply',
  component: lazyRouteComponent(() => import('./routes/clerk/choose-programme.tsx'), 'ChooseProgramme'),
})

const applications = createRoute({
  getParentRoute: () => signedIn,
  path: '/applications',
  component: lazyRouteComponent(() => import('./routes/clerk/applications.tsx'), 'Applications'),
})

const applicationPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/applications/$id',
  component: lazyRouteComponent(() => import('./routes/clerk/application.tsx'), 'ApplicationPage'),
})

const wizard = createRoute({
  getParentRoute: () => signedIn,
  path: '/applications/$id/edit',
  component: lazyRouteComponent(() => import('./routes/clerk/wizard.tsx'), 'Wizard'),
})

const wallet = createRoute({
  getParentRoute: () => signedIn,
  path: '/vouchers',
  component: lazyRouteComponent(() => import('./routes/clerk/wallet.tsx'), 'Wallet'),
})

const voucherPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/vouchers/$id',
  component: lazyRouteComponent(() => import('./routes/clerk/voucher.tsx'), 'VoucherPage'),
})

const credentials = createRoute({
  getParentRoute: () => signedIn,
  path: '/credentials',
  component: lazyRouteComponent(() => import('./routes/clerk/credentials.tsx'), 'Credentials'),
})

const credentialPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/credentials/$id',
  component: lazyRouteComponent(() => import('./routes/clerk/credential.tsx'), 'CredentialPage'),
})

const newClaim = createRoute({
  getParentRoute: () => signedIn,
  path: '/vouchers/$id/claim',
  component: lazyRouteComponent(() => import('./routes/clerk/new-claim.tsx'), 'NewClaim'),
})

const claims = createRoute({
  getParentRoute: () => signedIn,
  path: '/claims',
  component: lazyRouteComponent(() => import('./routes/clerk/claims.tsx'), 'Claims'),
})

const claimPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/claims/$id',
  component: lazyRouteComponent(() => import('./routes/clerk/claim.tsx'), 'ClaimPage'),
})

const appraise = createRoute({
  getParentRoute: () => signedIn,
  path: '/appraise',
  component: lazyRouteComponent(() => import('./routes/clerk/appraise.tsx'), 'Appraise'),
})

const expertReviews = createRoute({
  getParentRoute: () => signedIn,
  path: '/expert',
  component: lazyRouteComponent(() => import('./routes/expert/reviews.tsx'), 'ExpertReviews'),
})

const expertReview = createRoute({
  getParentRoute: () => signedIn,
  path: '/expert/$id',
  component: lazyRouteComponent(() => import('./routes/expert/review.tsx'), 'ExpertReview'),
})

const countersign = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/countersign',
  component: lazyRouteComponent(() => import('./routes/finance/countersign.tsx'), 'Countersign'),
})

const engagements = createRoute({
  getParentRoute: () => signedIn,
  path: '/engagements',
  component: lazyRouteComponent(() => import('./routes/engagement/engagements.tsx'), 'Engagements'),
})

const inspections = createRoute({
  getParentRoute: () => signedIn,
  path: '/inspections',
  component: lazyRouteComponent(() => import('./routes/engagement/inspections.tsx'), 'Inspections'),
})

const inspectionPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/inspections/$id',
  component: lazyRouteComponent(() => import('./routes/engagement/inspection.tsx'), 'InspectionPage'),
})

const archive = createRoute({
  getParentRoute: () => signedIn,
  path: '/archive',
  component: lazyRouteComponent(() => import('./routes/archive/archive.tsx'), 'Archive'),
})
const archiveFile = createRoute({
  getParentRoute: () => signedIn,
  path: '/archive/$id',
  component: lazyRouteComponent(() => import('./routes/archive/file.tsx'), 'ArchiveFile'),
})

const providerHome = createRoute({
  getParentRoute: () => signedIn,
  path: '/provider',
  component: lazyRouteComponent(() => import('./routes/provider/home.tsx'), 'ProviderHome'),
})

const sales = createRoute({
  getParentRoute: () => signedIn,
  path: '/provider/sales',
  component: lazyRouteComponent(() => import('./routes/provider/sales.tsx'), 'Sales'),
})

const deductions = createRoute({
  getParentRoute: () => signedIn,
  path: '/deductions',
  component: lazyRouteComponent(() => import('./routes/provider/deductions.tsx'), 'Deductions'),
})

const deductionPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/deductions/$id',
  component: lazyRouteComponent(() => import('./routes/provider/deduction.tsx'), 'DeductionPage'),
})

const organisationPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/organisations/$id',
  component: lazyRouteComponent(() => import('./routes/review/organisation.tsx'), 'OrganisationPage'),
})

const messages = createRoute({
  getParentRoute: () => signedIn,
  path: '/messages',
  component: lazyRouteComponent(() => import('./routes/message/messages.tsx'), 'Messages'),
})

const messageSettings = createRoute({
  getParentRoute: () => signedIn,
  path: '/messages/settings',
  component: lazyRouteComponent(() => import('./routes/message/settings.tsx'), 'MessageSettings'),
})

const library = createRoute({
  getParentRoute: () => signedIn,
  path: '/author/programmes',
  component: lazyRouteComponent(() => import('./routes/author/library.tsx'), 'Library'),
})

const measure = createRoute({
  getParentRoute: () => signedIn,
  path: '/author/programmes/$hash',
  component: lazyRouteComponent(() => import('./routes/author/measure.tsx'), 'Measure'),
})

const studio = createRoute({
  getParentRoute: () => signedIn,
  path: '/author/studio',
  component: lazyRouteComponent(() => import('./routes/author/studio.tsx'), 'PolicyStudio'),
})

const impact = createRoute({
  getParentRoute: () => signedIn,
  path: '/author/impact',
  component: lazyRouteComponent(() => import('./routes/author/impact.tsx'), 'ImpactView'),
})

const proposal = createRoute({
  getParentRoute: () => signedIn,
  path: '/author/proposals/$id',
  component: lazyRouteComponent(() => import('./routes/author/proposal.tsx'), 'Proposal'),
})

const adoptions = createRoute({
  getParentRoute: () => signedIn,
  path: '/author/adoptions',
  component: lazyRouteComponent(() => import('./routes/author/adoptions.tsx'), 'Adoptions'),
})

const adoptionDraft = createRoute({
  getParentRoute: () => signedIn,
  path: '/author/adoptions/$id',
  component: lazyRouteComponent(() => import('./routes/author/adoption.tsx'), 'AdoptionDraft'),
})

const tree = root.addChildren([
  ...publicRoutes,
  signedIn.addChildren([
    desk,
    find,
    chooseProgramme,
    applications,
    applicationPage,
    wizard,
    wallet,
    voucherPage,
    credentials,
    credentialPage,
    newClaim,
    claims,
    claimPage,
    tradePapers,
    tradePaper,
    upstreamContracts,
    clawbacks,
    clawbackPage,
    statements,
    statementPage,
    disputes,
    disputePage,
    projects,
    projectPage,
    proposeClawback,
    contractUsage,
    appraise,
    serviceDesk,
    queue,
    bench,
    claimQueue,
    claimBench,
    noticeDesk,
    sweeps,
    sweepPage,
    selections,
    selectionPage,
    appeals,
    duty,
    countersign,
    expertReviews,
    expertReview,
    engagements,
    inspections,
    inspectionPage,
    archive,
    archiveFile,
    pools,
    parts,
    fund,
    imprests,
    imprest,
    takeOvers,
    takeOver,
    statement,
    planning,
    capacity,
    disbursements,
    disbursementPage,
    paymentChain,
    treasuryPage,
    providerHome,
    sales,
    usage,
    usageCompleteness,
    usagePeriods,
    usageHours,
    deductions,
    deductionPage,
    oversight,
    journal,
    posting,
    accounts,
    proofs,
    proof,
    trail,
    unmaskings,
    people,
    personPage,
    firms,
    imports,
    importPage,
    organisationPage,
    sitePage,
    stamps,
    systemPage,
    deliveries,
    messages,
    messageSettings,
    library,
    measure,
    studio,
    impact,
    proposal,
    adoptions,
    adoptionDraft,
  ]),
])

export const router = createRouter({
  routeTree: tree,
  defaultPendingComponent: Pending,
  defaultErrorComponent: BrokenPage,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
