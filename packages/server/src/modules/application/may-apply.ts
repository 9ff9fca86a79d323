import type { Action } from '@suanquan/api'
import type { Way } from '@suanquan/core/application'
import type { Person } from '../../http/world.ts'
import { mayTouch } from '../../identity/scope.ts'

/** Whether a person may act as the applicant: for the organisation, and in the role that applies in this way. */
export function mayApply(
  person: Person | null,
  action: Action,
  row: { readonly jurisdiction: string; readonly district: string; readonly organisation_id: string },
  { applicant }: Way,
): boolean {
  const { jurisdiction, district } = row
  const applying =
    person === null ? null : { ...person, grants: person.grants.filter(({ role }) => role === applicant) }
  return mayTouch(applying, action, { jurisdiction, district, organisationIds: [row.organisation_id] })
}
