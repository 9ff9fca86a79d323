// 分配批次: every round, the latest first, open to anybody.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Page, Sheet } from '../../components/page.tsx'
import { useAnswer } from '../../client/queries.ts'
import { RoundList } from '../../features/round/round-list.tsx'

export function Rounds(): ReactElement {
  const { t } = useTranslation('round')
  const rounds = useAnswer('listRounds').items
  return (
    <Page
      crumbs={[{ label: t('notices'), to: '/notices' }, { label: t('crumb') }]}
      title={t('list.title', { count: rounds.length })}
      lead={t('lead')}
    >
      <Sheet title={t('all')}>
        <RoundList rounds={rounds} />
      </Sheet>
    </Page>
  )
}
