// 评: what applicants think of the steps that were done for them, in numbers.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { useActsAs, useSession } from '../../client/session.ts'
import { TableExport } from '../../components/table-export.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import '../../components/table.css'

type Summary = Answer<'readAppraisalSummary'>

const GRADES = [5, 4, 3, 2, 1] as const

interface AppraisalExportProps {
  readonly head: readonly string[]
  readonly summary: Answer<'readAppraisalSummary'>
}

/** Where too few have rated, the file is as silent as the page. */
function AppraisalExport({ head, summary }: AppraisalExportProps): ReactElement {
  const { t } = useTranslation('service')
  const rows = summary.steps.map(({ step, count, grades, bad, badReplied }) => {
    const hidden = count === 0 ? '—' : t('sum.hidden', { smallest: summary.smallestGroup })
    const rest =
      grades === null
        ? head.slice(2).map(() => hidden)
        : [...grades.map(String), t('sum.of', { replied: badReplied, bad })]
    return [t(`step.${step}`), String(count), ...rest]
  })
  const columns = head.map((label, index) => ({
    label,
    numeric: index > 0,
    text: (row: readonly string[]) => row[index] ?? '',
  }))
  return <TableExport columns={columns} rows={() => Promise.resolve(rows)} title={t('sum.table')} />
}

export function Appraisals(): ReactElement {
  const { t } = useTranslation('service')
  const summary = useAnswer('readAppraisalSummary')
  // whoever has not signed in may be a clerk
  const appraises = [useActsAs('clerk'), useSession() === null].includes(true)
  const head = [t('sum.step'), t('sum.count'), ...GRADES.map((grade) => t(`grade.${grade}`)), t('sum.bad')]
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/' }, { label: t('sum.table') }]}
      title={useTitle(summary)}
      lead={t('sum.lead')}
    >
      <Sheet title={t('sum.table')}>
        <table data-labelled>
          <thead>
            <tr>
              {head.map((label, index) => (
                <th scope="col" className={index === 0 ? undefined : 'number'} key={label}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {summary.steps.map(({ step, count, grades, bad, badReplied }) => (
              <tr key={step}>
                <td data-leads>{t(`step.${step}`)}</td>
                <td className="number" data-label={head[1]}>
                  {count}
                </td>
                {grades === null ? (
                  <td className="quiet number" colSpan={6}>
                    {count === 0 ? '—' : t('sum.hidden', { smallest: summary.smallestGroup })}
                  </td>
                ) : (
                  <>
                    {grades.map((number, index) => (
                      <td className="number" data-label={head[index + 2]} key={head[index + 2]}>
                        {number}
                      </td>
                    ))}
                    <td className="number" data-label={head[7]}>
                      {t('sum.of', { replied: badReplied, bad })}
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        <AppraisalExport head={head} summary={summary} />
      </Sheet>
      <Sheet
        title={t('sum.how')}
        actions={
          appraises && (
            <Link className="button" to="/appraise">
              {t('sum.how.do')}
            </Link>
          )
        }
      >
        <p className="sheet-body">{t('sum.how.a')}</p>
      </Sheet>
    </Page>
  )
}

function useTitle({ steps }: Summary): string {
  const { t } = useTranslation('service')
  const count = steps.reduce((sum, step) => sum + step.count, 0)
  if (count === 0) return t('sum.title_none')
  const shown = steps.flatMap(({ grades }) => (grades === null ? [] : [grades]))
  const all = shown.flat().reduce((sum, number) => sum + number, 0)
  if (all === 0) return t('sum.title_hidden', { count })
  const content = shown.reduce((sum, [very = 0, well = 0, fairly = 0]) => sum + very + well + fairly, 0)
  return t('sum.title', { count, share: Math.round((content * 100) / all) })
}
