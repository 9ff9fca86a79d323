// What the firm can do against a decision, and what became of it: filed once, in time, with its grounds.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { useFormat } from '../../components/use-format.ts'

type Appeal = Answer<'listAppeals'>['items'][number]

interface AppealSheetProps {
  readonly about: 'application' | 'claim'
  readonly id: string
  /** the last day for one; null: there is nothing to appeal against, or no more time */
  readonly until: string | null
}

const READERS = ['clerk', 'reviewer', 'finance', 'auditor'] as const

/** Nothing for providers, who read the case but do not appeal. */
export function AppealSheet(props: AppealSheetProps): ReactElement | null {
  const roles = rolesOf(useSession())
  return READERS.some((role) => roles.has(role)) ? <Appeals {...props} /> : null
}

function Appeals({ about, id, until }: AppealSheetProps): ReactElement | null {
  const { t } = useTranslation('components')
  const { day } = useFormat()
  const { items } = useAnswer('listAppeals', { query: { objectId: id } })
  if (until === null && items.length === 0) return null
  return (
    <Sheet title={t('appeal')}>
      <div className="sheet-body stack">
        {until !== null && (
          <>
            <p>{t('appeal.until', { day: day(until) })}</p>
            <FileAppeal about={about} id={id} />
          </>
        )}
        {items.map((appeal) => (
          <Filed key={appeal.id} appeal={appeal} />
        ))}
      </div>
    </Sheet>
  )
}

function Filed({ appeal }: { appeal: Appeal }): ReactElement {
  const { t } = useTranslation('components')
  const { day } = useFormat()
  const act = useAct('withdrawAppeal')
  const said = { reason: appeal.reason ?? '', day: appeal.deadlineOn === null ? '' : day(appeal.deadlineOn) }
  return (
    <>
      <p>
        <b>{t('appeal.number', { number: appeal.number })}</b>
        <br />
        {t(`appeal.${appeal.state}`, said)}
        {appeal.answerNumber !== null && <small className="quiet"> {appeal.answerNumber}</small>}
      </p>
      {appeal.state === 'open' && (
        <ReasonedAct
          label={t('appeal.withdraw')}
          title={t('appeal.withdraw_title')}
          reasonLabel={t('appeal.reason')}
          act={act}
          onAct={(reason) => act.mutateAsync({ params: { id: appeal.id }, body: { reason } })}
        />
      )}
    </>
  )
}

function FileAppeal({ about, id }: Omit<AppealSheetProps, 'until'>): ReactElement {
  const { t } = useTranslation('components')
  const [open, setOpen] = useState(false)
  const [grounds, setGrounds] = useState('')
  const close = (): void => setOpen(false)
  const application = useAct('appealApplication', close)
  const claim = useAct('appealClaim', close)
  const act = about === 'application' ? application : claim
  return (
    <>
      <p>
        <button type="button" className="button" data-kind="quiet" onClick={() => setOpen(true)}>
          {t('appeal.file')}
        </button>
      </p>
      <Dialog
        title={t('appeal.title')}
        open={open}
        onClose={close}
        actions={
          <button
            type="button"
            className="button"
            disabled={grounds.trim().length < 10 || act.isPending}
            onClick={() => act.mutate({ params: { id }, body: { grounds, attachmentIds: [] } })}
          >
            {t('appeal.file')}
          </button>
        }
      >
        <AreaField
          label={t('appeal.grounds')}
          help={t('appeal.grounds_help')}
          rows={6}
          value={grounds}
          onChange={setGrounds}
          maxLength={4000}
        />
        <ErrorNote error={act.error} />
      </Dialog>
    </>
  )
}
