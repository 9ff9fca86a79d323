// Which role, and where: a district for those whose work is divided, an organisation for those who act for one.
import type { Role } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { SelectField, TextField } from '../../components/field.tsx'
import { GRANTABLE, KNOWS_DISTRICTS, NEEDS_ORGANISATION, useRoleName } from './words.ts'

export interface AskedGrant {
  readonly role: Role | ''
  readonly district: string
  readonly organisation: string
}

export const noGrant: AskedGrant = { role: '', district: '', organisation: '' }

/** As the routes take it; null when no role is chosen. */
export function grantBody(
  asked: AskedGrant,
): { role: Role; district: string | null; organisationCreditCode: string | null } | null {
  if (asked.role === '') return null
  const district = KNOWS_DISTRICTS.has(asked.role) && asked.district !== '' ? asked.district : null
  const organisationCreditCode = NEEDS_ORGANISATION.has(asked.role) ? asked.organisation.trim() : null
  return { role: asked.role, district, organisationCreditCode }
}

interface GrantFieldsProps {
  readonly asked: AskedGrant
  readonly onChange: (asked: AskedGrant) => void
  readonly apart: boolean
  readonly none: string
}

export function GrantFields({ asked, onChange, apart, none }: GrantFieldsProps): ReactElement {
  const { t } = useTranslation('people')
  const name = useRoleName()
  const roles = GRANTABLE.filter((role) => !(apart && role === 'administrator'))
  return (
    <>
      <SelectField
        label={t('create.role')}
        none={none}
        value={asked.role}
        onChange={(role) => onChange({ ...asked, role: role as Role | '' })}
        choices={roles.map((value) => ({ value, label: name(value) }))}
      />
      {KNOWS_DISTRICTS.has(asked.role) && (
        <TextField
          label={t('district')}
          help={t('district.help')}
          inputMode="numeric"
          maxLength={6}
          optional
          value={asked.district}
          onChange={(district) => onChange({ ...asked, district })}
        />
      )}
      {NEEDS_ORGANISATION.has(asked.role) && (
        <TextField
          label={t('organisation')}
          help={t('organisation.help')}
          maxLength={40}
          value={asked.organisation}
          onChange={(organisation) => onChange({ ...asked, organisation })}
        />
      )}
    </>
  )
}
