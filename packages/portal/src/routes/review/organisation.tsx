// An organisation as the registers know it: one of the reviewer's district, or as `own` the reader's own.
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { organisationOf, useSession } from '../../client/session.ts'
import { Page } from '../../components/page.tsx'
import { OrganisationFile } from '../../features/party/organisation-file.tsx'

export function OrganisationPage(): ReactElement {
  const { t } = useTranslation('party')
  const { id } = useParams({ from: '/signed-in/organisations/$id' })
  const session = useSession()!
  const own = organisationOf(session, 'clerk') ?? organisationOf(session, 'provider')
  if (id !== 'own') return <Known id={id} own={id === own} />
  return own === null ? <Page title={t('none')} /> : <Known id={own} own />
}

function Known({ id, own }: { id: string; own: boolean }): ReactElement {
  const { t } = useTranslation('party')
  const organisation = useAnswer('readOrganisation', { params: { id } })
  return (
    <OrganisationFile
      organisation={organisation}
      {...(own ? {} : { crumbs: [{ label: t('crumb') }, { label: organisation.name }] })}
      applications={own ? '/applications/$id' : '/review/applications/$id'}
    />
  )
}
