// The particulars of the site, and keeping the three administrators apart.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, SelectField, TextField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'

type Particulars = Answer<'readSystem'>['particulars']

export function SitePage(): ReactElement {
  const { t } = useTranslation('site')
  const { particulars, missing, administratorsApart } = useAnswer('readSystem')
  const names = missing.map((name) =>
    t(name === 'authority' ? 'field.authority_zh' : (`field.${name}` as 'field.domain')),
  )
  return (
    <Page
      title={t('particulars.title')}
      lead={t('particulars.lead')}
      provenance={missing.length === 0 ? undefined : t('missing', { names: names.join('、') })}
    >
      <Form stored={particulars} />
      <Apart apart={administratorsApart} />
      <DemandConfirmation />
    </Page>
  )
}

/** Whether use counts only for contracts that their provider has confirmed. */
function DemandConfirmation(): ReactElement {
  const { t } = useTranslation('site')
  const [reason, setReason] = useState('')
  const act = useAct('demandConfirmation')
  const demand = (demanded: boolean): void => act.mutate({ body: { demanded, reason } })
  const idle = act.isPending || reason.trim().length < 2
  return (
    <Sheet title={t('contracts')} aside={t('contracts.why')}>
      <div className="sheet-body stack">
        <TextField label={t('contracts.reason')} value={reason} onChange={setReason} maxLength={500} />
        {act.isSuccess && <Note tone="done">{t('contracts.saved')}</Note>}
        <ErrorNote error={act.error} />
        <div>
          <button
            type="button"
            className="button"
            data-kind="quiet"
            disabled={idle}
            onClick={() => demand(true)}
          >
            {t('contracts.on')}
          </button>{' '}
          <button
            type="button"
            className="button"
            data-kind="quiet"
            disabled={idle}
            onClick={() => demand(false)}
          >
            {t('contracts.off')}
          </button>
        </div>
      </div>
    </Sheet>
  )
}

const PLAIN = [
  'contact',
  'supervision',
  'address',
  'hours',
  'domain',
  'siteCode',
  'icpNumber',
  'publicSecurityNumber',
] as const

function Form({ stored }: { stored: Particulars }): ReactElement {
  const { t } = useTranslation('site')
  const [typed, setTyped] = useState(stored)
  const act = useAct('changeParticulars')
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ body: { ...typed, districts: placesIn(places) } })
  }
  const [places, setPlaces] = useState(() => linesOf(stored.districts))
  const pair = (field: 'name' | 'authority', language: 'zh' | 'en'): ReactElement => (
    <TextField
      label={t(`field.${field}_${language}`)}
      value={typed[field][language]}
      onChange={(text) => setTyped({ ...typed, [field]: { ...typed[field], [language]: text } })}
      maxLength={80}
      optional={field === 'authority'}
    />
  )
  return (
    <Sheet title={t('particulars')}>
      <form className="form" onSubmit={submit}>
        {pair('name', 'zh')}
        {pair('name', 'en')}
        {pair('authority', 'zh')}
        {pair('authority', 'en')}
        {PLAIN.map((field) => (
          <TextField
            key={field}
            label={t(`field.${field}`)}
            value={typed[field]}
            onChange={(text) => setTyped({ ...typed, [field]: text })}
            maxLength={120}
            optional={field !== 'contact'}
            {...(field === 'domain' ? { help: t('field.domain.help') } : {})}
          />
        ))}
        <SelectField
          label={t('field.languages')}
          value={typed.languages}
          onChange={(languages) => setTyped({ ...typed, languages: languages === 'zh' ? 'zh' : 'both' })}
          choices={(['both', 'zh'] as const).map((value) => ({
            value,
            label: t(`field.languages.${value}`),
          }))}
        />
        <div className="wide">
          <AreaField
            label={t('field.districts')}
            help={t('field.districts.help')}
            value={places}
            onChange={setPlaces}
          />
        </div>
        <div className="wide stack">
          {act.isSuccess && <Note tone="done">{t('particulars.saved')}</Note>}
          <ErrorNote error={act.error} />
          <button className="button" disabled={act.isPending}>
            {t('particulars.save')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

type Districts = Particulars['districts']

function linesOf(districts: Districts): string {
  return districts.map(({ code, zh, en }) => `${code} ${zh} ${en}`).join('\n')
}

/** A line that is not whole is sent as it stands, so that the refusal names it. */
function placesIn(lines: string): Districts {
  const whole = lines.split('\n').filter((line) => line.trim() !== '')
  return whole.map((line) => {
    const [code = '', zh = '', ...en] = line.trim().split(/\s+/)
    return { code, zh, en: en.join(' ') || zh }
  })
}

function Apart({ apart }: { apart: boolean }): ReactElement {
  const { t } = useTranslation('site')
  const administrator = rolesOf(useSession()).has('administrator')
  const act = useAct('separateAdministrators')
  return (
    <Sheet title={t('apart')} aside={t('apart.why')}>
      <div className="sheet-body stack">
        <p>{t(apart ? 'apart.on' : 'apart.off')}</p>
        {!apart && administrator && (
          <>
            <button
              type="button"
              className="button"
              data-kind="quiet"
              disabled={act.isPending}
              onClick={() => act.mutate({})}
            >
              {t('apart.start')}
            </button>
            <p className="small quiet">{t('apart.ends')}</p>
          </>
        )}
        <ErrorNote error={act.error} />
      </div>
    </Sheet>
  )
}
