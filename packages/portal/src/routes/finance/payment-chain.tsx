// From a bank line to the minute on the card: each link of the chain with what proves it, checked when the page is read.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useUseColumns } from '../../features/settlement/use-columns.tsx'

type Chain = Answer<'readPaymentChain'>

export function PaymentChain(): ReactElement {
  const { t } = useTranslation('treasury')
  const { id, claimId } = useParams({ from: '/signed-in/finance/disbursements/$id/lines/$claimId' })
  const [filter] = useListFilter()
  const chain = useAnswer('readPaymentChain', {
    params: { id, claimId },
    query: { page: filter.page ?? 1, size: PAGE_SIZE },
  })
  const { say } = useFormat()
  const { line, use } = chain
  return (
    <Page
      crumbs={[
        { label: t('crumb.payments'), to: '/finance/disbursements' },
        { label: line.batchNumber, to: '/finance/disbursements/$id', params: { id } },
        { label: line.instructionId },
      ]}
      title={t('chain.title', { total: say(line.amountFen), name: line.organisationName })}
      lead={t(`chain.lead.${line.state}`, {
        count: use.total,
        hours: cardHours(use.cardSeconds),
        day: line.onDay ?? '',
        reference: line.reference ?? '',
      })}
      provenance={t('chain.provenance', { sm3: chain.batch.recordSm3 ?? '—' })}
    >
      <Bank chain={chain} />
      <Batch chain={chain} />
      <Claim chain={chain} />
      <Books chain={chain} />
      <Use chain={chain} />
    </Page>
  )
}

function cardHours(seconds: string): string {
  return (Number(seconds) / 3600).toLocaleString('en', { maximumFractionDigits: 2 })
}

function Bank({ chain }: { chain: Chain }): ReactElement {
  const { t } = useTranslation('treasury')
  const { instant } = useFormat()
  return (
    <Sheet title={t('chain.bank')} aside={chain.line.instructionId}>
      {chain.answers.length === 0 ? (
        <EmptyState>{t('chain.bank.none')}</EmptyState>
      ) : (
        <Facts
          facts={chain.answers.map((answer) => ({
            id: answer.outcome,
            label: t(`outcome.${answer.outcome}`),
            value: `${answer.onDay} · ${answer.reference}${answer.reason === null ? '' : ` · ${answer.reason}`}`,
            source:
              answer.fileName === null
                ? t('chain.bank.typed', { who: answer.recordedBy, at: instant(answer.recordedAt) })
                : t('chain.bank.file', {
                    file: answer.fileName,
                    sha256: answer.fileSha256 ?? '',
                    who: answer.recordedBy,
                    at: instant(answer.recordedAt),
                  }),
          }))}
        />
      )}
    </Sheet>
  )
}

function Batch({ chain }: { chain: Chain }): ReactElement {
  const { t } = useTranslation('treasury')
  const { instant } = useFormat()
  const { batch } = chain
  const proof: ReactNode =
    batch.genuine === null ? (
      t('chain.signed.none')
    ) : (
      <StatusTag tone={batch.genuine ? 'done' : 'stopped'}>
        {t(batch.genuine ? 'chain.signed.genuine' : 'chain.signed.false')}
      </StatusTag>
    )
  return (
    <Sheet title={t('chain.batch')} aside={chain.line.batchNumber}>
      <Facts
        facts={[
          {
            id: 'prepared',
            label: t('chain.prepared'),
            value: batch.preparedBy,
            source: instant(batch.preparedAt),
          },
          {
            id: 'approved',
            label: t('chain.approved'),
            value: batch.approvedBy ?? t('chain.approved.nobody'),
            ...(batch.approvedAt === null ? {} : { source: instant(batch.approvedAt) }),
          },
          {
            id: 'signed',
            label: t('chain.signed'),
            value: proof,
            ...(batch.signingKey === null ? {} : { source: t('chain.key', { key: batch.signingKey }) }),
          },
        ]}
      />
    </Sheet>
  )
}

function Claim({ chain }: { chain: Chain }): ReactElement {
  const { t } = useTranslation(['treasury', 'words'])
  const { instant } = useFormat()
  const { claim, legs, line } = chain
  return (
    <Sheet
      title={t('chain.claim')}
      aside={
        <Link to="/claims/$id" params={{ id: line.claimId }}>
          {line.claimNumber}
        </Link>
      }
    >
      <Facts
        facts={[
          {
            id: 'period',
            label: t('chain.period'),
            value: `${claim.periodFrom} – ${claim.periodTo}`,
            source: claim.contractNumber,
          },
          {
            id: 'decided',
            label: t('chain.decided'),
            value: claim.approvedFen === null ? null : <Money fen={claim.approvedFen} form="ledger" />,
            source:
              claim.decidedAt === null
                ? t('chain.decided.rule')
                : `${claim.decidedBy ?? t('chain.decided.rule')} · ${instant(claim.decidedAt)}`,
          },
          ...legs
            .filter(({ applies }) => applies)
            .map((leg) => ({
              id: leg.leg,
              label: t(`leg.${leg.leg}` as 'leg.metered'),
              value: <Money fen={leg.countedFen} form="ledger" />,
              ...(leg.least ? { source: t('leg.least') } : {}),
            })),
        ]}
      />
    </Sheet>
  )
}

function Books({ chain }: { chain: Chain }): ReactElement {
  const { t } = useTranslation(['treasury', 'audit'])
  const { instant } = useFormat()
  return (
    <Sheet title={t('chain.books')} aside={t('chain.books.aside', { count: chain.postings.length })}>
      <Facts
        facts={chain.postings.map((posting) => ({
          id: posting.id,
          label: t(`audit:reason.${posting.code}` as 'audit:reason.pay'),
          value: <Money fen={posting.amountFen} form="ledger" />,
          source: (
            <Link to="/audit/journal/$id" params={{ id: posting.id }}>
              #{posting.sequence} · {instant(posting.at)}
            </Link>
          ),
        }))}
      />
    </Sheet>
  )
}

function Use({ chain }: { chain: Chain }): ReactElement {
  const { t } = useTranslation('treasury')
  const { use } = chain
  const columns = useUseColumns()
  return (
    <Sheet
      title={t('chain.use')}
      aside={t('chain.use.aside', { count: use.total, hours: cardHours(use.cardSeconds) })}
    >
      <DataTable
        columns={columns}
        rows={use.items}
        rowId={(row) => row.id}
        caption={t('chain.use')}
        allRows={async () => use.items}
        fileName={chain.line.instructionId}
        empty={<EmptyState>{t('chain.use.none')}</EmptyState>}
      />
      <Pager total={use.total} />
    </Sheet>
  )
}
