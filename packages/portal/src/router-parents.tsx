// What every page stands in: the frame, and what only signed-in people see.
import { createRootRoute, createRoute } from '@tanstack/react-router'
import { NoSuchPage } from './shell/broken-page.tsx'
import { Frame } from './shell/frame.tsx'
import { SignedIn } from './shell/signed-in.tsx'

export const root = createRootRoute({ component: Frame, notFoundComponent: NoSuchPage })

export const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn })
