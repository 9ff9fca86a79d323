// The invoices and payments that a claim rests on, each with its file.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'

type Body = Pick<Answer<'readClaim'>['body'], 'invoices' | 'payments' | 'deliveryCertificateId'>

export function Proofs({ body }: { body: Body }): ReactElement {
  const { t } = useTranslation(['settlement', 'words'])
  const rows: readonly Row[] = [
    ...body.invoices.map((invoice) => ({
      kind: t('words:document.invoice'),
      number: invoice.number,
      on: invoice.issuedOn,
      fen: invoice.amountFen,
      file: invoice.attachmentId,
    })),
    ...body.payments.map((payment) => ({
      kind: t('words:document.bank_receipt'),
      number: payment.reference,
      on: payment.paidOn,
      fen: payment.amountFen,
      file: payment.attachmentId,
    })),
  ]
  return (
    <Sheet title={t('proofs')} aside={t('match.unit')}>
      <DataTable
        columns={useColumns()}
        rows={rows}
        rowId={(row) => `${row.kind}-${row.number}`}
        caption={t('proofs')}
        empty={null}
      />
      {body.deliveryCertificateId !== null && (
        <p className="table-foot">
          <a
            href={addressOf('readAttachment', { params: { id: body.deliveryCertificateId } })}
            target="_blank"
            rel="noreferrer"
          >
            {t('words:document.delivery_certificate')}
          </a>
        </p>
      )}
    </Sheet>
  )
}

interface Row {
  readonly kind: string
  readonly number: string
  readonly on: string
  readonly fen: string
  readonly file: string
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('settlement')
  const { day } = useFormat()
  return [
    {
      id: 'kind',
      label: t('proofs.what'),
      leads: true,
      text: (row) => row.kind,
      cell: (row) => (
        <a href={addressOf('readAttachment', { params: { id: row.file } })} target="_blank" rel="noreferrer">
          {row.kind}
        </a>
      ),
    },
    { id: 'number', label: t('proofs.number'), text: (row) => row.number, cell: (row) => row.number },
    { id: 'on', label: t('proofs.day'), text: (row) => row.on, cell: (row) => day(row.on) },
    {
      id: 'amount',
      label: t('proofs.amount'),
      numeric: true,
      text: (row) => ledgerMoney(row.fen),
      cell: (row) => <Money fen={row.fen} form="ledger" />,
    },
  ]
}
