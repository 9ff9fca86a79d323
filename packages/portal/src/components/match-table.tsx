// Only proven use is paid: meter, contract, invoice and payment stand side by side, the least of those that apply is
// marked, and every amount that falls short says why.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from './money.tsx'
import { StatusTag } from './status-tag.tsx'
import { TableExport } from './table-export.tsx'
import { ledgerMoney, type FenValue } from '../format/money.ts'
import './match-table.css'

export const matchLegs = ['metered', 'contract', 'invoice', 'payment'] as const

export type MatchLeg = (typeof matchLegs)[number]

export interface MatchRow {
  readonly id: string
  readonly label: ReactNode
  /** null: nothing proved on this leg yet; undefined: the programme leaves this leg out */
  readonly legs: Readonly<Record<MatchLeg, FenValue | null | undefined>>
  /** what was handed in, where only a part of it counts */
  readonly shown?: Partial<Readonly<Record<MatchLeg, FenValue>>>
  readonly least: MatchLeg | null
  /** one sentence for every amount that is not paid */
  readonly shortfalls: readonly ReactNode[]
}

interface MatchTableProps {
  readonly rows: readonly MatchRow[]
  /** what the first column counts: a period, a contract line */
  readonly firstColumn: string
}

export function MatchTable({ rows, firstColumn }: MatchTableProps): ReactElement {
  const { t } = useTranslation('components')
  return (
    <>
      <table className="match" data-labelled>
        <thead>
          <tr>
            <th scope="col">{firstColumn}</th>
            {matchLegs.map((leg) => (
              <th scope="col" className="number" key={leg}>
                {t(`match.${leg}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} firstColumn={firstColumn} />
          ))}
        </tbody>
      </table>
      <TableExport
        columns={[
          { label: firstColumn, text: ({ id, label }) => (typeof label === 'string' ? label : id) },
          ...matchLegs.map((leg) => ({
            label: t(`match.${leg}`),
            text: ({ legs }: MatchRow) => writtenLeg(legs[leg]),
            numeric: true,
          })),
        ]}
        rows={() => Promise.resolve(rows)}
        title={t('match.title')}
      />
    </>
  )
}

function writtenLeg(fen: FenValue | null | undefined): string {
  return fen === null || fen === undefined ? '' : ledgerMoney(fen)
}

function Row({ row, firstColumn }: { row: MatchRow; firstColumn: string }): ReactElement {
  const { t } = useTranslation('components')
  return (
    <>
      <tr>
        <th scope="row" data-label={firstColumn}>
          <span>{row.label}</span>
        </th>
        {matchLegs.map((leg) => (
          <td
            key={leg}
            className="number"
            data-label={t(`match.${leg}`)}
            data-least={row.least === leg || undefined}
          >
            <div>
              <Leg amount={row.legs[leg]} shown={row.shown?.[leg]} least={row.least === leg} />
            </div>
          </td>
        ))}
      </tr>
      {row.shortfalls.length > 0 && (
        <tr className="match-why">
          <td colSpan={matchLegs.length + 1}>
            <ul>
              {row.shortfalls.map((sentence, index) => (
                <li key={index}>{sentence}</li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  )
}

interface LegProps {
  readonly amount: FenValue | null | undefined
  readonly shown: FenValue | undefined
  readonly least: boolean
}

function Leg({ amount, shown, least }: LegProps): ReactElement {
  const { t } = useTranslation('components')
  if (amount === undefined) return <span className="quiet">{t('match.left_out')}</span>
  if (amount === null) return <StatusTag tone="waits">{t('match.missing')}</StatusTag>
  return (
    <>
      <Money fen={amount} form="ledger" />
      {shown !== undefined && BigInt(shown) !== BigInt(amount) && (
        <small>{t('match.shown', { amount: ledgerMoney(shown) })}</small>
      )}
      {least && (
        <span className="match-least">
          <StatusTag tone="waits">{t('match.least')}</StatusTag>
        </span>
      )}
    </>
  )
}
