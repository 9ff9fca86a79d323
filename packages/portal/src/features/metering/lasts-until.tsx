// How much of a voucher and its contract is used, as far as use has arrived, and how long the rest would last at the pace of
// the last seven days: an estimate, said as one.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

/** @param contractId of which both are shown; nothing stands here once neither runs */
export function LastsUntil({ contractId }: { contractId: string }): ReactElement | null {
  const { t } = useTranslation('metering')
  const { say, day } = useFormat()
  const { items } = useAnswer('listBalances', { query: { contractId } })
  if (items.length === 0) return null
  return (
    <Sheet title={t('lasts')} aside={t('lasts.why')}>
      <Facts
        facts={items.map((item) => ({
          id: item.id,
          label: t(item.kind === 'voucher' ? 'lasts.voucher' : 'lasts.contract', { number: item.number }),
          value: t('lasts.used', {
            percent: item.percent,
            used: say(item.usedFen),
            total: say(item.totalFen),
            left: say(item.leftFen),
          }),
          source: [
            item.leftFen === '0'
              ? t('lasts.over')
              : item.lastsUntil === null
                ? t('lasts.no_pace')
                : item.lastsUntil > item.endsOn
                  ? t('lasts.beyond', { day: day(item.endsOn), pace: say(item.paceFen) })
                  : t('lasts.until', {
                      day: day(item.lastsUntil),
                      days: item.daysLeft ?? 0,
                      pace: say(item.paceFen),
                    }),
            ...(item.openFen === '0' ? [] : [t('lasts.open', { open: say(item.openFen) })]),
          ].join(' '),
        }))}
      />
    </Sheet>
  )
}
