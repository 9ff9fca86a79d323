import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Sheet } from '../../components/page.tsx'
import { Reckoning } from '../../components/reckoning.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import '../../components/condition-list.css'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'

type Import = Answer<'listUsageImports'>['items'][number]

/** What became of each record of one file; every one that was not taken says why. */
export function ImportReport({ report, open }: { report: Import; open: boolean }): ReactElement {
  const { t } = useTranslation('metering')
  const { instant } = useFormat()
  const count = (number: number): string => number.toLocaleString('en')
  return (
    <Sheet
      title={report.fileName}
      aside={t('report.aside', { at: instant(report.at), provider: report.providerName })}
    >
      <details open={open} className="sheet-fold">
        <summary>{t('report.summary', { count: report.records, rated: report.ratedLines })}</summary>
        <Reckoning
          lines={[
            { id: 'records', label: t('report.records'), note: report.shape, value: count(report.records) },
            { id: 'added', label: t('report.added'), value: count(report.added) },
            { id: 'superseded', label: t('report.superseded'), value: count(report.superseded) },
            { id: 'unchanged', label: t('report.unchanged'), value: count(report.unchanged) },
            { id: 'conflicts', label: t('report.conflicts'), value: count(report.conflicts) },
            {
              id: 'unmatched',
              label: t('report.unmatched'),
              note: t('report.unmatched_note'),
              value: count(report.unmatched),
            },
            { id: 'rated', label: t('report.rated'), value: count(report.ratedLines) },
          ]}
          total={{ label: t('report.total'), value: { fen: report.ratedFen } }}
        />
        <Problems report={report} />
        <p className="sheet-body quiet small">SHA-256 {report.sha256}</p>
      </details>
    </Sheet>
  )
}

function Problems({ report }: { report: Import }): ReactElement | null {
  const { t } = useTranslation('metering')
  const say = useSay()
  if (report.problems.length === 0) return null
  return (
    <ul className="conditions">
      {report.problems.map((problem, index) => (
        <li key={`${problem.code}-${index}`}>
          <StatusTag tone="stopped">{t('report.refused', { count: problem.count })}</StatusTag>
          <span className="conditions-text">
            {say(problem.message)} <span className="code">{problem.code}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
