// Where the experts agree and where not: each criterion's lowest, mean and highest score, as a span and as figures.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Note } from '../../components/empty-state.tsx'
import { TableExport, type ExportColumn } from '../../components/table-export.tsx'
import '../../components/table.css'
import './expert.css'
import { readPoints, RECOMMENDATIONS, type Panel } from './words.ts'

type Spread = NonNullable<Panel['summary']>['total']

export function ScoreTable({ panel }: { panel: Panel }): ReactElement | null {
  const { t } = useTranslation('expert')
  const { summary, criteria } = panel
  if (summary === null) return null
  const said = RECOMMENDATIONS.filter((each) => summary.recommended[each] > 0)
    .map((each) => t(`recommended.${each}`, { count: summary.recommended[each] }))
    .join(t('recommended.between'))
  return (
    <>
      <div className="sheet-body">
        <p>
          <b>{t('summary', { mean: readPoints(summary.total.meanTenths), said })}</b>
        </p>
        {summary.wide && <Note tone="waits">{t('summary.wide')}</Note>}
      </div>
      <table data-labelled>
        <caption className="unseen">{t('scores')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('criterion')}</th>
            <th scope="col">{t('scores.span')}</th>
            <th scope="col" className="number">
              {t('scores.lowest')}
            </th>
            <th scope="col" className="number">
              {t('scores.mean')}
            </th>
            <th scope="col" className="number">
              {t('scores.highest')}
            </th>
          </tr>
        </thead>
        <tbody>
          {criteria.map(({ text, weight }, index) => (
            <Row key={text} label={`${text} × ${weight}`} spread={summary.criteria[index]!} />
          ))}
          <Row label={t('scores.total')} spread={summary.total} />
        </tbody>
      </table>
      <ScoreExport panel={panel} summary={summary} />
    </>
  )
}

interface ScoreExportProps {
  readonly panel: Panel
  readonly summary: NonNullable<Panel['summary']>
}

function ScoreExport({ panel, summary }: ScoreExportProps): ReactElement {
  const { t } = useTranslation('expert')
  const rows = [
    ...panel.criteria.map(({ text, weight }, index) => ({
      label: `${text} × ${weight}`,
      spread: summary.criteria[index]!,
    })),
    { label: t('scores.total'), spread: summary.total },
  ]
  type Scored = (typeof rows)[number]
  const figure = (label: string, of: (spread: Spread) => number): ExportColumn<Scored> => ({
    label,
    numeric: true,
    text: ({ spread }) => readPoints(of(spread)),
  })
  return (
    <TableExport
      columns={[
        { label: t('criterion'), text: ({ label }) => label },
        {
          label: t('scores.span'),
          text: ({ spread }) => `${readPoints(spread.lowestTenths)}–${readPoints(spread.highestTenths)}`,
        },
        figure(t('scores.lowest'), ({ lowestTenths }) => lowestTenths),
        figure(t('scores.mean'), ({ meanTenths }) => meanTenths),
        figure(t('scores.highest'), ({ highestTenths }) => highestTenths),
      ]}
      rows={() => Promise.resolve(rows)}
      title={t('scores')}
    />
  )
}

function Row({ label, spread }: { label: string; spread: Spread }): ReactElement {
  const { t } = useTranslation('expert')
  const { lowestTenths, meanTenths, highestTenths } = spread
  return (
    <tr>
      <td data-lead>
        <div>{label}</div>
      </td>
      <td data-label={t('scores.span')}>
        <div className="score-track" aria-hidden="true">
          <i style={{ left: `${lowestTenths / 10}%`, width: `${(highestTenths - lowestTenths) / 10}%` }} />
          <b style={{ left: `${meanTenths / 10}%` }} />
        </div>
      </td>
      <td className="number" data-label={t('scores.lowest')}>
        {readPoints(lowestTenths)}
      </td>
      <td className="number" data-label={t('scores.mean')}>
        {readPoints(meanTenths)}
      </td>
      <td className="number" data-label={t('scores.highest')}>
        {readPoints(highestTenths)}
      </td>
    </tr>
  )
}
