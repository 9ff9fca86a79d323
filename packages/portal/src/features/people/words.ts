import type { Role } from '@suanquan/api'
import { useTranslation } from 'react-i18next'
import { rolesOf, useSession } from '../../client/session.ts'

/** The roles that can be granted, in the order of the work. */
export const GRANTABLE: readonly Role[] = [
  'clerk',
  'provider',
  'reviewer',
  'expert',
  'inspector',
  'finance',
  'auditor',
  'policy_author',
  'administrator',
  'system_administrator',
  'security_administrator',
  'audit_administrator',
]

export const NEEDS_ORGANISATION: ReadonlySet<string> = new Set(['clerk', 'inspector', 'provider'])
export const KNOWS_DISTRICTS: ReadonlySet<string> = new Set(['reviewer'])

export function useRoleName(): (role: string) => string {
  const { t } = useTranslation('shell')
  return (role) => t(`role.${role}` as 'role.clerk')
}

/** What the signed-in administrator may do: accounts, roles, or both. */
export function useMay(): { readonly accounts: boolean; readonly roles: boolean; readonly own: string } {
  const session = useSession()!
  const roles = rolesOf(session)
  return {
    accounts: roles.has('administrator') || roles.has('system_administrator'),
    roles: roles.has('administrator') || roles.has('security_administrator'),
    own: session.personId,
  }
}
