// From a voucher to its credential: the one that holds, or a press that makes it; and to what proves it in the ledger.
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { Sheet } from '../../components/page.tsx'

export function ShowVoucher({
  voucherId,
  usable,
}: {
  voucherId: string
  usable: boolean
}): ReactElement | null {
  const { t } = useTranslation('credential')
  const navigate = useNavigate()
  const isClerk = rolesOf(useSession()).has('clerk')
  const act = useAct('makeCredential', ({ id }) => navigate({ to: '/credentials/$id', params: { id } }))
  return (
    <Sheet title={t('show')}>
      <div className="sheet-body stack">
        <p className="small">{t('show.why')}</p>
        {isClerk && <Standing voucherId={voucherId} />}
        <ErrorNote error={act.error} />
        {isClerk && usable && (
          <button
            type="button"
            className="button"
            data-kind="quiet"
            disabled={act.isPending}
            onClick={() => act.mutate({ params: { id: voucherId } })}
          >
            {t('show.make')}
          </button>
        )}
      </div>
    </Sheet>
  )
}

function Standing({ voucherId }: { voucherId: string }): ReactElement | null {
  const { t } = useTranslation('credential')
  const { items } = useAnswer('listCredentials', { query: { voucherId, size: 20 } })
  const holds = items.filter(({ state }) => state === 'valid')
  if (holds.length === 0) return null
  return (
    <ul>
      {holds.map(({ id, issuedAt }) => (
        <li key={id}>
          <Link to="/credentials/$id" params={{ id }}>
            {t('show.made', { on: issuedAt.slice(0, 10) })}
          </Link>
        </li>
      ))}
    </ul>
  )
}
