// Below it stand the pages that need a session.
import { createRoute } from '@tanstack/react-router'
import { root } from '../public-routes.ts'
import { SignedIn } from './signed-in.tsx'

export const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn })
