// 公布名单: the list is closed and published, with the draw that will count where lots are drawn.
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'

interface OpenRoundProps {
  readonly plan: Answer<'planRound'>
  /** which pool and least amount the page shows */
  readonly asked: { readonly allotmentId?: string; readonly minimumFen?: string }
}

export function OpenRound({ plan, asked }: OpenRoundProps): ReactElement | null {
  const { t } = useTranslation('round')
  const session = useSession()
  const navigate = useNavigate()
  const [drawName, setDrawName] = useState('')
  const [drawOn, setDrawOn] = useState('')
  const [redrawReason, setRedrawReason] = useState('')
  const act = useAct('openRound', async ({ id }) => navigate({ to: '/rounds/$id', params: { id } }))
  if (session === null || !rolesOf(session).has('finance') || plan.lines.length === 0) return null
  if (plan.named === 'first_come')
    return (
      <Sheet title={t('plan.open')}>
        <p className="sheet-body">{t('plan.open.first_come')}</p>
      </Sheet>
    )
  const byLot = plan.named === 'lottery'
  function submit(event: FormEvent): void {
    event.preventDefault()
    const common = { adoptionId: plan.adoptionId, minimumFen: '1', ...asked }
    act.mutate({ body: byLot ? { ...common, drawName, drawOn, redrawReason } : common })
  }
  return (
    <Sheet title={t('plan.open')} aside={t('plan.open.aside')}>
      <form className="form" onSubmit={submit}>
        <p className="wide">
          <strong>{t(`rule.${plan.named}`)}</strong> {t(`what.${plan.named}`)}
        </p>
        {byLot && (
          <>
            <TextField
              label={t('plan.open.draw')}
              help={t('plan.open.draw.help')}
              value={drawName}
              onChange={setDrawName}
              maxLength={120}
            />
            <TextField
              label={t('plan.open.draw_on')}
              help={t('plan.open.draw_on.help')}
              type="date"
              value={drawOn}
              onChange={setDrawOn}
            />
            {plan.redraws !== null && (
              <TextField
                label={t('plan.open.redraw')}
                help={t('plan.open.redraw.help', { number: plan.redraws.number })}
                value={redrawReason}
                onChange={setRedrawReason}
                maxLength={400}
              />
            )}
          </>
        )}
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button
            className="button"
            disabled={act.isPending || (byLot && (drawName.trim() === '' || drawOn === ''))}
          >
            {t('plan.open.do')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
