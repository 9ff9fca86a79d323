// What a check found: each sentence that holds, or each that does not with what to do then. Loaded with the check.
import type { ReadRow } from '@suanquan/core/ledger'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'
import type { Outcome } from './check.ts'
import { keep } from './keep.ts'
import '../../components/table.css'
import './proof.css'

export default function Result({ outcome }: { outcome: Outcome }): ReactElement {
  const { t } = useTranslation('proof')
  const text = useSay()
  const { proved, wrong, rows, today, proof } = outcome
  const holds = wrong.length === 0
  return (
    <Sheet
      id="result"
      title={t('result')}
      aside={t(`result.${outcome.about}`)}
      actions={
        proof === null || !holds ? undefined : (
          <button
            type="button"
            className="button"
            data-kind="quiet"
            onClick={() => keep(t('file.tree', { from: proof.from.number, to: proof.to.number }), proof)}
          >
            {t('result.keep')}
          </button>
        )
      }
    >
      <div className="sheet-body stack">
        <p>
          <StatusTag tone={holds ? 'done' : 'stopped'}>
            {t(holds ? 'result.holds' : 'result.fails')}
          </StatusTag>
        </p>
        <ul className="proof-said">
          {[...wrong, ...proved].map((line) => (
            <li key={line.en}>{text(line)}</li>
          ))}
        </ul>
        {today === false && <p className="quiet">{t('result.offline')}</p>}
      </div>
      {rows.length > 0 && holds && <Rows rows={rows} />}
    </Sheet>
  )
}

function Rows({ rows }: { rows: readonly ReadRow[] }): ReactElement {
  const { t } = useTranslation(['proof', 'voucher'])
  const { instant } = useFormat()
  const kind = ({ code, kind: how }: ReadRow): string =>
    t([`voucher:kind.${code}.${how}`, `voucher:kind.${code}`] as never)
  return (
    <table data-labelled>
      <caption className="unseen">{t('rows')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('rows.kind')}</th>
          <th scope="col">{t('rows.at')}</th>
          <th scope="col" className="number">
            {t('rows.sequence')}
          </th>
          <th scope="col" className="number">
            {t('rows.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={String(row.sequence)}>
            <td data-lead>{kind(row)}</td>
            <td data-label={t('rows.at')}>{instant(new Date(row.at).toISOString())}</td>
            <td className="number" data-label={t('rows.sequence')}>
              {String(row.sequence)}
            </td>
            <td className="number" data-label={t('rows.amount')}>
              {ledgerMoney(row.amount.toString())}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
