// What an auditor sees first: is the ledger proved, what came since, and what happened in the last days.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { Funnel } from '../../features/application/funnel.tsx'
import { ProofTag } from '../../features/audit/proof-tag.tsx'
import { FlowOfMoney } from '../../features/ledger/flow-of-money.tsx'

type View = Answer<'readOversight'>

export function Oversight(): ReactElement {
  const { t } = useTranslation('audit')
  const view = useAnswer('readOversight')
  const { postings, postingsToday: today, decisions } = view
  return (
    <Page
      title={t(`oversight.title.${standing(view)}`)}
      lead={t('oversight.lead', { postings, today, decisions })}
    >
      <Columns
        main={
          <>
            <LastProofs view={view} />
            <FlowOfMoney />
            <Funnel />
            <Refused view={view} />
          </>
        }
        side={
          <>
            <Week view={view} />
            <Busiest view={view} />
          </>
        }
      />
    </Page>
  )
}

function standing({ proofs }: View): 'never' | 'partly' | 'clean' | 'wrong' {
  if (proofs.some(({ clean }) => clean === false)) return 'wrong'
  const done = proofs.filter(({ clean }) => clean === true).length
  return done === 0 ? 'never' : done < proofs.length ? 'partly' : 'clean'
}

function LastProofs({ view }: { view: View }): ReactElement {
  const { t } = useTranslation('audit')
  const { instant } = useFormat()
  const facts = view.proofs.map(({ kind, id, clean, endedAt, since }) => ({
    id: kind,
    label: t(`proofs.${kind}`),
    value:
      id === null ? (
        <Link to="/audit/proofs">{t('oversight.run')}</Link>
      ) : (
        <Link to="/audit/proofs/$id" params={{ id }}>
          <ProofTag proof={{ state: 'done', clean }} />
        </Link>
      ),
    source:
      endedAt === null
        ? t('oversight.not_yet')
        : `${instant(endedAt)} · ${t(
            kind === 'verification' ? 'oversight.since_postings' : 'oversight.since_decisions',
            { count: since },
          )}`,
  }))
  return (
    <Sheet title={t('oversight.proofs')} aside={<Link to="/audit/proofs">{t('oversight.run')}</Link>}>
      <Facts facts={facts} />
    </Sheet>
  )
}

function Refused({ view }: { view: View }): ReactElement {
  const { t } = useTranslation('audit')
  const text = useSay()
  return (
    <Sheet
      title={t('oversight.refused')}
      aside={
        <Link to="/audit/trail" search={{ state: 'refused' } as never}>
          {t('trail')}
        </Link>
      }
    >
      {view.refused.length === 0 ? (
        <EmptyState>{t('oversight.refused.empty')}</EmptyState>
      ) : (
        <Facts
          facts={view.refused.map(({ code, count, sentence }) => ({
            id: code,
            label: text(sentence),
            value: (
              <Link to="/audit/trail" search={{ state: 'refused', q: code } as never}>
                {t('oversight.acts', { count })}
              </Link>
            ),
          }))}
        />
      )}
    </Sheet>
  )
}

function Week({ view }: { view: View }): ReactElement {
  const { t } = useTranslation('audit')
  const { day } = useFormat()
  const line = (id: 'acts' | 'reads'): { id: string; label: string; value: ReactElement } => ({
    id,
    label: t(`trail.${id}`),
    value: (
      <Link to="/audit/trail" search={{ state: id, from: view.since } as never}>
        {t('oversight.acts', { count: view[id] })}
      </Link>
    ),
  })
  return (
    <Sheet title={t('oversight.trail')} aside={t('oversight.trail_since', { since: day(view.since) })}>
      <Facts facts={[line('acts'), line('reads')]} />
    </Sheet>
  )
}

function Busiest({ view }: { view: View }): ReactElement {
  const { t } = useTranslation('audit')
  return (
    <Sheet title={t('oversight.busiest')}>
      {view.busiest.length === 0 ? (
        <EmptyState>{t('oversight.busiest.empty')}</EmptyState>
      ) : (
        <Facts
          facts={view.busiest.map(({ personId, personName, reads, organisations }) => ({
            id: personId,
            label: personName,
            value: (
              <Link to="/audit/trail" search={{ state: 'reads', person: personId } as never}>
                {t('oversight.busiest.line', { reads, organisations })}
              </Link>
            ),
          }))}
        />
      )}
    </Sheet>
  )
}
