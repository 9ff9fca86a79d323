// One notice: who is to get how much, until when, and how to object.
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { DocumentButton } from '../../components/document-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { applicationTone } from '../../features/application/tone.ts'
import { ObjectionForm } from '../../features/disclosure/objection-form.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Notice = Answer<'readNotice'>
type Line = Notice['items'][number]

export function Notice(): ReactElement {
  const { t } = useTranslation(['disclosure', 'words'])
  const { id } = useParams({ from: '/notices/$id' })
  const notice = useAnswer('readNotice', { params: { id } })
  const text = useSay()
  const { say, day } = useFormat()
  const days = { from: day(notice.opensOn), to: day(notice.closesOn), left: notice.workingDaysLeft }
  return (
    <Page
      crumbs={[{ label: t('list.crumb'), to: '/notices' }, { label: notice.number }]}
      title={t('notice.title', { count: notice.lines, total: say(notice.totalFen) })}
      lead={t(notice.state === 'open' ? 'notice.lead_open' : 'notice.lead_closed', {
        ...days,
        title: text(notice.title),
      })}
      provenance={t(notice.provisional ? 'notice.provenance_provisional' : 'notice.provenance', {
        number: notice.number,
        contact: notice.contact,
      })}
    >
      <DocumentButton route="readNoticeDocument" id={notice.id} />
      <Lines notice={notice} />
      {notice.state === 'open' && <ObjectionForm notice={notice} />}
    </Page>
  )
}

function Lines({ notice }: { notice: Notice }): ReactElement {
  const { t } = useTranslation(['disclosure', 'words'])
  const columns: readonly Column<Line>[] = [
    {
      id: 'organisation',
      label: t('line.organisation'),
      leads: true,
      text: (line) => line.organisationName,
      cell: (line) => line.organisationName,
    },
    { id: 'code', label: t('line.code'), text: (line) => line.creditCode, cell: (line) => line.creditCode },
    {
      id: 'number',
      label: t('line.number'),
      text: (line) => line.applicationNumber,
      cell: (line) => line.applicationNumber,
    },
    {
      id: 'amount',
      label: t('line.amount'),
      numeric: true,
      text: (line) => ledgerMoney(line.amountFen),
      cell: (line) => <Money fen={line.amountFen} />,
    },
    {
      id: 'state',
      label: t('line.state'),
      text: (line) => t(`words:application.${line.state}`),
      cell: (line) => (
        <StatusTag tone={applicationTone(line.state)}>{t(`words:application.${line.state}`)}</StatusTag>
      ),
    },
  ]
  return (
    <Sheet title={t('notice.lines')} aside={t('list.total', { count: notice.lines })}>
      <DataTable
        columns={columns}
        rows={notice.items}
        rowId={(line) => line.applicationNumber}
        caption={t('notice.lines')}
        allRows={async () => notice.items}
        fileName={notice.number}
        empty={<EmptyState>{t('notice.empty')}</EmptyState>}
      />
    </Sheet>
  )
}
