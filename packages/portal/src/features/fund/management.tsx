// 管理费: its share, what was set aside, spent and is left; never out of a pool.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { FundView } from './programmes.tsx'

export function Management({ fund }: { fund: FundView }): ReactElement {
  const { t } = useTranslation('fund')
  const { read } = useFormat()
  const { share, mostFen, setAsideFen, spentFen, leftFen } = fund.management
  const most = mostFen === null ? null : read(mostFen)
  return (
    <Sheet title={t('management')}>
      <Facts
        facts={[
          { id: 'share', label: t('management.share'), value: share ?? t('management.no_share') },
          ...(most === null ? [] : [{ id: 'most', label: t('management.most'), value: most }]),
          { id: 'setAside', label: t('management.set_aside'), value: read(setAsideFen) },
          { id: 'spent', label: t('management.spent'), value: read(spentFen) },
          { id: 'left', label: t('management.left'), value: read(leftFen), source: t('management.lapses') },
        ]}
      />
    </Sheet>
  )
}
