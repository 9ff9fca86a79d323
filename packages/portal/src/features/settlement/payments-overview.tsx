// How much waits to be paid and where it stands; what came back and why; what is owed to the treasury.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { paymentsPicture } from '@suanquan/api'
import { PictureFigure } from '../../charts/picture.tsx'
import { useAnswer } from '../../client/queries.ts'
import { Columns, Sheet } from '../../components/page.tsx'
import { Reckoning } from '../../components/reckoning.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLanguage } from '../../components/use-language.ts'

export function PaymentsOverview(): ReactElement {
  const { t } = useTranslation('treasury')
  const language = useLanguage()
  const { read } = useFormat()
  const payments = useAnswer('readPayments')
  const { reasons, clawback } = payments
  const total = reasons.reduce((sum, { totalFen }) => sum + BigInt(totalFen), 0n)
  return (
    <Columns
      main={
        <Sheet title={t('overview')}>
          <div className="sheet-body">
            <PictureFigure picture={paymentsPicture(payments, language)} />
          </div>
        </Sheet>
      }
      side={
        <>
          {reasons.length > 0 && (
            <Sheet title={t('reasons')}>
              <Reckoning
                lines={reasons.map(({ reason, count, totalFen }) => ({
                  id: reason,
                  label: reason,
                  note: t('reasons.count', { count }),
                  value: { fen: totalFen },
                }))}
                total={{ label: t('reasons.total'), value: { fen: total.toString() } }}
              />
            </Sheet>
          )}
          {clawback.owed.count > 0 && (
            <Sheet title={t('owed')}>
              <p className="sheet-body">
                {t('owed.text', { count: clawback.owed.count, total: read(clawback.owed.totalFen) })}{' '}
                {clawback.overdue.count > 0 &&
                  t('owed.overdue', {
                    count: clawback.overdue.count,
                    total: read(clawback.overdue.totalFen),
                  })}{' '}
                <Link to="/clawbacks">{t('owed.link')}</Link>
              </p>
            </Sheet>
          )}
        </>
      }
    />
  )
}
