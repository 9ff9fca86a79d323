// The clerk's own organisation, as the registers know it.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { organisationOf, useSession } from '../../client/session.ts'
import { Page } from '../../components/page.tsx'
import { OrganisationFile } from '../../features/party/organisation-file.tsx'

export function OwnFirm(): ReactElement {
  const { t } = useTranslation('party')
  const session = useSession()!
  const id = organisationOf(session, 'clerk') ?? organisationOf(session, 'provider')
  return id === null ? <Page title={t('none')} /> : <Own id={id} />
}

function Own({ id }: { id: string }): ReactElement {
  const organisation = useAnswer('readOrganisation', { params: { id } })
  return <OrganisationFile organisation={organisation} applications="/applications/$id" />
}
