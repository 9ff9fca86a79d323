// 年终结账表: each account of the year with what was left in it, what is promised of that, and where it goes; below it what
// the programmes owe their firms, which goes on as it is.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Facts } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'
import type { FundView } from './programmes.tsx'

type Statement = FundView['yearEnd']
type Line = Statement['lines'][number]

const AMOUNTS = ['leftFen', 'reservedFen', 'carriedFen', 'lapsedFen'] as const

export function YearStatement({
  statement,
  caption,
}: {
  readonly statement: Statement
  readonly caption: string
}): ReactElement {
  const { t } = useTranslation('fund')
  const { say } = useFormat()
  const text = useSay()
  const columns = useColumns()
  return (
    <>
      <DataTable
        columns={columns}
        rows={statement.lines}
        rowId={({ at, adoptionId, kind, district, reference }) =>
          [at, adoptionId ?? '', kind, district, reference].join('/')
        }
        caption={caption}
        allRows={async () => statement.lines}
        name="year-end"
        empty={null}
      />
      {statement.commitments.length > 0 && (
        <Facts
          facts={statement.commitments.map(({ programme, voucherFen, payableFen }) => ({
            id: programme.zh,
            label: text(programme),
            value: t('commitments', { vouchers: say(voucherFen), payable: say(payableFen) }),
            source: t('commitments.why'),
          }))}
        />
      )}
    </>
  )
}

function useColumns(): readonly Column<Line>[] {
  const { t } = useTranslation('fund')
  const text = useSay()
  const districtName = useDistrict()
  const nameOf = ({ at, kind, district, reference }: Line): string =>
    [
      t(`at.${at}`),
      ...(kind === '' ? [] : [districtName(district)]),
      ...(reference === '' ? [] : [reference]),
    ].join(' · ')
  const whose = ({ programme }: Line): string => (programme === null ? t('shared') : text(programme))
  return [
    {
      id: 'account',
      label: t('column.account'),
      leads: true,
      text: (line) => `${whose(line)} ${nameOf(line)}`,
      cell: (line) => (
        <>
          {nameOf(line)}
          <small>{whose(line)}</small>
        </>
      ),
    },
    ...AMOUNTS.map((name): Column<Line> => ({
      id: name,
      label: t(`line.${name}`),
      numeric: true,
      text: (line) => ledgerMoney(line[name]),
      cell: (line) => <Money fen={line[name]} />,
    })),
  ]
}
