// A report as the office reads it beside the case: the opinion first, then what was found, point by point, who and when.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../client/call.ts'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../expert/expert.css'
import { outcomeTone, type Inspection } from './words.ts'

const TONES = { holds: 'done', fails: 'stopped', unclear: 'waits' } as const

export function ReportRead({ inspection }: { inspection: Inspection }): ReactElement | null {
  const { t } = useTranslation('engagement')
  const say = useSay()
  const { instant, day } = useFormat()
  const { report, points, bodyName } = inspection
  if (report === null) return null
  const label = (id: string): string => {
    const point = points.find((each) => each.id === id)
    return point === undefined ? id : say(point.label)
  }
  const at = instant(report.at)
  return (
    <>
      <div className="sheet-body">
        <p>
          <StatusTag tone={outcomeTone(report.outcome)}>{t(`outcome.${report.outcome}`)}</StatusTag>{' '}
          <small className="quiet">
            {report.reportedBy === null
              ? t('report.body_by', { body: bodyName, at })
              : t('report.by', { name: report.reportedBy, at })}
            {report.visitedOn !== null && ` · ${t('report.visit', { day: day(report.visitedOn) })}`}
          </small>
        </p>
        <p>{report.conclusion}</p>
        {report.attachment !== null && (
          <p>
            <a
              href={addressOf('readAttachment', { params: { id: report.attachment.id } })}
              target="_blank"
              rel="noreferrer"
            >
              {t('report.attached')}
            </a>{' '}
            <small className="quiet">{report.attachment.fileName}</small>
          </p>
        )}
      </div>
      <ul className="opinions">
        {report.findings.map(({ point, verdict, remark }) => (
          <li key={point}>
            <header>
              <b>{label(point)}</b>
              <StatusTag tone={TONES[verdict]}>{t(`verdict.${verdict}`)}</StatusTag>
            </header>
            {remark !== '' && <p>{remark}</p>}
          </li>
        ))}
      </ul>
    </>
  )
}
