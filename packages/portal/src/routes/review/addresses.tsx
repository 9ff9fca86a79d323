// The pages of a reviewer and their addresses.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../shell/signed-in-route.tsx'

export const proposeClawback = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/applications/$id/clawback',
  component: lazyRouteComponent(() => import('../clawback/propose.tsx'), 'ProposeClawback'),
})

export const serviceDesk = createRoute({
  getParentRoute: () => signedIn,
  path: '/service',
  component: lazyRouteComponent(() => import('./service-desk.tsx'), 'ServiceDesk'),
})

export const queue = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/applications',
  component: lazyRouteComponent(() => import('./queue.tsx'), 'Queue'),
})

export const bench = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/applications/$id',
  component: lazyRouteComponent(() => import('./bench.tsx'), 'Bench'),
})

export const claimQueue = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/claims',
  component: lazyRouteComponent(() => import('./claim-queue.tsx'), 'ClaimQueue'),
})

export const claimBench = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/claims/$id',
  component: lazyRouteComponent(() => import('./claim-bench.tsx'), 'ClaimBench'),
})

export const sweeps = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/sweeps',
  component: lazyRouteComponent(() => import('./sweeps.tsx'), 'Sweeps'),
})

export const sweepPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/sweeps/$id',
  component: lazyRouteComponent(() => import('./sweep.tsx'), 'SweepPage'),
})

export const selections = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/selections',
  component: lazyRouteComponent(() => import('./selections.tsx'), 'Selections'),
})

export const selectionPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/selections/$id',
  component: lazyRouteComponent(() => import('./selection.tsx'), 'SelectionPage'),
})

export const noticeDesk = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/notices',
  component: lazyRouteComponent(() => import('./notice-desk.tsx'), 'NoticeDesk'),
})

export const appeals = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/appeals',
  component: lazyRouteComponent(() => import('./appeals.tsx'), 'Appeals'),
})

export const duty = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/duty',
  component: lazyRouteComponent(() => import('./duty.tsx'), 'Duty'),
})
