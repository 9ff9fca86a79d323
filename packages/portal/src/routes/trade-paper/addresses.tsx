// Pages of registered papers, and their addresses.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../shell/signed-in-route.tsx'

export const tradePapers = createRoute({
  getParentRoute: () => signedIn,
  path: '/trade-papers',
  component: lazyRouteComponent(() => import('./trade-papers.tsx'), 'TradePapers'),
})

export const tradePaper = createRoute({
  getParentRoute: () => signedIn,
  path: '/trade-papers/$id',
  component: lazyRouteComponent(() => import('./trade-paper.tsx'), 'TradePaperPage'),
})

export const upstreamContracts = createRoute({
  getParentRoute: () => signedIn,
  path: '/provider/upstream',
  component: lazyRouteComponent(() => import('../provider/upstream.tsx'), 'UpstreamContracts'),
})
