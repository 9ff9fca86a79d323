// Pages of selected projects, and of what is taken back from them and others.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from '../../shell/signed-in-route.tsx'

export const projects = createRoute({
  getParentRoute: () => signedIn,
  path: '/projects',
  component: lazyRouteComponent(() => import('./projects.tsx'), 'Projects'),
})

export const projectPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/projects/$id',
  component: lazyRouteComponent(() => import('./project.tsx'), 'ProjectPage'),
})

export const clawbacks = createRoute({
  getParentRoute: () => signedIn,
  path: '/clawbacks',
  component: lazyRouteComponent(() => import('../clawback/clawbacks.tsx'), 'Clawbacks'),
})

export const clawbackPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/clawbacks/$id',
  component: lazyRouteComponent(() => import('../clawback/clawback.tsx'), 'ClawbackPage'),
})
