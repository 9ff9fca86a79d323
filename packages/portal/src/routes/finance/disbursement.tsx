// One batch: its lines, its file, and the next act, which is never both steps by the same person.
import { Link, useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { useActsAs } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { DocumentButton } from '../../components/document-button.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { CheckField } from '../../components/field.tsx'
import { Facts } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { BankAnswer } from '../../features/settlement/bank-answer.tsx'
import { BatchFiles } from '../../features/settlement/batch-files.tsx'
import { BatchTag } from '../../features/settlement/batch-tag.tsx'
import { CancelBatch } from '../../features/settlement/cancel-batch.tsx'
import { ConfirmBatch } from '../../features/settlement/confirm-batch.tsx'
import { ReturnPayment } from '../../features/settlement/return-payment.tsx'
import { ledgerMoney } from '../../format/money.ts'
import { Unmask } from '../../features/desk/unmask.tsx'

type Batch = Answer<'readDisbursement'>
type Item = Batch['items'][number]

/** still waits for the bank, in whole or in part */
const ANSWERED: readonly Batch['state'][] = ['approved', 'part_paid']

const LINE_TONES = { pending: 'waits', paid: 'done', returned: 'stopped' } as const

export function DisbursementPage(): ReactElement {
  const { t } = useTranslation('disbursement')
  const { id } = useParams({ from: '/signed-in/finance/disbursements/$id' })
  const batch = useAnswer('readDisbursement', { params: { id } })
  const { say } = useFormat()
  const pays = useActsAs('finance')
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/finance/disbursements' }, { label: batch.number }]}
      title={t(`batch.title.${batch.state}`, { count: batch.lines, total: say(batch.totalFen) })}
      lead={t(
        batch.state === 'prepared' && batch.preparedByMe ? 'batch.lead.mine' : `batch.lead.${batch.state}`,
      )}
      provenance={t('batch.provenance', { number: batch.number, hash: batch.fileSha256 })}
    >
      <DocumentButton route="readDisbursementStatement" id={batch.id} />
      <Columns
        main={
          <>
            <Items batch={batch} />
            {pays && ANSWERED.includes(batch.state) && <BankAnswer batch={batch} />}
          </>
        }
        side={
          <>
            <Next batch={batch} />
            <Who batch={batch} />
          </>
        }
      />
    </Page>
  )
}

function ChainLink(params: { batchId: string; claimId: string }): ReactElement {
  const { t } = useTranslation('treasury')
  const { batchId: id, claimId } = params
  return (
    <small>
      <Link to="/finance/disbursements/$id/lines/$claimId" params={{ id, claimId }}>
        {t('item.chain')}
      </Link>
    </small>
  )
}

function useColumns(batchId: string): readonly Column<Item>[] {
  const { t } = useTranslation(['disbursement', 'words', 'treasury'])
  const state = (item: Item): string => t(`words:line.${item.state}`)
  return [
    {
      id: 'organisation',
      label: t('column.organisation'),
      leads: true,
      text: (item) => item.organisationName,
      cell: (item) => (
        <>
          {item.organisationName}
          <small>
            <Link to="/claims/$id" params={{ id: item.claimId }}>
              {item.claimNumber}
            </Link>{' '}
            <span className="code">{item.instructionId}</span>
          </small>
        </>
      ),
    },
    {
      id: 'account',
      label: t('column.account'),
      text: (item) => `${item.bankName} ${item.bankAccountMasked}`,
      cell: (item) => (
        <>
          {item.bankName}
          <small>{item.bankAccountMasked}</small>
          {item.accountDoubt !== null && (
            <small>
              <StatusTag tone="waits">{t('treasury:item.doubt')}</StatusTag>
            </small>
          )}
        </>
      ),
    },
    {
      id: 'amount',
      label: t('column.total'),
      numeric: true,
      text: (item) => ledgerMoney(item.amountFen),
      cell: (item) => <Money fen={item.amountFen} form="ledger" />,
    },
    {
      id: 'state',
      label: t('column.state'),
      text: state,
      cell: (item) => (
        <>
          <StatusTag tone={LINE_TONES[item.state]}>{state(item)}</StatusTag>
          {item.returnReason !== null && <small>{item.returnReason}</small>}
          {item.cameBack && <small>{t('treasury:item.came_back')}</small>}
          {item.answeredOn !== null && (
            <small>
              {t('treasury:item.answered', { day: item.answeredOn, reference: item.bankReference ?? '' })}
            </small>
          )}
          <ChainLink batchId={batchId} claimId={item.claimId} />
        </>
      ),
    },
  ]
}

function Items({ batch }: { batch: Batch }): ReactElement {
  const { t } = useTranslation('disbursement')
  const columns = useColumns(batch.id)
  return (
    <Sheet
      title={t('batch.items')}
      aside={
        <>
          {t('rows', { count: batch.items.length })} · <Unmask about="disbursement" id={batch.id} />
        </>
      }
    >
      <DataTable
        columns={columns}
        rows={batch.items}
        rowId={(item) => item.claimId}
        caption={t('batch.items')}
        allRows={async () => batch.items}
        fileName={batch.number}
        empty={null}
      />
    </Sheet>
  )
}

function Next({ batch }: { batch: Batch }): ReactElement {
  const { t } = useTranslation('disbursement')
  const pays = useActsAs('finance')
  const answers = ANSWERED.includes(batch.state)
  return (
    <Sheet title={t('next')} aside={<BatchTag state={batch.state} />}>
      <div className="sheet-body stack">
        {batch.state !== 'cancelled' && <BatchFiles batch={batch} />}
        {batch.state === 'prepared' && <Approve batch={batch} />}
        {pays && answers && <ConfirmBatch batch={batch} />}
        {(batch.state === 'prepared' || batch.state === 'approved') && <CancelBatch batch={batch} />}
        {batch.state === 'paid' && (
          <p>{t('paid', { reference: batch.bankReference ?? '', day: batch.paidOn ?? '' })}</p>
        )}
        {pays && (batch.state === 'paid' || batch.state === 'part_paid') && <ReturnPayment batch={batch} />}
        {batch.state === 'cancelled' && <p>{t('cancelled')}</p>}
      </div>
    </Sheet>
  )
}

function Approve({ batch }: { batch: Batch }): ReactElement {
  const { t } = useTranslation('disbursement')
  const act = useAct('approveDisbursement')
  const { read } = useFormat()
  const [checked, setChecked] = useState(false)
  return (
    <>
      {batch.preparedByMe ? (
        <p className="quiet">{t('approve.another')}</p>
      ) : (
        <p>
          <CheckField checked={checked} onChange={setChecked}>
            {t('approve.checked', { count: batch.items.length, total: read(batch.totalFen) })}
          </CheckField>
          <button
            type="button"
            className="button"
            disabled={!checked || act.isPending}
            onClick={() => act.mutate({ params: { id: batch.id }, body: { fileSha256: batch.fileSha256 } })}
          >
            {t('approve')}
          </button>
        </p>
      )}
      <ErrorNote error={act.error} />
    </>
  )
}

function Who({ batch }: { batch: Batch }): ReactElement {
  const { t } = useTranslation('disbursement')
  const { instant } = useFormat()
  return (
    <Sheet title={t('who')}>
      <Facts
        facts={[
          {
            id: 'prepared',
            label: t('who.prepared'),
            value: batch.preparedBy,
            source: instant(batch.preparedAt),
          },
          {
            id: 'approved',
            label: t('who.approved'),
            value: batch.approvedBy ?? t('who.nobody'),
            ...(batch.approvedAt === null ? {} : { source: instant(batch.approvedAt) }),
          },
        ]}
      />
    </Sheet>
  )
}
