// One posting: the set it stands or falls with, the reservation it belongs to, and the document it carried out.
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { AccountLink, usePostingColumns } from '../../features/audit/posting-columns.tsx'
import { ThingLink } from '../../features/audit/thing-link.tsx'
import '../../features/audit/audit.css'
import { useAuditCrumb } from '../../features/audit/use-audit-crumb.ts'

export function PostingPage(): ReactElement {
  const { t } = useTranslation('audit')
  const { id } = useParams({ strict: false }) as { id: string }
  const posting = useAnswer('readPosting', { params: { id } })
  const { say, instant } = useFormat()
  const text = useSay()
  const columns = usePostingColumns()
  const { debit, credit, document, amount } = posting
  const written = debit.unit === 'fen' ? say(amount) : t('amount.times', { count: Number(amount) })
  const facts = [
    { id: 'programme', label: t('posting.programme'), value: text(posting.programme) },
    {
      id: 'document',
      label: t('posting.document'),
      value: document === null ? null : <ThingLink thing={document} />,
    },
    { id: 'debit', label: t('column.debit'), value: <AccountLink account={debit} /> },
    { id: 'credit', label: t('column.credit'), value: <AccountLink account={credit} /> },
    { id: 'set_hash', label: t('posting.set_hash'), value: <code className="hash">{posting.setHash}</code> },
    { id: 'chain', label: t('posting.chain'), value: <code className="hash">{posting.chain}</code> },
  ]
  return (
    <Page
      crumbs={[
        useAuditCrumb(),
        { label: t('journal'), to: '/audit/journal' },
        { label: `#${posting.sequence}` },
      ]}
      title={t('posting.title', { reason: t(`reason.${posting.code}` as 'reason.issue'), amount: written })}
      lead={t('posting.lead', {
        at: instant(posting.at),
        sequence: posting.sequence,
        kind: t(`kind.${posting.kind}`),
      })}
    >
      <Sheet title={t('posting.what')}>
        <Facts facts={facts} />
      </Sheet>
      <Sheet title={t('posting.set')} aside={t('posting.set.aside', { count: posting.set.length })}>
        <DataTable
          columns={columns}
          rows={posting.set}
          rowId={(row) => row.id}
          caption={t('posting.set')}
          allRows={async () => posting.set}
          empty={null}
        />
      </Sheet>
      <Sheet title={t('posting.related')}>
        <DataTable
          name="related"
          columns={columns}
          rows={posting.related}
          rowId={(row) => row.id}
          caption={t('posting.related')}
          empty={<EmptyState>{t('posting.related.empty')}</EmptyState>}
        />
      </Sheet>
    </Page>
  )
}
