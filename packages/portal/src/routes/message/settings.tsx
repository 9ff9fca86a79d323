// How I am told: the language, my addresses (each verified by a code) and by kind which channels. Decisions and deadlines stay
// on in the portal.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'
import { ContactForm } from '../../features/message/contact-form.tsx'

type Settings = Answer<'readMessageSettings'>
type Kind = Settings['kinds'][number]
type Channel = Kind['channels'][number]

export function MessageSettings(): ReactElement {
  const { t } = useTranslation('message')
  const settings = useAnswer('readMessageSettings')
  const offered = settings.contacts.filter((contact) => contact.offered || contact.addressMasked !== null)
  return (
    <Page
      crumbs={[{ label: t('list'), to: '/messages' }, { label: t('settings') }]}
      title={t('settings.title')}
      lead={t('settings.lead')}
    >
      <Sheet title={t('contacts')} aside={t('contacts.why')}>
        {offered.length === 0 ? (
          <EmptyState>{t('contacts.none')}</EmptyState>
        ) : (
          <div className="sheet-body stack">
            {offered.map((contact) => (
              <ContactForm key={contact.channel} contact={contact} />
            ))}
          </div>
        )}
      </Sheet>
      <Choices key={JSON.stringify(settings.kinds)} settings={settings} />
    </Page>
  )
}

function Choices({ settings }: { settings: Settings }): ReactElement {
  const { t } = useTranslation('message')
  const [kinds, setKinds] = useState<readonly Kind[]>(settings.kinds)
  const [language, setLanguage] = useState(settings.language)
  const act = useAct('changeMessageSettings')
  const columns = useColumns(settings, (changed) =>
    setKinds(kinds.map((each) => (each.kind === changed.kind ? changed : each))),
  )
  return (
    <Sheet
      title={t('kinds')}
      actions={
        <button
          type="button"
          className="button"
          disabled={act.isPending}
          onClick={() => act.mutate({ body: { language, kinds: kinds.map(askedOf) } })}
        >
          {t('save')}
        </button>
      }
    >
      <div className="sheet-body">
        <SelectField
          label={t('language')}
          value={language}
          onChange={(value) => setLanguage(value === 'en' ? 'en' : 'zh')}
          choices={(['zh', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
        />
      </div>
      <DataTable
        columns={columns}
        rows={kinds}
        rowId={(row) => row.kind}
        caption={t('kinds')}
        empty={<EmptyState>{t('kinds.none')}</EmptyState>}
      />
      {act.isSuccess && <Note tone="done">{t('saved')}</Note>}
      <ErrorNote error={act.error} />
    </Sheet>
  )
}

/** A column a channel that the site has; the portal's box is fixed where the law wants a thing told. */
function useColumns(settings: Settings, change: (changed: Kind) => void): Column<Kind>[] {
  const { t } = useTranslation('message')
  const text = useSay()
  const isOn = (row: Kind, channel: Channel | 'portal'): boolean =>
    channel === 'portal' ? row.portal : row.channels.includes(channel)
  const channels = (['portal', 'email', 'sms', 'wecom'] as const).filter(
    (channel) => channel === 'portal' || isOffered(settings, channel),
  )
  return [
    {
      id: 'kind',
      label: t('column.kind'),
      leads: true,
      text: (row) => text(row.name),
      cell: (row) => (
        <>
          {text(row.name)}
          {row.required && <small>{t('required')}</small>}
        </>
      ),
    },
    ...channels.map((channel) => ({
      id: channel,
      label: t(`channel.${channel}`),
      text: (row: Kind) => String(isOn(row, channel)),
      cell: (row: Kind) => (
        <input
          type="checkbox"
          className="tick"
          aria-label={`${text(row.name)}: ${t(`channel.${channel}`)}`}
          checked={isOn(row, channel)}
          disabled={channel === 'portal' && row.required}
          onChange={({ target: { checked } }) => change(withChannel(row, channel, checked))}
        />
      ),
    })),
  ]
}

function isOffered({ contacts }: Settings, channel: Channel): boolean {
  return contacts.some((contact) => contact.channel === channel && contact.offered)
}

function withChannel(row: Kind, channel: Channel | 'portal', on: boolean): Kind {
  if (channel === 'portal') return { ...row, portal: on }
  const others = row.channels.filter((each) => each !== channel)
  return { ...row, channels: on ? [...others, channel] : others }
}

function askedOf({ kind, portal, channels }: Kind): {
  kind: Kind['kind']
  portal: boolean
  channels: Channel[]
} {
  return { kind, portal, channels: [...channels] }
}
