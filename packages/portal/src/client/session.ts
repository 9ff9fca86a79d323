// Who is signed in, and in which roles. Asking without having signed in would only fetch a refusal, so a mark in the
// browser says whether it is worth asking; the session itself is a cookie that scripts cannot read.
import type { Role } from '@suanquan/api'
import { useSuspenseQuery } from '@tanstack/react-query'
import { call, loadCalls, Refused, type Answer } from './call.ts'
import { dropCarried } from './carried.ts'
import { setExpired } from './expiry.ts'
import { forgetKept } from './kept.ts'
import { queryClient } from './queries.ts'

export type Session = Answer<'readSession'>

const MARK = 'suanquan.signed-in'
const SESSION = ['session']

export function useSession(): Session | null {
  return useSuspenseQuery({ queryKey: SESSION, queryFn: readSession, staleTime: 60_000 }).data
}

export async function signIn(login: string, password: string): Promise<Session> {
  const [session] = await Promise.all([call('signIn', { body: { login, password } }), loadCalls()])
  localStorage.setItem(MARK, session.personId)
  const samePerson = queryClient.getQueryData<Session | null>(SESSION)?.personId === session.personId
  queryClient.setQueryData(SESSION, session)
  setExpired(false)
  if (samePerson) await queryClient.invalidateQueries({ predicate: isAnswer })
  else await forget()
  return session
}

export async function signOut(): Promise<void> {
  await call('signOut').catch(() => undefined)
  localStorage.removeItem(MARK)
  dropCarried()
  queryClient.setQueryData(SESSION, null)
  await forget()
}

/** What one person has read is not left for the next: the page in view asks anew, everything else is dropped. */
async function forget(): Promise<void> {
  forgetKept()
  queryClient.removeQueries({ type: 'inactive', predicate: isAnswer })
  await queryClient.resetQueries({ predicate: isAnswer })
}

function isAnswer({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean {
  return queryKey[0] !== SESSION[0]
}

export function rolesOf(session: Session | null): ReadonlySet<Role> {
  return new Set(session?.grants.map((grant) => grant.role))
}

/** Whether the person signed in acts in one of these roles: no way is offered that would be refused. */
export function useActsAs(...roles: readonly Role[]): boolean {
  const own = rolesOf(useSession())
  return roles.some((role) => own.has(role))
}

/** The organisation a clerk or a provider acts for; the first, when there are several. */
export function organisationOf(session: Session, role: Role): string | null {
  return session.grants.find((grant) => grant.role === role)?.organisationId ?? null
}

async function readSession(): Promise<Session | null> {
  if (localStorage.getItem(MARK) === null) return null
  try {
    const [session] = await Promise.all([call('readSession'), loadCalls()])
    return session
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status !== 401) throw error
    localStorage.removeItem(MARK)
    return null
  }
}
