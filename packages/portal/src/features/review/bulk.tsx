// 批量办理: what is chosen is decided case by case under one reason. Before, the count and the total are named; after, the
// answer says of each case what was done, or why not.
import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey, type Answer } from '../../client/call.ts'
import { Dialog } from '../../components/dialog.tsx'
import { Note } from '../../components/empty-state.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useSay } from '../../components/use-say.ts'
import '../../components/table-tools.css'
import '../disclosure/notice-list.css'

export type Done = Answer<'readBulk'>

interface BulkProps {
  readonly count: number
  /** the form; a new id each time it is opened, so that one opening is one act */
  readonly children: (id: string, onDone: (done: Done) => void) => ReactNode
  /** the choice is over */
  readonly onClose: () => void
}

export function Bulk({ count, children, onClose }: BulkProps): ReactElement {
  const { t } = useTranslation('desk')
  const [id, setId] = useState<string | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  function close(): void {
    setId(null)
    if (done !== null) onClose()
    setDone(null)
  }
  return (
    <div className="row-of bulk-bar">
      <button type="button" className="button" disabled={count === 0} onClick={() => setId(newKey())}>
        {t('bulk.open', { count })}
      </button>
      {count === 0 && <span className="quiet small">{t('bulk.choose')}</span>}
      <Dialog
        title={
          done === null
            ? t('bulk.title', { count })
            : t('bulk.done', { done: done.done, refused: done.refused })
        }
        open={id !== null}
        onClose={close}
        actions={
          done === null ? null : (
            <button type="button" className="button" onClick={close}>
              {t('close')}
            </button>
          )
        }
      >
        {done !== null ? <Results done={done} /> : id !== null && children(id, setDone)}
      </Dialog>
    </div>
  )
}

function Results({ done }: { done: Done }): ReactElement {
  const { t } = useTranslation('desk')
  const say = useSay()
  return (
    <>
      {done.refused > 0 && <Note tone="waits">{t('bulk.some_refused')}</Note>}
      <ul className="notice-list bulk-results">
        {done.items.map((item) => (
          <li key={item.id}>
            <span>
              {item.organisationName ?? t('bulk.unseen')}
              <small>
                {item.number}
                {item.refusal !== null && ` · ${say(item.refusal.message)}`}
              </small>
            </span>
            <StatusTag tone={item.refusal === null ? 'done' : 'stopped'}>
              {t(item.refusal === null ? 'bulk.item_done' : 'bulk.item_refused')}
            </StatusTag>
          </li>
        ))}
      </ul>
    </>
  )
}
