// The numbers of one application in rounds: only who may read the application learns them.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Sheet } from '../../components/page.tsx'

export function OwnLots({ applicationId }: { applicationId: string }): ReactElement | null {
  const { t } = useTranslation('round')
  const { items } = useAnswer('listOwnLots', { params: { id: applicationId } })
  if (items.length === 0) return null
  return (
    <Sheet title={t('own')}>
      <ul className="sheet-body">
        {items.map(({ roundId, roundNumber, number }) => (
          <li key={roundId}>
            <Link to="/rounds/$id" params={{ id: roundId }}>
              {t('own.line', { round: roundNumber, number })}
            </Link>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
