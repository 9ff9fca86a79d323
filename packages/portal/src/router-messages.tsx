// The pages of messages: one's own, how one is told, and what was sent.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from './router-parents.tsx'

export const deliveries = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/deliveries',
  component: lazyRouteComponent(() => import('./routes/admin/deliveries.tsx'), 'Deliveries'),
})

export const messages = createRoute({
  getParentRoute: () => signedIn,
  path: '/messages',
  component: lazyRouteComponent(() => import('./routes/message/messages.tsx'), 'Messages'),
})

export const messageSettings = createRoute({
  getParentRoute: () => signedIn,
  path: '/messages/settings',
  component: lazyRouteComponent(() => import('./routes/message/settings.tsx'), 'MessageSettings'),
})
