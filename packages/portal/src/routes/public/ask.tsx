// 问: where somebody answers, the questions that the guides answer themselves, and a form for everything else. Every
// question and complaint gets a number and an answer.
import { Suspense, useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField, TextField } from '../../components/field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { Pending } from '../../components/pending.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { Contact } from '../../features/policy/guide.tsx'
import { QuestionList } from '../../features/policy/question-list.tsx'
import { useQuestions } from '../../features/policy/questions.ts'
import { dayOfInstant } from '../../format/time.ts'

export function Ask(): ReactElement {
  const { t } = useTranslation('service')
  const programmes = useAnswer('listAdoptions').items
  return (
    <Page title={t('ask.title')} lead={t('ask.lead')}>
      <Columns
        main={
          <>
            {programmes.map(({ id, title }) => (
              <Questions key={id} id={id} title={title} only={programmes.length === 1} />
            ))}
            <InquiryForm />
          </>
        }
        side={
          <>
            <Contact />
            <Lookup />
          </>
        }
      />
    </Page>
  )
}

interface QuestionsProps {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  /** those of several programmes are fetched when somebody asks for them */
  readonly only: boolean
}

function Questions({ id, title, only }: QuestionsProps): ReactElement {
  const { t } = useTranslation('service')
  const text = useSay()
  const [open, setOpen] = useState(only)
  return (
    <Sheet title={t('ask.questions')} aside={text(title)}>
      {open ? (
        <Suspense fallback={<Pending />}>
          <Answered id={id} />
        </Suspense>
      ) : (
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t('ask.show')}
        </button>
      )}
    </Sheet>
  )
}

function Answered({ id }: { id: string }): ReactElement {
  const programme = useAnswer('readAdoption', { params: { id } })
  return <QuestionList questions={useQuestions()(programme)} />
}

const KINDS = ['question', 'complaint', 'suggestion'] as const
type Kind = (typeof KINDS)[number]

const EMPTY = { kind: 'question' as Kind, text: '', contactName: '', contactPhone: '' }

function InquiryForm(): ReactElement {
  const { t } = useTranslation('service')
  const [form, setForm] = useState(EMPTY)
  const [filed, setFiled] = useState<string | null>(null)
  const act = useAct('fileInquiry', (answer) => {
    setFiled(answer.number)
    setForm(EMPTY)
  })
  const missing = missingOf(form)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (missing.length === 0) act.mutate({ body: form })
  }
  return (
    <Sheet title={t('ask.form')}>
      <form className="form" onSubmit={submit}>
        {filed !== null && (
          <div className="wide">
            <Note tone="done">{t('ask.filed', { number: filed })}</Note>
          </div>
        )}
        <div className="wide">
          <ChoiceField
            label={t('ask.kind')}
            value={form.kind}
            onChange={(kind) => setForm({ ...form, kind: kind as Kind })}
            choices={KINDS.map((kind) => ({ value: kind, label: t(`ask.kind.${kind}`) }))}
          />
        </div>
        <div className="wide">
          <AreaField
            label={t('ask.text')}
            help={t('ask.text_help')}
            maxLength={2000}
            value={form.text}
            onChange={(text) => setForm({ ...form, text })}
          />
        </div>
        <TextField
          label={t('ask.name')}
          value={form.contactName}
          maxLength={60}
          onChange={(contactName) => setForm({ ...form, contactName })}
        />
        <TextField
          label={t('ask.phone')}
          help={t('ask.phone_help')}
          value={form.contactPhone}
          maxLength={20}
          onChange={(contactPhone) => setForm({ ...form, contactPhone })}
        />
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <div className="row-of">
            <button className="button" aria-disabled={missing.length > 0 || act.isPending}>
              {t('ask.submit')}
            </button>
            {missing.length > 0 && (
              <span className="quiet small">
                {t('ask.missing', { fields: missing.map((field) => t(`ask.${field}`)).join(t('and')) })}
              </span>
            )}
          </div>
        </div>
      </form>
    </Sheet>
  )
}

type Missing = 'text' | 'name' | 'phone'

function missingOf(form: typeof EMPTY): Missing[] {
  const missing: Missing[] = []
  if (form.text.trim().length < 5) missing.push('text')
  if (form.contactName.trim() === '') missing.push('name')
  if (!/^[0-9+ -]{6,20}$/.test(form.contactPhone)) missing.push('phone')
  return missing
}

function Lookup(): ReactElement {
  const { t } = useTranslation('service')
  const { day } = useFormat()
  const [number, setNumber] = useState('')
  const [contactPhone, setContactPhone] = useState('')
  const act = useAct('readInquiry')
  const found = act.data
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ body: { number, contactPhone } })
  }
  return (
    <Sheet title={t('ask.lookup')}>
      <form className="sheet-body stack" onSubmit={submit}>
        <TextField label={t('ask.number')} value={number} onChange={setNumber} maxLength={40} />
        <TextField label={t('ask.phone')} value={contactPhone} onChange={setContactPhone} maxLength={40} />
        <ErrorNote error={act.error} />
        {found !== undefined && (
          <Note tone={found.answer === null ? 'waits' : 'done'}>
            <p className="quiet small">{found.text}</p>
            <p>{found.answer ?? t('ask.open')}</p>
            {found.answeredAt !== null && (
              <p className="quiet small">{t('ask.answered', { day: day(dayOfInstant(found.answeredAt)) })}</p>
            )}
          </Note>
        )}
        <button
          className="button"
          data-kind="quiet"
          disabled={number.trim() === '' || contactPhone.trim() === '' || act.isPending}
        >
          {t('ask.look')}
        </button>
      </form>
    </Sheet>
  )
}
