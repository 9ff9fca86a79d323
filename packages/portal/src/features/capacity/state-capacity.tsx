// Stating what a centre has of one or several classes, for some months at once; each month gets a version of its own.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { CheckField, SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'

interface Line {
  readonly chip: string
  readonly devices: string
  readonly sold: string
  /** empty: not known */
  readonly down: string
  readonly certified: boolean
}

const EMPTY: Line = { chip: '', devices: '', sold: '0', down: '', certified: false }

function isWhole({ chip, devices, sold, down }: Line): boolean {
  return chip.trim() !== '' && /^\d{1,8}$/.test(devices) && /^\d{1,10}$/.test(sold) && /^\d{0,10}$/.test(down)
}

/** @param ownId the engineer's own centre; null: the bureau chooses one */
export function StateCapacity({ ownId }: { ownId: string | null }): ReactElement {
  const { t } = useTranslation('capacity')
  const [centre, setCentre] = useState(ownId ?? '')
  const [from, setFrom] = useState('')
  const [months, setMonths] = useState('1')
  const [lines, setLines] = useState<readonly Line[]>([EMPTY])
  const act = useAct('stateCapacity', () => setLines([EMPTY]))
  const whole =
    centre !== '' && /^\d{4}-\d{2}$/.test(from) && /^\d{1,2}$/.test(months) && lines.every(isWhole)
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({
      params: { id: centre },
      body: {
        from,
        months: Number(months),
        lines: lines.map(({ chip, devices, sold, down, certified }) => ({
          chip,
          devices: Number(devices),
          soldCardHours: Number(sold),
          certified,
          downCardHours: down === '' ? null : Number(down),
        })),
      },
    })
  }
  return (
    <Sheet title={t('state')} aside={t('state.why')}>
      <form className="form" onSubmit={submit}>
        {ownId === null && <WhichCentre value={centre} onChange={setCentre} />}
        <TextField label={t('from')} help={t('from.help')} value={from} onChange={setFrom} type="month" />
        <TextField
          label={t('months')}
          help={t('months.help')}
          value={months}
          onChange={setMonths}
          inputMode="numeric"
        />
        {lines.map((line, index) => (
          <OneLine
            key={index}
            line={line}
            onChange={(changed) => setLines(lines.map((each, at) => (at === index ? changed : each)))}
          />
        ))}
        <div className="wide">
          <button type="button" className="button-link" onClick={() => setLines([...lines, EMPTY])}>
            {t('state.more')}
          </button>
        </div>
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button className="button" disabled={!whole || act.isPending}>
            {t('state.do')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

function WhichCentre(props: { value: string; onChange: (id: string) => void }): ReactElement {
  const { t } = useTranslation('capacity')
  const { items } = useAnswer('listProviders')
  return (
    <SelectField
      label={t('column.centre')}
      none={t('choose')}
      choices={items.map(({ id, name }) => ({ value: id, label: name }))}
      {...props}
    />
  )
}

function OneLine({ line, onChange }: { line: Line; onChange: (line: Line) => void }): ReactElement {
  const { t } = useTranslation('capacity')
  return (
    <>
      <TextField
        label={t('column.chip')}
        help={t('chip.help')}
        value={line.chip}
        onChange={(chip) => onChange({ ...line, chip })}
        maxLength={40}
      />
      <TextField
        label={t('column.devices')}
        value={line.devices}
        onChange={(devices) => onChange({ ...line, devices })}
        inputMode="numeric"
      />
      <TextField
        label={t('column.soldCardHours')}
        help={t('sold.help')}
        value={line.sold}
        onChange={(sold) => onChange({ ...line, sold })}
        inputMode="numeric"
      />
      <TextField
        label={t('column.downCardHours')}
        help={t('down.help')}
        value={line.down}
        onChange={(down) => onChange({ ...line, down })}
        inputMode="numeric"
      />
      <CheckField checked={line.certified} onChange={(certified) => onChange({ ...line, certified })}>
        {t('certified')}
      </CheckField>
    </>
  )
}
