// An organisation of the reviewer's district, as the registers know it.
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { OrganisationFile } from '../../features/party/organisation-file.tsx'

export function OrganisationPage(): ReactElement {
  const { t } = useTranslation('party')
  const { id } = useParams({ from: '/signed-in/organisations/$id' })
  const organisation = useAnswer('readOrganisation', { params: { id } })
  return (
    <OrganisationFile
      organisation={organisation}
      crumbs={[{ label: t('crumb') }, { label: organisation.name }]}
      applications="/review/applications/$id"
    />
  )
}
