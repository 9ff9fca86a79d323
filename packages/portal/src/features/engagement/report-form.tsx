// The report of a body: what it found on which point, what it recommends, and that nothing relates it to the firm.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, CheckField, ChoiceField, SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { Upload } from '../../components/upload.tsx'
import { useSay } from '../../components/use-say.ts'
import { RECOMMENDATIONS, type Recommendation } from '../expert/words.ts'
import type { Inspection } from './words.ts'

const ACCEPTED = '.pdf,.ofd,.jpg,.jpeg,.png'
const VERDICTS = ['holds', 'fails', 'unclear'] as const

interface Finding {
  readonly point: string
  readonly verdict: (typeof VERDICTS)[number] | ''
  readonly remark: string
}

const EMPTY: Finding = { point: '', verdict: '', remark: '' }

interface Chosen {
  readonly id: string
  readonly fileName: string
  readonly sizeBytes: number
}

interface ReportFormProps {
  readonly inspection: Inspection
  /** after standing aside nothing is left to read here */
  readonly onAside: () => void
}

export function ReportForm({ inspection, onAside }: ReportFormProps): ReactElement {
  const { t } = useTranslation('engagement')
  const params = { id: inspection.id }
  const [findings, setFindings] = useState<readonly Finding[]>([EMPTY])
  const [outcome, setOutcome] = useState<Recommendation | ''>('')
  const [conclusion, setConclusion] = useState('')
  const [visitedOn, setVisitedOn] = useState('')
  const [file, setFile] = useState<Chosen | null>(null)
  const [unrelated, setUnrelated] = useState(false)
  const give = useAct('reportInspection')
  const aside = useAct('standAsideFromInspection', onAside)
  const whole = findings.flatMap(({ point, verdict, remark }) =>
    point === '' || verdict === '' ? [] : [{ point, verdict, remark }],
  )
  const ready =
    whole.length === findings.length &&
    whole.length > 0 &&
    outcome !== '' &&
    conclusion.trim().length >= 2 &&
    unrelated &&
    (inspection.task !== 'site' || visitedOn !== '')
  function submit(): void {
    if (outcome === '') return
    const said = { findings: whole, outcome, conclusion, visitedOn: visitedOn === '' ? null : visitedOn }
    give.mutate({ params, body: { ...said, attachmentId: file?.id ?? null, unrelated: true } })
  }
  return (
    <Sheet
      title={t('report')}
      actions={
        <>
          <button type="button" className="button" disabled={!ready || give.isPending} onClick={submit}>
            {t('report.do')}
          </button>
          <ReasonedAct
            label={t('aside')}
            title={t('aside.title')}
            reasonLabel={t('aside.reason')}
            act={aside}
            onAct={(reason) => aside.mutateAsync({ params, body: { reason } })}
          />
          {!ready && <span className="note">{t('report.missing')}</span>}
        </>
      }
    >
      <div className="sheet-body stack">
        <FindingFields points={inspection.points} findings={findings} onChange={setFindings} />
        <OutcomeField value={outcome} onChange={setOutcome} />
        {inspection.task === 'site' && (
          <TextField label={t('report.visited')} type="date" value={visitedOn} onChange={setVisitedOn} />
        )}
        <AreaField
          label={t('report.conclusion')}
          help={t('report.stays')}
          rows={5}
          value={conclusion}
          onChange={setConclusion}
          maxLength={4000}
        />
        <ReportFile bodyId={inspection.bodyId} file={file} onChange={setFile} />
        <CheckField checked={unrelated} onChange={setUnrelated}>
          {t('report.unrelated')}
        </CheckField>
        <ErrorNote error={give.error} />
      </div>
    </Sheet>
  )
}

interface OutcomeFieldProps {
  readonly value: Recommendation | ''
  readonly onChange: (value: Recommendation) => void
}

function OutcomeField({ value, onChange }: OutcomeFieldProps): ReactElement {
  const { t } = useTranslation('engagement')
  return (
    <ChoiceField
      label={t('report.outcome')}
      value={value}
      onChange={(chosen) => onChange(chosen as Recommendation)}
      choices={RECOMMENDATIONS.map((each) => ({ value: each, label: t(`outcome.${each}`) }))}
    />
  )
}

interface ReportFileProps {
  readonly bodyId: string
  readonly file: Chosen | null
  readonly onChange: (file: Chosen | null) => void
}

function ReportFile({ bodyId, file, onChange }: ReportFileProps): ReactElement {
  const { t } = useTranslation('engagement')
  const upload = useAct('uploadAttachment')
  async function send(chosen: File, onProgress: (share: number) => void): Promise<void> {
    const query = { kind: 'inspection_report' as const, organisationId: bodyId }
    onChange(await upload.mutateAsync({ query, file: chosen, onProgress }))
  }
  return (
    <Upload
      label={t('report.file')}
      accept={ACCEPTED}
      files={file === null ? [] : [file]}
      send={send}
      onRemove={() => onChange(null)}
    />
  )
}

interface FindingFieldsProps {
  readonly points: Inspection['points']
  readonly findings: readonly Finding[]
  readonly onChange: (findings: readonly Finding[]) => void
}

function FindingFields({ points, findings, onChange }: FindingFieldsProps): ReactElement {
  const { t } = useTranslation('engagement')
  const say = useSay()
  const change = (index: number, changed: Partial<Finding>): void =>
    onChange(findings.map((each, at) => (at === index ? { ...each, ...changed } : each)))
  return (
    <fieldset className="stack">
      <legend>
        <b>{t('report.fold')}</b>
      </legend>
      {findings.map(({ point, verdict, remark }, index) => {
        const taken = new Set(findings.filter((_, at) => at !== index).map((each) => each.point))
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a row is known by its place only
          <div key={index} className="stack">
            <SelectField
              label={t('report.point')}
              none={t('point.all')}
              value={point}
              onChange={(value) => change(index, { point: value })}
              choices={points
                .filter(({ id }) => !taken.has(id))
                .map(({ id, label }) => ({ value: id, label: say(label) }))}
            />
            <ChoiceField
              label={t('report.verdict')}
              value={verdict}
              onChange={(value) => change(index, { verdict: value as Finding['verdict'] })}
              choices={VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))}
            />
            <AreaField
              label={t('report.remark')}
              rows={2}
              value={remark}
              onChange={(value) => change(index, { remark: value })}
              maxLength={1000}
            />
          </div>
        )
      })}
      <div>
        <button
          type="button"
          className="button-link"
          disabled={findings.length >= points.length}
          onClick={() => onChange([...findings, EMPTY])}
        >
          {t('report.add')}
        </button>{' '}
        <button
          type="button"
          className="button-link"
          disabled={findings.length <= 1}
          onClick={() => onChange(findings.slice(0, -1))}
        >
          {t('report.remove')}
        </button>
      </div>
    </fieldset>
  )
}
