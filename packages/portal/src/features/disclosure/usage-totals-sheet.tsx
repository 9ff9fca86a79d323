// 公开用量统计: what was metered, by how many firms, at what agreed price and how much of it was active, as tables and as files.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { TableExport } from '../../components/table-export.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'
import '../../components/table.css'

type Table = Answer<'readUsageTotals'>['tables'][number]
type Cell = Table['cells'][number]

export function UsageTotalsSheet(): ReactElement {
  const { t } = useTranslation('disclosure')
  const text = useSay()
  const { tables, definitions } = useAnswer('readUsageTotals')
  return (
    <>
      <Sheet title={t('usage')} aside={t('usage.why')}>
        <p className="sheet-body row-of">
          {t('totals.download')}
          <a href={addressOf('downloadUsageTotals', {})} download>
            {t('totals.csv')}
          </a>
          <a href={addressOf('readUsageTotals', {})} download="usage.json">
            {t('totals.json')}
          </a>
        </p>
        {tables.map((table) => (
          <OneTable key={table.by} table={table} />
        ))}
      </Sheet>
      <Sheet title={t('usage.definitions')}>
        <Facts
          facts={definitions.map((definition) => ({
            id: definition.name,
            label: definition.name,
            value: text(definition.text),
          }))}
        />
      </Sheet>
    </>
  )
}

function OneTable({ table: { by, cells, total } }: { table: Table }): ReactElement {
  const { t } = useTranslation('disclosure')
  const district = useDistrict()
  const columns: readonly (readonly [string, (cell: Cell) => string | null])[] = [
    [t('usage.organisations'), ({ organisations }) => organisations?.toString() ?? null],
    [t('usage.card_hours'), ({ cardHours }) => cardHours?.toLocaleString('en-US') ?? null],
    [
      t('usage.price'),
      ({ fenPerCardHour }) => (fenPerCardHour === null ? null : ledgerMoney(String(fenPerCardHour))),
    ],
    [
      t('usage.active'),
      ({ activeShare }) => (activeShare === null ? null : `${Math.round(activeShare * 1000) / 10}%`),
    ],
  ]
  const nameOf = ({ key }: Cell): string =>
    key === 'total' ? t('totals.total') : by === 'district' ? district(key) : key
  const rows = [...cells, total]
  return (
    <>
      <table data-labelled>
        <thead>
          <tr>
            <th scope="col">{t(`usage.by.${by}`)}</th>
            {columns.map(([label]) => (
              <th scope="col" className="number" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cell) => (
            <tr key={cell.key}>
              <td data-leads>{nameOf(cell)}</td>
              {columns.map(([label, value]) => (
                <td className="number" data-label={label} key={label}>
                  {value(cell) ?? <span className="quiet">{t('usage.none')}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <TableExport
        columns={[
          { label: t(`usage.by.${by}`), text: nameOf },
          ...columns.map(([label, value]) => ({
            label,
            numeric: true,
            text: (cell: Cell) => value(cell) ?? t('usage.none'),
          })),
        ]}
        rows={() => Promise.resolve(rows)}
        title={`${t('usage')} · ${t(`usage.by.${by}`)}`}
      />
    </>
  )
}
