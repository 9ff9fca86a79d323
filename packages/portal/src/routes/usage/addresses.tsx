// Where use stands: what came, how complete it is, its periods, the hours of a contract.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../shell/signed-in-route.tsx'

export const usage = createRoute({
  getParentRoute: () => signedIn,
  path: '/usage',
  component: lazyRouteComponent(() => import('../provider/usage.tsx'), 'Usage'),
})

export const usageCompleteness = createRoute({
  getParentRoute: () => signedIn,
  path: '/usage/completeness',
  component: lazyRouteComponent(() => import('./completeness.tsx'), 'Completeness'),
})

export const usagePeriods = createRoute({
  getParentRoute: () => signedIn,
  path: '/usage/periods',
  component: lazyRouteComponent(() => import('./periods.tsx'), 'Periods'),
})

export const usageHours = createRoute({
  getParentRoute: () => signedIn,
  path: '/contracts/$id/hours',
  component: lazyRouteComponent(() => import('./hours.tsx'), 'Hours'),
})

export const contractUsage = createRoute({
  getParentRoute: () => signedIn,
  path: '/contracts/$id/usage',
  component: lazyRouteComponent(() => import('../clerk/contract-usage.tsx'), 'ContractUsage'),
})

export const capacity = createRoute({
  getParentRoute: () => signedIn,
  path: '/capacity',
  component: lazyRouteComponent(() => import('../capacity/capacity.tsx'), 'Capacity'),
})
