// Is this paper genuine, and does it still hold? Anybody pastes it, uploads it or scans its code. The signature is checked in
// this browser with the published keys; only today's state is asked of the platform, which says nothing else.
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { call, type Answer } from '../../client/call.ts'
import { AreaField } from '../../components/field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { Checked } from '../../features/credential/check.ts'
import { paperOfHash } from '../../features/credential/link.ts'
import { PaperFacts } from '../../features/credential/paper-facts.tsx'
import '../../features/credential/credential.css'

interface Verdict {
  readonly checked: Checked
  /** null: the platform could not be asked */
  readonly today: Answer<'checkCredential'> | null
}

export function VerifyPage(): ReactElement {
  const { t } = useTranslation('credential')
  const [text, setText] = useState(() => paperOfHash(location.hash))
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [working, setWorking] = useState(false)
  const [broken, setBroken] = useState(false)
  async function judge(paper: string): Promise<void> {
    setWorking(true)
    setBroken(false)
    try {
      const { check } = await import('../../features/credential/check.ts')
      const checked = await check(paper)
      setVerdict({ checked, today: checked.result === 'genuine' ? await stateToday(checked) : null })
    } catch {
      setBroken(true)
      setVerdict(null)
    }
    setWorking(false)
  }
  async function tamper(): Promise<void> {
    const { withOneCharacterChanged } = await import('../../features/credential/check.ts')
    const changed = withOneCharacterChanged(text)
    setText(changed)
    await judge(changed)
  }
  return (
    <Page title={t(titleOf(verdict))} lead={t(verdict === null ? 'verify.lead' : leadOf(verdict))}>
      {verdict !== null && verdict.checked.signed !== null && <Result verdict={verdict} />}
      <Form
        text={text}
        working={working}
        broken={broken}
        onText={(value) => {
          setText(value)
          setVerdict(null)
        }}
        onJudge={() => void judge(text)}
        onTamper={verdict?.checked.result === 'genuine' ? () => void tamper() : null}
      />
      <Sheet title={t('verify.how')}>
        <ol className="sheet-body">
          <li>{t('verify.how.1')}</li>
          <li>{t('verify.how.2')}</li>
          <li>{t('verify.how.3')}</li>
          <li>
            <Link to="/proof">{t('verify.how.4')}</Link>
          </li>
        </ol>
      </Sheet>
    </Page>
  )
}

interface FormProps {
  readonly text: string
  readonly working: boolean
  /** the keys could not be fetched */
  readonly broken: boolean
  readonly onText: (text: string) => void
  readonly onJudge: () => void
  /** offered where there is something genuine to spoil */
  readonly onTamper: (() => void) | null
}

function Form({ text, working, broken, onText, onJudge, onTamper }: FormProps): ReactElement {
  const { t } = useTranslation('credential')
  function submit(event: FormEvent): void {
    event.preventDefault()
    onJudge()
  }
  return (
    <Sheet title={t('verify.form')}>
      <form className="form" onSubmit={submit}>
        <div className="wide paper-text">
          <AreaField
            label={t('verify.text')}
            help={t('verify.text_help')}
            rows={6}
            value={text}
            onChange={onText}
          />
        </div>
        <div className="wide paper-foot">
          <button className="button" disabled={text.trim() === '' || working}>
            {t('verify.do')}
          </button>
          <FromFile onText={onText} />
          {onTamper !== null && (
            <button type="button" className="button-link" onClick={onTamper}>
              {t('verify.tamper')}
            </button>
          )}
        </div>
        {broken && (
          <p className="wide field-error" role="alert">
            {t('verify.no_keys')}
          </p>
        )}
      </form>
    </Sheet>
  )
}

async function stateToday({ signed }: Checked): Promise<Answer<'checkCredential'> | null> {
  const { paper, signature } = signed!
  return call('checkCredential', { body: { id: paper.id, signature } }).catch(() => null)
}

function titleOf(verdict: Verdict | null): 'verify.title' {
  if (verdict === null) return 'verify.title'
  const { checked, today } = verdict
  const said = checked.result === 'genuine' ? (today?.state ?? 'offline') : checked.result
  return `verify.title.${said}` as 'verify.title'
}

function leadOf({ checked, today }: Verdict): 'verify.lead' {
  const said = checked.result === 'genuine' ? (today?.state ?? 'offline') : checked.result
  return `verify.lead.${said}` as 'verify.lead'
}

const TONES: Readonly<Record<string, Tone>> = {
  genuine: 'done',
  valid: 'done',
  existing: 'done',
  expired: 'waits',
  offline: 'waits',
}

function Result({ verdict: { checked, today } }: { verdict: Verdict }): ReactElement {
  const { t } = useTranslation('credential')
  const { instant } = useFormat()
  const state = today?.state ?? 'offline'
  const tag = (said: string): ReactElement => (
    <StatusTag tone={TONES[said] ?? 'stopped'}>{t(`verify.says.${said}` as 'verify.says.valid')}</StatusTag>
  )
  return (
    <Columns
      main={
        <Sheet title={t(checked.result === 'genuine' ? 'verify.said' : 'verify.claimed')}>
          <PaperFacts paper={checked.signed!.paper} />
        </Sheet>
      }
      side={
        <Sheet title={t('verify.checks')}>
          <dl className="facts">
            <div>
              <dt>{t('verify.signature')}</dt>
              <dd>
                {tag(checked.result)}
                <small>
                  {t('verify.by_browser', {
                    algorithm: checked.key?.algorithm ?? '—',
                    key: checked.signed!.key,
                  })}
                </small>
              </dd>
            </div>
            {checked.result === 'genuine' && (
              <div>
                <dt>{t('verify.today')}</dt>
                <dd>
                  {tag(state)}
                  <small>
                    {today === null ? t('verify.not_asked') : t('verify.asked', { at: instant(today.asOf) })}
                  </small>
                </dd>
              </div>
            )}
            {today?.voucher != null && (
              <div>
                <dt>{t('verify.voucher')}</dt>
                <dd>{tag(today.voucher)}</dd>
              </div>
            )}
          </dl>
        </Sheet>
      }
    />
  )
}

function FromFile({ onText }: { onText: (text: string) => void }): ReactElement {
  const { t } = useTranslation('credential')
  return (
    <label className="button-link">
      {t('verify.file')}
      <input
        type="file"
        accept=".json,application/json"
        className="unseen"
        onChange={(event) => void event.target.files?.[0]?.text().then(onText)}
      />
    </label>
  )
}
