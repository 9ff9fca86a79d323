// The pages of those who run the site, and their addresses.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../shell/signed-in-route.tsx'

export const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/people',
  component: lazyRouteComponent(() => import('./people.tsx'), 'People'),
})

export const personPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/people/$id',
  component: lazyRouteComponent(() => import('./person.tsx'), 'PersonPage'),
})

export const firms = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/firms',
  component: lazyRouteComponent(() => import('./firms.tsx'), 'Firms'),
})

export const imports = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/imports',
  component: lazyRouteComponent(() => import('./imports.tsx'), 'Imports'),
})

export const importPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/imports/$id',
  component: lazyRouteComponent(() => import('./import.tsx'), 'ImportPage'),
})

export const sitePage = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/site',
  component: lazyRouteComponent(() => import('./site.tsx'), 'SitePage'),
})

export const stamps = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/stamps',
  component: lazyRouteComponent(() => import('./stamps.tsx'), 'Stamps'),
})

export const systemPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/system',
  component: lazyRouteComponent(() => import('./system.tsx'), 'SystemPage'),
})

export const deliveries = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/deliveries',
  component: lazyRouteComponent(() => import('./deliveries.tsx'), 'Deliveries'),
})
