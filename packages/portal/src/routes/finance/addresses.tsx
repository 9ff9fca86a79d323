// The addresses of finance: pools, funds, imprests, take-overs, batches.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../shell/signed-in-route.tsx'

export const pools = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/pool',
  component: lazyRouteComponent(() => import('./pools.tsx'), 'Pools'),
})

export const parts = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/parts',
  component: lazyRouteComponent(() => import('./parts.tsx'), 'Parts'),
})

export const fund = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/fund',
  component: lazyRouteComponent(() => import('./fund.tsx'), 'Fund'),
})

export const imprests = createRoute({
  getParentRoute: () => signedIn,
  path: '/imprests',
  component: lazyRouteComponent(() => import('../imprest/imprests.tsx'), 'Imprests'),
})

export const imprest = createRoute({
  getParentRoute: () => signedIn,
  path: '/imprests/$id',
  component: lazyRouteComponent(() => import('../imprest/imprest.tsx'), 'ImprestPage'),
})

export const takeOvers = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/take-overs',
  component: lazyRouteComponent(() => import('./take-overs.tsx'), 'TakeOvers'),
})

export const takeOver = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/take-overs/$id',
  component: lazyRouteComponent(() => import('./take-over.tsx'), 'TakeOverPage'),
})

export const statement = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/statement',
  component: lazyRouteComponent(() => import('./statement.tsx'), 'Statement'),
})

export const planning = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/planning',
  component: lazyRouteComponent(() => import('./planning.tsx'), 'Planning'),
})

export const disbursements = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/disbursements',
  component: lazyRouteComponent(() => import('./disbursements.tsx'), 'Disbursements'),
})

export const paymentChain = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/disbursements/$id/lines/$claimId',
  component: lazyRouteComponent(() => import('./payment-chain.tsx'), 'PaymentChain'),
})

export const treasuryPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/treasury/$id',
  component: lazyRouteComponent(() => import('./treasury.tsx'), 'TreasuryPage'),
})

export const disbursementPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/finance/disbursements/$id',
  component: lazyRouteComponent(() => import('./disbursement.tsx'), 'DisbursementPage'),
})
