// The pages of those who watch, and their addresses.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../shell/signed-in-route.tsx'

export const oversight = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  component: lazyRouteComponent(() => import('./oversight.tsx'), 'Oversight'),
})

export const journal = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit/journal',
  component: lazyRouteComponent(() => import('./journal.tsx'), 'Journal'),
})

export const posting = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit/journal/$id',
  component: lazyRouteComponent(() => import('./posting.tsx'), 'PostingPage'),
})

export const accounts = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit/accounts',
  component: lazyRouteComponent(() => import('./accounts.tsx'), 'Accounts'),
})

export const proofs = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit/proofs',
  component: lazyRouteComponent(() => import('./proofs.tsx'), 'Proofs'),
})

export const proof = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit/proofs/$id',
  component: lazyRouteComponent(() => import('./proof.tsx'), 'ProofPage'),
})

export const trail = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit/trail',
  component: lazyRouteComponent(() => import('./trail.tsx'), 'Trail'),
})

export const unmaskings = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit/unmaskings',
  component: lazyRouteComponent(() => import('./unmaskings.tsx'), 'Unmaskings'),
})
