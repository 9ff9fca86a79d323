// The items of an adoption: what must be answered, then what may be; each answered where it stands.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Clause } from '../../components/clause.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, CheckField, SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'

type Draft = Answer<'readAdoptionDraft'>
type Item = Draft['items'][number]

const KINDS = ['question', 'assumption', 'competition', 'parameter'] as const
const ACCEPTED = 'accepted'

export function ItemList({ draft }: { draft: Draft }): ReactElement {
  const { t } = useTranslation('author')
  const open = draft.state === 'answering' || draft.state === 'ready'
  const next = draft.items.find(({ required, answer }) => required && answer === null)?.key
  return (
    <>
      {KINDS.map((kind) => {
        const items = draft.items.filter((item) => item.kind === kind)
        if (items.length === 0) return null
        return (
          <Sheet key={kind} title={t(`draft.kind.${kind}`)} aside={t('rows', { count: items.length })}>
            <ul className="pane-list">
              {items.map((item) => (
                <li key={item.key} data-wrong={(item.required && item.answer === null) || undefined}>
                  <OneItem draftId={draft.id} item={item} open={open} isNext={item.key === next} />
                </li>
              ))}
            </ul>
          </Sheet>
        )
      })}
    </>
  )
}

interface OneItemProps {
  readonly draftId: string
  readonly item: Item
  readonly open: boolean
  /** the first that must still be answered */
  readonly isNext: boolean
}

function OneItem({ draftId, item, open, isNext }: OneItemProps): ReactElement {
  const { t } = useTranslation('author')
  const { instant } = useFormat()
  const text = useSay()
  const said = ({ kind, options }: Item, value: string): string => {
    const ground = kind === 'competition' ? options.find((each) => each.value === value) : undefined
    return ground === undefined ? value : text(ground.text)
  }
  const [changing, setChanging] = useState(false)
  const { answer } = item
  const named = item.kind === 'assumption' && item.text.zh === item.key.replace(/^answers\./, '')
  return (
    <div className="stack">
      <p>
        <StatusTag tone={answer !== null ? 'done' : item.required ? 'waits' : 'quiet'}>
          {t(item.required ? 'draft.required' : 'draft.optional')}
        </StatusTag>{' '}
        {named ? <span className="code">{text(item.text)}</span> : <b>{text(item.text)}</b>}
        <Clause clause={item.clause} />
        {item.published !== null && (
          <small className="quiet"> {t(`bound.${item.bound}`, { value: item.published })}</small>
        )}
        {item.note !== null && <small className="quiet"> {item.note}</small>}
      </p>
      {answer !== null && (
        <p>
          {answer.value[0] === ACCEPTED
            ? t('answer.accept')
            : answer.value.map((value) => said(item, value)).join('、')}{' '}
          · {answer.source}
          <small className="quiet">
            {' '}
            {t('answer.signed', { who: answer.signedBy, at: instant(answer.at) })}
          </small>
        </p>
      )}
      {open && (changing || isNext) && (
        <AnswerForm draftId={draftId} item={item} onDone={() => setChanging(false)} />
      )}
      {open && !changing && !isNext && (
        <button type="button" className="button-link" onClick={() => setChanging(true)}>
          {t(answer === null ? 'answer' : 'answer.change')}
          <span className="unseen code"> {text(item.text)}</span>
        </button>
      )}
    </div>
  )
}

interface AnswerFormProps {
  readonly draftId: string
  readonly item: Item
  readonly onDone: () => void
}

function AnswerForm({ draftId, item, onDone }: AnswerFormProps): ReactElement {
  const { t } = useTranslation('author')
  const text = useSay()
  const [value, setValue] = useState(item.answer?.value.join('\n') ?? '')
  const [source, setSource] = useState(item.answer?.source ?? '')
  const act = useAct('answerAdoptionItem', onDone)
  const accepted = value === ACCEPTED
  const reasoned = item.kind === 'competition'
  const lines =
    item.isList && !accepted
      ? value
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)
      : [value.trim()]
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: draftId }, body: { key: item.key, value: lines, source } })
  }
  return (
    <form className="stack" onSubmit={submit}>
      {item.acceptable && (
        <CheckField checked={accepted} onChange={(on) => setValue(on ? ACCEPTED : '')}>
          {t('answer.accept')}
        </CheckField>
      )}
      {!accepted && (item.type !== null || !item.acceptable) && (
        <ValueField
          item={item}
          value={value}
          onChange={setValue}
          options={item.options.map((each) => ({ value: each.value, label: text(each.text) }))}
        />
      )}
      <TextField
        label={t(reasoned ? 'competition.reason' : 'answer.source')}
        help={t(reasoned ? 'competition.reason.help' : 'answer.source.help')}
        value={source}
        onChange={setSource}
        maxLength={300}
      />
      <ErrorNote error={act.error} />
      <button
        className="button"
        data-kind="quiet"
        disabled={act.isPending || source.trim().length < 2 || lines.length === 0 || lines[0] === ''}
      >
        {t('answer.save')}
        <span className="unseen code"> {text(item.text)}</span>
      </button>
    </form>
  )
}

interface ValueFieldProps {
  readonly item: Item
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

function ValueField({ item, value, onChange, options }: ValueFieldProps): ReactElement {
  const { t } = useTranslation('author')
  const label = t(item.kind === 'competition' ? 'competition.ground' : 'answer.value')
  if (item.isList)
    return <AreaField label={label} help={t('answer.list_help')} value={value} onChange={onChange} />
  if (options.length > 0)
    return (
      <SelectField label={label} none={t('value.none')} value={value} onChange={onChange} choices={options} />
    )
  if (item.type === 'date') return <TextField label={label} type="date" value={value} onChange={onChange} />
  return <TextField label={label} value={value} onChange={onChange} maxLength={400} />
}
