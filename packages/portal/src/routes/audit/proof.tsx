// One proof: how far it is while it runs, then every check with its numbers, or every difference.
import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { keyOf, useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { Differences, Decisions } from '../../features/audit/replayed.tsx'
import { ledgerMoney } from '../../format/money.ts'
import '../../features/audit/audit.css'
import { useAuditCrumb } from '../../features/audit/use-audit-crumb.ts'

type Proof = Answer<'readProof'>
type Fund = Proof['funds'][number]

const ASK_EVERY_MS = 1000

export function ProofPage(): ReactElement {
  const { t } = useTranslation('audit')
  const { id } = useParams({ strict: false }) as { id: string }
  const proof = useAnswer('readProof', { params: { id } })
  const { instant } = useFormat()
  useAskAgain(proof)
  return (
    <Page
      crumbs={[
        useAuditCrumb(),
        { label: t('proof.crumb'), to: '/audit/proofs' },
        { label: t(`proofs.${proof.kind}`) },
      ]}
      title={useTitle(proof)}
      lead={t('proof.lead', { who: proof.startedBy ?? '—', at: instant(proof.startedAt), done: proof.done })}
    >
      {proof.state === 'running' && <Progress proof={proof} />}
      {proof.funds.map((fund) => (
        <Checks key={fund.ledger} fund={fund} />
      ))}
      {proof.agreement.length > 0 && <Agreement proof={proof} />}
      {proof.kind === 'replay' && proof.state === 'done' && (
        <>
          <Decisions proof={proof} />
          <Differences proof={proof} />
        </>
      )}
    </Page>
  )
}

/** While it runs the page asks again by itself. */
function useAskAgain({ id, state }: Proof): void {
  const client = useQueryClient()
  useEffect(() => {
    if (state !== 'running') return undefined
    const key = keyOf('readProof', { params: { id } })
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: key }), ASK_EVERY_MS)
    return () => clearInterval(timer)
  }, [client, id, state])
}

function useTitle(proof: Proof): string {
  const { t } = useTranslation('audit')
  if (proof.state !== 'done') return t(`proof.title.${proof.state}`)
  if (proof.clean === true) return t(`proof.title.clean_${proof.kind}`, { count: proof.done })
  const failed = proof.funds.flatMap(({ checks }) => checks).filter(({ ok }) => !ok).length
  const apart = proof.agreement.filter(({ ok }) => !ok).length
  const count =
    proof.kind === 'replay' ? proof.decisions.reduce((sum, each) => sum + each.wrong, 0) : failed + apart
  return t(`proof.title.wrong_${proof.kind}`, { count })
}

function Progress({ proof }: { proof: Proof }): ReactElement {
  const { t } = useTranslation('audit')
  const text = t('proof.progress', { done: proof.done, total: proof.total })
  return (
    <Sheet title={t('proof.running')} aside={text}>
      <div className="sheet-body">
        <progress
          className="proof-progress"
          aria-label={text}
          value={proof.done}
          max={Math.max(1, proof.total)}
        />
      </div>
    </Sheet>
  )
}

function Checks({ fund }: { fund: Fund }): ReactElement {
  const { t } = useTranslation('audit')
  const text = useSay()
  const name = (id: string): string => t(`check.${id}` as 'check.rules')
  const wrong = fund.checks.flatMap((check) =>
    check.details.map((detail) => ({ ...detail, check: check.id })),
  )
  return (
    <Sheet title={t('checks')} aside={text(fund.programme)}>
      <DataTable
        columns={[
          {
            id: 'check',
            label: t('column.check'),
            leads: true,
            text: (row) => name(row.id),
            cell: (row) => name(row.id),
          },
          {
            id: 'looked',
            label: t('column.looked'),
            numeric: true,
            text: (row) => String(row.looked),
            cell: (row) => row.looked,
          },
          {
            id: 'wrong',
            label: t('column.wrong'),
            numeric: true,
            text: (row) => String(row.wrong),
            cell: (row) => row.wrong,
          },
          {
            id: 'result',
            label: t('column.result'),
            text: (row) => t(row.ok ? 'proof.clean' : 'proof.wrong'),
            cell: (row) => <Result ok={row.ok} />,
          },
        ]}
        rows={fund.checks}
        rowId={(row) => row.id}
        caption={t('checks')}
        allRows={async () => fund.checks}
        empty={null}
      />
      {wrong.length > 0 && (
        <div className="sheet-body">
          <b>{t('details')}</b>
          <ul>
            {wrong.map(({ check, where, what }) => (
              <li key={`${check} ${where} ${what}`} className="code small">
                {name(check)} {where}: {what}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className="sheet-body small quiet">
        {t('posting.chain')} <code className="hash">{fund.headHash}</code>
      </p>
    </Sheet>
  )
}

function Result({ ok }: { ok: boolean }): ReactElement {
  const { t } = useTranslation('audit')
  return <StatusTag tone={ok ? 'done' : 'stopped'}>{t(ok ? 'proof.clean' : 'proof.wrong')}</StatusTag>
}

function Agreement({ proof }: { proof: Proof }): ReactElement {
  const { t } = useTranslation('audit')
  const name = (id: string): string => t(`agreement.${id}` as 'agreement.issued')
  return (
    <Sheet title={t('agreement')} aside={t('agreement.lead')}>
      <DataTable
        name="second"
        columns={[
          {
            id: 'what',
            label: t('column.agreement'),
            leads: true,
            text: (row) => name(row.id),
            cell: (row) => name(row.id),
          },
          ...(['documents', 'ledger'] as const).map((id) => ({
            id,
            label: t(`column.${id}`),
            numeric: true,
            text: (row: Proof['agreement'][number]) => ledgerMoney(row[`${id}Fen`]),
            cell: (row: Proof['agreement'][number]) => ledgerMoney(row[`${id}Fen`]),
          })),
          {
            id: 'result',
            label: t('column.result'),
            text: (row) => t(row.ok ? 'proof.clean' : 'proof.wrong'),
            cell: (row) => <Result ok={row.ok} />,
          },
        ]}
        rows={proof.agreement}
        rowId={(row) => row.id}
        caption={t('agreement')}
        allRows={async () => proof.agreement}
        empty={<EmptyState>{t('proofs.empty')}</EmptyState>}
      />
    </Sheet>
  )
}
