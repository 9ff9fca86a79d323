// Until there are offers, the contract says which chips it rents at which price per card and hour.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import type { Contract } from './use-draft.ts'

type Price = NonNullable<Contract['prices']>[number]

interface Row {
  readonly key: number
  readonly chip: string
  readonly fen: string | undefined
}

interface PriceRowsProps {
  readonly prices: readonly Price[]
  readonly onChange: (prices: Price[]) => void
}

export function PriceRows({ prices, onChange }: PriceRowsProps): ReactElement {
  const { t } = useTranslation('application')
  const [rows, setRows] = useState<readonly Row[]>(() =>
    [...prices, ...(prices.length === 0 ? [{ chip: '', priceFenPerCardHour: undefined }] : [])].map(
      (price, key) => ({
        key,
        chip: price.chip,
        fen: price.priceFenPerCardHour,
      }),
    ),
  )
  function change(next: readonly Row[]): void {
    setRows(next)
    onChange(
      next.flatMap(({ chip, fen }) =>
        isChip(chip) && fen !== undefined ? [{ chip, priceFenPerCardHour: fen }] : [],
      ),
    )
  }
  const edit = (key: number, part: Partial<Row>): void =>
    change(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <fieldset>
      <legend className="unseen">{t('prices')}</legend>
      {rows.map((row) => (
        <div className="price-row" key={row.key}>
          <TextField
            label={t('prices.chip')}
            help={t('prices.chip_help')}
            value={row.chip}
            onChange={(chip) => edit(row.key, { chip: chip.trim().toLowerCase() })}
            {...(row.chip !== '' && !isChip(row.chip) ? { error: t('prices.chip_wrong') } : {})}
          />
          <MoneyField label={t('prices.price')} fen={row.fen} onChange={(fen) => edit(row.key, { fen })} />
          {rows.length > 1 && (
            <button
              type="button"
              className="button-link"
              onClick={() => change(rows.filter(({ key }) => key !== row.key))}
            >
              {t('prices.remove')}
              <span className="unseen"> {row.chip}</span>
            </button>
          )}
        </div>
      ))}
      {rows.length < 10 && (
        <button
          type="button"
          className="button-link"
          onClick={() =>
            change([...rows, { key: Math.max(...rows.map(({ key }) => key)) + 1, chip: '', fen: undefined }])
          }
        >
          {t('prices.add')}
        </button>
      )}
    </fieldset>
  )
}

function isChip(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,39}$/.test(text)
}
