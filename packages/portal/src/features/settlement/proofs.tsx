// The invoices and payments that a claim rests on, each with its file.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import '../../components/data-table.css'
import '../../components/table.css'

type Body = Pick<Answer<'readClaim'>['body'], 'invoices' | 'payments' | 'deliveryCertificateId'>

export function Proofs({ body }: { body: Body }): ReactElement {
  const { t } = useTranslation(['settlement', 'words'])
  const { day } = useFormat()
  const rows = [
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
      <table data-labelled>
        <thead>
          <tr>
            <th scope="col">{t('proofs.what')}</th>
            <th scope="col">{t('proofs.number')}</th>
            <th scope="col">{t('proofs.day')}</th>
            <th scope="col" className="number">
              {t('proofs.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${row.number}-${index}`}>
              <td data-label={t('proofs.what')} data-lead>
                <a
                  href={addressOf('readAttachment', { params: { id: row.file } })}
                  target="_blank"
                  rel="noreferrer"
                >
                  {row.kind}
                </a>
              </td>
              <td data-label={t('proofs.number')}>{row.number}</td>
              <td data-label={t('proofs.day')}>{day(row.on)}</td>
              <td data-label={t('proofs.amount')} className="number">
                <Money fen={row.fen} form="ledger" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
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
