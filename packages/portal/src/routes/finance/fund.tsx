// 专项资金: what the programmes of one fund share, what managing them costs, and its years, one fund at a time.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { FundActs } from '../../features/fund/fund-acts.tsx'
import { Management } from '../../features/fund/management.tsx'
import { ProposeAct } from '../../features/fund/propose-act.tsx'
import { Programmes } from '../../features/fund/programmes.tsx'
import { SharedCap } from '../../features/fund/shared-cap.tsx'
import { YearEnd } from '../../features/fund/year-end.tsx'

export function Fund(): ReactElement {
  const { t } = useTranslation('fund')
  const text = useSay()
  const [filter] = useListFilter()
  const funds = useAnswer('listFunds').items
  const chosen = funds.find(({ id }) => id === filter.state) ?? funds[0]
  if (chosen === undefined)
    return (
      <Page title={t('none')}>
        <Sheet title={t('programmes')}>
          <EmptyState>{t('none')}</EmptyState>
        </Sheet>
      </Page>
    )
  return (
    <>
      {funds.length > 1 && (
        <StateTabs
          label={t('choose')}
          choices={funds.map((fund, index) => ({
            value: index === 0 ? '' : fund.id,
            label: fund.programmes.map(({ title }) => text(title)).join(t('and')),
          }))}
        />
      )}
      <OneFund key={chosen.id} id={chosen.id} />
    </>
  )
}

function OneFund({ id }: { id: string }): ReactElement {
  const { t } = useTranslation(['fund', 'treasury'])
  const { say, instant } = useFormat()
  const session = useSession()
  const mayAct = session !== null && rolesOf(session).has('finance')
  const fund = useAnswer('readFund', { params: { id } })
  const count = fund.programmes.length
  return (
    <Page
      crumbs={[{ label: t('crumb') }, { label: t('number', { number: fund.number }) }]}
      title={
        fund.appropriatedFen === '0'
          ? t('title.unshared', { count })
          : t('title', { left: say(fund.sharedLeftFen), count })
      }
      lead={t('lead')}
      provenance={t('provenance', { at: instant(fund.asOf), number: fund.number })}
    >
      <Columns
        main={
          <>
            <Programmes fund={fund} />
            <SharedCap fund={fund} />
          </>
        }
        side={
          <>
            <Management fund={fund} />
            <p>
              <Link to="/finance/treasury/$id" params={{ id: fund.id }}>
                {t('treasury:settings.link')}
              </Link>
            </p>
          </>
        }
      />
      <FundActs fund={fund} mayAct={mayAct} />
      {mayAct && <ProposeAct fund={fund} />}
      <YearEnd fund={fund} mayAct={mayAct} />
    </Page>
  )
}
