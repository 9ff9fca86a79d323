import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { ChoiceField } from '../../components/field.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { ClaimRow } from '../settlement/claim-columns.tsx'
import { Bulk, type Done } from './bulk.tsx'
import { BulkReason } from './bulk-reason.tsx'

interface BulkClaimsProps {
  readonly rows: readonly ClaimRow[]
  readonly onClose: () => void
}

/** Several claims that wait for a review: each approved for what is payable on it, or refused. */
export function BulkClaims({ rows, onClose }: BulkClaimsProps): ReactElement {
  return (
    <Bulk count={rows.length} onClose={onClose}>
      {(id, onDone) => <BulkForm id={id} rows={rows} onDone={onDone} />}
    </Bulk>
  )
}

interface BulkFormProps {
  readonly id: string
  readonly rows: readonly ClaimRow[]
  readonly onDone: (done: Done) => void
}

function BulkForm({ id, rows, onDone }: BulkFormProps): ReactElement {
  const { t } = useTranslation(['desk', 'review'])
  const { read } = useFormat()
  const [kind, setKind] = useState<'approve' | 'refuse'>('approve')
  const [reason, setReason] = useState('')
  const act = useAct('decideClaims', onDone)
  const total = rows.reduce((sum, { payableFen }) => sum + BigInt(payableFen), 0n)
  function decide(): void {
    const decided =
      kind === 'refuse'
        ? { decision: kind, items: rows.map((row) => ({ id: row.id })) }
        : { decision: kind, items: rows.map((row) => ({ id: row.id, amountFen: row.payableFen })) }
    act.mutate({ body: { id, reason, act: decided } })
  }
  return (
    <div className="stack">
      <ChoiceField
        label={t('review:decide.how')}
        value={kind}
        onChange={(value) => setKind(value === 'refuse' ? 'refuse' : 'approve')}
        choices={[
          { value: 'approve', label: t('review:claim.approve') },
          { value: 'refuse', label: t('review:claim.refuse') },
        ]}
      />
      <BulkReason
        label={t(`bulk.${kind}`, { count: rows.length, total: read(total) })}
        stops={kind === 'refuse'}
        ready
        reason={reason}
        onReason={setReason}
        act={act}
        onDecide={decide}
      />
    </div>
  )
}
