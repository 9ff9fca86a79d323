// One selection as it was proposed, and its second person's decision.
import { useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { SelectionTable } from '../../features/project/selection-table.tsx'
import { points } from '../../features/project/words.tsx'

type Selection = Answer<'readSelection'>

export function SelectionPage(): ReactElement {
  const { t } = useTranslation('project')
  const { id } = useParams({ from: '/signed-in/review/selections/$id' })
  const selection = useAnswer('readSelection', { params: { id } })
  const { say } = useFormat()
  const text = useSay()
  const selected = selection.items.filter(({ place }) => place === 'selected')
  const whole = selected.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n)
  return (
    <Page
      crumbs={[{ label: t('selection.crumb'), to: '/review/selections' }, { label: selection.number }]}
      title={t(`selection.title_${selection.state}`, {
        count: selected.length,
        amount: say(whole.toString()),
      })}
      lead={selection.reason}
      provenance={text(selection.programmeTitle)}
    >
      <Columns
        main={
          <Sheet
            title={t('selection.table')}
            aside={t('selection.drawn', {
              least: points(selection.leastTenths),
              reserves: selection.reserves,
              left: say(selection.leftFen),
            })}
          >
            <SelectionTable rows={selection.items} name={selection.number} />
            <p className="sheet-body quiet small">{t('selection.rule')}</p>
          </Sheet>
        }
        side={<Decide key={selection.state} selection={selection} />}
      />
    </Page>
  )
}

function Decide({ selection }: { selection: Selection }): ReactElement {
  const { t } = useTranslation('project')
  const reviews = rolesOf(useSession()).has('reviewer')
  const [reason, setReason] = useState('')
  const act = useAct('decideSelection')
  const send = (approve: boolean): void =>
    act.mutate({ params: { id: selection.id }, body: { approve, reason } })
  const ready = reason.trim().length >= 2 && !act.isPending
  if (selection.state !== 'proposed' || !reviews)
    return (
      <Sheet title={t('selection.decision')} aside={t(`selection.${selection.state}`)}>
        <p className="sheet-body">{selection.decisionReason ?? t('selection.waits')}</p>
      </Sheet>
    )
  return (
    <Sheet title={t('selection.decide')}>
      <div className="sheet-body stack">
        {selection.proposedByMe ? (
          <Note tone="waits">{t('selection.another')}</Note>
        ) : (
          <>
            <p>{t('selection.effect')}</p>
            <AreaField label={t('reason')} value={reason} onChange={setReason} maxLength={2000} />
            <ErrorNote error={act.error} />
            <p className="row-of">
              <button type="button" className="button" disabled={!ready} onClick={() => send(true)}>
                {t('selection.approve')}
              </button>
              <button
                type="button"
                className="button"
                data-kind="quiet"
                disabled={!ready}
                onClick={() => send(false)}
              >
                {t('selection.reject')}
              </button>
            </p>
          </>
        )}
      </div>
    </Sheet>
  )
}
