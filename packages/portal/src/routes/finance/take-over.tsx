// One take-over, step by step: upload, dry run, compare, confirm by another person, done.
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DocumentButton } from '../../components/document-button.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { Steps, type Step } from '../../components/steps.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { Compared } from '../../features/take-over/compared.tsx'
import { TakeOverFiles } from '../../features/take-over/take-over-files.tsx'
import { TakeOverLines } from '../../features/take-over/take-over-lines.tsx'

type TakeOver = Answer<'readTakeOver'>

export function TakeOverPage(): ReactElement {
  const { t } = useTranslation('take-over')
  const { id } = useParams({ from: '/signed-in/finance/take-overs/$id' })
  const session = useSession()
  const mayAct = session !== null && rolesOf(session).has('finance')
  const takeOver = useAnswer('readTakeOver', { params: { id } })
  const { report } = takeOver
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/finance/take-overs' }, { label: takeOver.number }]}
      title={useTitle(takeOver)}
      lead={t('one.lead')}
    >
      {takeOver.state === 'posted' && <DocumentButton route="readOpeningStatement" id={id} />}
      <Columns
        sideFirst
        main={
          <>
            {report !== null && <Compared report={report} />}
            {report !== null && <TakeOverLines id={id} report={report} />}
            <TakeOverFiles takeOver={takeOver} mayAct={mayAct} />
          </>
        }
        side={
          <>
            <Sheet title={t('steps')}>
              <div className="sheet-body">
                <Steps label={t('steps')} steps={useSteps(takeOver)} />
              </div>
            </Sheet>
            {mayAct && <Act takeOver={takeOver} />}
            <About takeOver={takeOver} />
          </>
        }
      />
    </Page>
  )
}

function useTitle({ state, report, statementNumber }: TakeOver): string {
  const { t } = useTranslation('take-over')
  if (state === 'posted') return t('one.posted', { number: statementNumber ?? '' })
  if (state === 'abandoned') return t('one.abandoned')
  if (state === 'prepared') return t('one.prepared')
  if (report === null) return t('one.unchecked')
  const wrong = report.refused + report.differences
  return wrong === 0
    ? t('one.clean')
    : t('one.wrong', { refused: report.refused, differences: report.differences })
}

/** Upload → dry run → compare → confirm → done. */
function useSteps({ state, files, report }: TakeOver): readonly Step[] {
  const { t } = useTranslation('take-over')
  const done = [
    files.length > 0 && report !== null,
    report !== null && report.refused === 0,
    report !== null && report.refused === 0 && report.differences === 0,
    state === 'posted',
    state === 'posted',
  ]
  const current = state === 'abandoned' ? -1 : done.indexOf(false)
  return (['upload', 'check', 'compare', 'confirm', 'done'] as const).map((id, index) => ({
    id,
    label: t(`step.${id}`),
    state: done[index] === true ? 'done' : index === current ? 'current' : 'ahead',
  }))
}

function Act({ takeOver }: { takeOver: TakeOver }): ReactElement | null {
  if (takeOver.state === 'open') return <Prepare takeOver={takeOver} />
  return takeOver.state === 'prepared' ? <Decide takeOver={takeOver} /> : null
}

function Prepare({ takeOver: { id, report, decisionReason } }: { takeOver: TakeOver }): ReactElement {
  const { t } = useTranslation('take-over')
  const check = useAct('checkTakeOver')
  const prepare = useAct('prepareTakeOver')
  const abandon = useAct('abandonTakeOver')
  const clean = report !== null && report.refused + report.differences === 0
  const params = { id }
  return (
    <Sheet title={t('act')}>
      <div className="sheet-body stack">
        {decisionReason !== null && <p>{t('act.sent_back', { reason: decisionReason })}</p>}
        <button
          type="button"
          className="button"
          {...(clean ? { 'data-kind': 'quiet' } : {})}
          disabled={check.isPending}
          onClick={() => check.mutate({ params })}
        >
          {t(check.isPending ? 'act.checking' : 'act.check')}
        </button>
        {clean && (
          <button
            type="button"
            className="button"
            disabled={prepare.isPending}
            onClick={() => prepare.mutate({ params, body: { hash: report.hash } })}
          >
            {t('act.prepare')}
          </button>
        )}
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={abandon.isPending}
          onClick={() => abandon.mutate({ params })}
        >
          {t('act.abandon')}
        </button>
        <p className="quiet small">{t('act.help')}</p>
        <ErrorNote error={check.error ?? prepare.error ?? abandon.error} />
      </div>
    </Sheet>
  )
}

function Decide({ takeOver }: { takeOver: TakeOver }): ReactElement {
  const { t } = useTranslation('take-over')
  const act = useAct('decideTakeOver')
  const { id, report, preparedByMe, preparedBy } = takeOver
  const hash = report?.hash ?? ''
  if (preparedByMe)
    return (
      <Sheet title={t('act')}>
        <p className="sheet-body">{t('act.another')}</p>
      </Sheet>
    )
  return (
    <Sheet title={t('act')}>
      <div className="sheet-body stack">
        <p>{t('act.confirm_help', { who: preparedBy ?? '' })}</p>
        <button
          type="button"
          className="button"
          disabled={act.isPending}
          onClick={() => act.mutate({ params: { id }, body: { decision: 'confirm', hash, reason: '' } })}
        >
          {t('act.confirm')}
        </button>
        <ReasonedAct
          label={t('act.send_back')}
          title={t('act.send_back.title')}
          reasonLabel={t('act.reason')}
          act={act}
          onAct={async (reason) =>
            act.mutateAsync({ params: { id }, body: { decision: 'send_back', hash, reason } })
          }
        />
        <ErrorNote error={act.error} />
      </div>
    </Sheet>
  )
}

function About({ takeOver }: { takeOver: TakeOver }): ReactElement {
  const { t } = useTranslation('take-over')
  const say = useSay()
  const { day, instant } = useFormat()
  const signed = (name: string | null, at: string | null): string =>
    name === null || at === null ? '—' : `${name} · ${instant(at)}`
  const { report } = takeOver
  return (
    <Sheet title={t('about')}>
      <Facts
        facts={[
          { id: 'programme', label: t('column.programme'), value: say(takeOver.programmeTitle) },
          { id: 'system', label: t('system'), value: takeOver.systemName },
          { id: 'cutOver', label: t('cut_over'), value: day(takeOver.cutOverOn) },
          {
            id: 'checked',
            label: t('about.checked'),
            value: signed(report?.checkedBy ?? null, report?.checkedAt ?? null),
          },
          {
            id: 'prepared',
            label: t('about.prepared'),
            value: signed(takeOver.preparedBy, takeOver.preparedAt),
          },
          {
            id: 'confirmed',
            label: t('about.confirmed'),
            value: signed(takeOver.decidedBy, takeOver.decidedAt),
          },
        ]}
      />
    </Sheet>
  )
}
