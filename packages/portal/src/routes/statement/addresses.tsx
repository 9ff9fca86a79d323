// Pages of what a contract's months came to, and of what is disputed of them.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../shell/signed-in-route.tsx'

export const statements = createRoute({
  getParentRoute: () => signedIn,
  path: '/statements',
  component: lazyRouteComponent(() => import('./statements.tsx'), 'Statements'),
})

export const statementPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/statements/$id',
  component: lazyRouteComponent(() => import('./statement.tsx'), 'StatementPage'),
})

export const disputes = createRoute({
  getParentRoute: () => signedIn,
  path: '/disputes',
  component: lazyRouteComponent(() => import('./disputes.tsx'), 'Disputes'),
})

export const disputePage = createRoute({
  getParentRoute: () => signedIn,
  path: '/disputes/$id',
  component: lazyRouteComponent(() => import('./dispute.tsx'), 'DisputePage'),
})
