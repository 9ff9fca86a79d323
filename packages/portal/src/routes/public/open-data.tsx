// 运行公开: what was granted and paid in totals, with one picture, as tables and as files for anybody, and what each column
// means. Small groups are left out by a stated rule.
import { monthsPicture } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import { addressOf, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { ledgerMoney } from '../../format/money.ts'
import { useFormat } from '../../components/use-format.ts'
import { useLanguage } from '../../components/use-language.ts'
import { UsageTotalsSheet } from '../../features/disclosure/usage-totals-sheet.tsx'
import { TableExport } from '../../components/table-export.tsx'
import { useSay } from '../../components/use-say.ts'
import '../../components/table.css'

type Totals = Answer<'readTotals'>
type Table = Totals['tables'][number]
type Cell = Table['cells'][number]

export function OpenData(): ReactElement {
  const { t } = useTranslation('disclosure')
  const text = useSay()
  const { day } = useFormat()
  const language = useLanguage()
  const totals = useAnswer('readTotals')
  const { until, smallestGroup: smallest, tables, takenOver, definitions } = totals
  const [largest] = tables
    .filter(({ by }) => by === 'month')
    .toSorted((one, other) => other.cells.length - one.cells.length)
  return (
    <Page
      crumbs={[{ label: t('totals.crumb'), to: '/' }, { label: t('totals.name') }]}
      title={useTitle(totals)}
      lead={t('totals.lead')}
      {...(until === null ? {} : { provenance: t('totals.provenance', { until: day(until), smallest }) })}
    >
      {until === null || largest === undefined ? (
        <Sheet title={t('totals.by.programme')}>
          <EmptyState>{t('totals.none')}</EmptyState>
        </Sheet>
      ) : (
        <>
          <Sheet title={t('totals.by.month')} aside={text(largest.title)}>
            <PictureFigure
              picture={monthsPicture(
                largest.cells.map(({ key, grantedFen, paidFen }) => ({ month: key, grantedFen, paidFen })),
                language,
              )}
            />
          </Sheet>
          <Download />
          {takenOver.map(({ adoptionId, title, cutOverOn, statementNumber }) => (
            <p key={adoptionId} className="quiet">
              {t('totals.taken_over', { title: text(title), on: day(cutOverOn), number: statementNumber })}
            </p>
          ))}
          {tables
            .filter(({ cells }) => cells.length > 0)
            .map((table) => (
              <TotalsTable key={`${table.adoptionId}-${table.by}`} table={table} tables={tables} />
            ))}
        </>
      )}
      <UsageTotalsSheet />
      <Sheet title={t('totals.definitions')}>
        <Facts
          facts={definitions.map((definition) => ({
            id: definition.name,
            label: definition.name,
            value: text(definition.text),
          }))}
        />
      </Sheet>
    </Page>
  )
}

function Download(): ReactElement {
  const { t } = useTranslation('disclosure')
  return (
    <p className="row-of" style={{ marginBottom: 'var(--s5)' }}>
      {t('totals.download')}
      <a href={addressOf('downloadTotals', {})} download>
        {t('totals.csv')}
      </a>
      <a href={addressOf('readTotals', {})} download="totals.json">
        {t('totals.json')}
      </a>
    </p>
  )
}

function useTitle({ tables, until, smallestGroup: smallest }: Totals): string {
  const { t } = useTranslation('disclosure')
  const { say } = useFormat()
  const total = tables[0]?.total
  if (until === null || total === undefined) return t('totals.title_none')
  if (total.organisations === null) return t('totals.title_hidden', { smallest })
  return t('totals.title', {
    count: total.organisations,
    granted: say(total.grantedFen ?? '0'),
    paid: total.paidFen === null ? t('totals.hidden') : say(total.paidFen),
  })
}

interface TableProps {
  readonly table: Table
  readonly tables: readonly Table[]
}

function TotalsTable({ table, tables }: TableProps): ReactElement {
  const { t } = useTranslation(['disclosure', 'words'])
  const text = useSay()
  const district = useDistrict()
  const nameOf = ({ key }: Cell): string => {
    if (key === 'total') return t('totals.total')
    if (table.by === 'district') return district(key)
    if (table.by === 'size') return t(`words:size.${key}` as 'words:size.small', { defaultValue: key })
    if (table.by === 'month') return key
    const programme = tables.find(({ adoptionId }) => adoptionId === key)
    return programme === undefined ? key : text(programme.title)
  }
  const columns: readonly (readonly [string, (cell: Cell) => string | number | null])[] = [
    [t('totals.organisations'), ({ organisations }) => organisations],
    [t('totals.grants'), ({ grants }) => grants],
    [t('totals.granted'), ({ grantedFen }) => (grantedFen === null ? null : ledgerMoney(grantedFen))],
    [t('totals.paid_organisations'), ({ paidOrganisations }) => paidOrganisations],
    [t('totals.paid'), ({ paidFen }) => (paidFen === null ? null : ledgerMoney(paidFen))],
  ]
  return (
    <Sheet title={t(`totals.by.${table.by}`)} aside={text(table.title)}>
      <table data-labelled>
        <thead>
          <tr>
            <th scope="col">{t(`totals.by.${table.by}`)}</th>
            {columns.map(([label]) => (
              <th scope="col" className="number" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...table.cells, table.total].map((cell) => (
            <tr key={cell.key}>
              <td data-leads>{nameOf(cell)}</td>
              {columns.map(([label, value]) => (
                <td className="number" data-label={label} key={label}>
                  {value(cell) ?? <span className="quiet">{t('totals.hidden')}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <TableExport
        columns={[
          { label: t(`totals.by.${table.by}`), text: nameOf },
          ...columns.map(([label, value]) => ({
            label,
            numeric: true,
            text: (cell: Cell) => String(value(cell) ?? t('totals.hidden')),
          })),
        ]}
        rows={() => Promise.resolve([...table.cells, table.total])}
        title={`${text(table.title)} ${t(`totals.by.${table.by}`)}`}
      />
    </Sheet>
  )
}
