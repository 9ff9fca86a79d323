// Application by application: what each would get under each rule.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Plan = Answer<'planRound'>
type Line = Plan['lines'][number]

export function PlanLines({ plan }: { plan: Plan }): ReactElement | null {
  const { t } = useTranslation('round')
  const [first] = plan.lines
  if (first === undefined) return null
  const awardOf = (line: Line, rule: string): string =>
    line.awards.find((award) => award.rule === rule)?.awardFen ?? '0'
  const columns: readonly Column<Line>[] = [
    {
      id: 'number',
      label: t('plan.firm'),
      leads: true,
      text: ({ organisationName, number }) => `${organisationName} ${number}`,
      cell: ({ organisationName, number }) => (
        <>
          {organisationName}
          <small>{number}</small>
        </>
      ),
    },
    {
      id: 'claim',
      label: t('column.claim'),
      numeric: true,
      text: ({ claimFen }) => ledgerMoney(claimFen),
      cell: ({ claimFen }) => <Money fen={claimFen} />,
    },
    ...first.awards.map(({ rule }): Column<Line> => ({
      id: rule,
      label: t(`rule.${rule}`),
      numeric: true,
      text: (line) => ledgerMoney(awardOf(line, rule)),
      cell: (line) => <Money fen={awardOf(line, rule)} />,
    })),
  ]
  return (
    <Sheet title={t('plan.lines')} aside={t('plan.lines.aside', { count: plan.lines.length })}>
      <DataTable
        columns={columns}
        rows={plan.lines}
        rowId={({ applicationId }) => applicationId}
        caption={t('plan.lines')}
        name="plan"
        empty={null}
      />
    </Sheet>
  )
}
