// What only signed-in people see. The address is kept, so a link in a message leads to its page after signing in.
import { Outlet } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useSession } from '../client/session.ts'
import { SignIn } from '../routes/public/sign-in.tsx'

export function SignedIn(): ReactElement {
  const session = useSession()
  return session === null ? <SignIn stay /> : <Outlet />
}
