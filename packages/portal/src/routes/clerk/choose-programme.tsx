// The first step of an application: which programme, for which organisation.
import { ways } from '@suanquan/core/application'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { organisationOf, useSession } from '../../client/session.ts'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts } from '../../components/facts.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'

type Adoption = Answer<'listAdoptions'>['items'][number]

export function ChooseProgramme(): ReactElement {
  const { t } = useTranslation('application')
  const session = useSession()!
  const open = useAnswer('listAdoptions').items.filter((programme) => programme.open)
  const choices = open.flatMap((programme) => {
    const { applicant, application } = ways[programme.way]
    const organisationId = application.initial === 'draft' ? organisationOf(session, applicant) : null
    return organisationId === null ? [] : [{ programme, organisationId }]
  })
  const acts = organisationOf(session, 'clerk') ?? organisationOf(session, 'provider')
  return (
    <Page
      crumbs={[
        acts === null ? { label: t('list.crumb') } : { label: t('list.crumb'), to: '/applications' },
        { label: t('choose.crumb') },
      ]}
      title={t('choose.title', { count: choices.length })}
      lead={t('choose.lead')}
    >
      {acts === null && <Note tone="stopped">{t('choose.no_organisation')}</Note>}
      {choices.length === 0 && (
        <Sheet title={t('choose.crumb')}>
          <EmptyState>{t('choose.none')}</EmptyState>
        </Sheet>
      )}
      {choices.map(({ programme, organisationId }) => (
        <Choice key={programme.id} programme={programme} organisationId={organisationId} />
      ))}
    </Page>
  )
}

function Choice({
  programme,
  organisationId,
}: {
  programme: Adoption
  organisationId: string
}): ReactElement {
  const { t } = useTranslation('application')
  const text = useSay()
  const { day, read } = useFormat()
  const navigate = useNavigate()
  const act = useAct('openDraft', (draft) => {
    void navigate({ to: '/applications/$id/edit', params: { id: draft.id } })
  })
  return (
    <Sheet
      title={text(programme.title)}
      aside={programme.authority}
      actions={
        <>
          <button
            type="button"
            className="button"
            disabled={act.isPending}
            onClick={() => act.mutate({ body: { adoptionId: programme.id, organisationId } })}
          >
            {t('choose.start')}
          </button>
          <Link to="/programmes/$id" params={{ id: programme.id }}>
            {t('choose.rules')}
          </Link>
          <ErrorNote error={act.error} />
        </>
      }
    >
      <Facts
        facts={[
          { id: 'closes', label: t('choose.closes'), value: day(programme.closesOn) },
          { id: 'claims', label: t('choose.claims'), value: day(programme.claimsUntil) },
          { id: 'left', label: t('choose.left'), value: read(programme.poolLeftFen) },
        ]}
      />
    </Sheet>
  )
}
