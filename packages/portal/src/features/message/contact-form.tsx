// One address: typed in, verified by the code that was sent to it, shown masked, taken away again.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import './contact-form.css'

type Contact = Answer<'readMessageSettings'>['contacts'][number]

export function ContactForm({ contact }: { contact: Contact }): ReactElement {
  const { t } = useTranslation('message')
  const { channel, addressMasked, verified, awaitsCode, offered } = contact
  const remove = useAct('removeContact')
  return (
    <section className="contact">
      <h3>
        {t(`channel.${channel}`)}
        {addressMasked !== null && (
          <>
            <span className="code">{addressMasked}</span>
            <StatusTag tone={verified ? 'done' : 'waits'}>
              {t(verified ? 'contact.verified' : 'contact.unverified')}
            </StatusTag>
            <button
              type="button"
              className="button-link"
              disabled={remove.isPending}
              onClick={() => remove.mutate({ body: { channel } })}
            >
              {t('contact.remove')}
            </button>
          </>
        )}
      </h3>
      {awaitsCode && <CodeForm channel={channel} />}
      {offered && !verified && <AddressForm channel={channel} again={awaitsCode} />}
      <ErrorNote error={remove.error} />
    </section>
  )
}

function AddressForm({ channel, again }: { channel: Contact['channel']; again: boolean }): ReactElement {
  const { t } = useTranslation('message')
  const [address, setAddress] = useState('')
  const act = useAct('addContact')
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ body: { channel, address: address.trim() } })
  }
  return (
    <form className="filters" onSubmit={submit}>
      <TextField
        label={t(`contact.address.${channel}`)}
        value={address}
        onChange={setAddress}
        maxLength={254}
        autoComplete={channel === 'email' ? 'email' : channel === 'sms' ? 'tel-national' : 'off'}
      />
      <button className="button" data-kind="quiet" disabled={address.trim() === '' || act.isPending}>
        {t(again ? 'contact.send_again' : 'contact.send')}
      </button>
      <ErrorNote error={act.error} />
    </form>
  )
}

function CodeForm({ channel }: { channel: Contact['channel'] }): ReactElement {
  const { t } = useTranslation('message')
  const [code, setCode] = useState('')
  const act = useAct('confirmContact')
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ body: { channel, code } })
  }
  return (
    <form className="filters" onSubmit={submit}>
      <TextField
        label={t('contact.code')}
        help={t('contact.code.help')}
        value={code}
        onChange={(typed) => setCode(typed.replace(/\D/g, '').slice(0, 6))}
        inputMode="numeric"
        autoComplete="one-time-code"
      />
      <button className="button" disabled={code.length !== 6 || act.isPending}>
        {t('contact.confirm')}
      </button>
      <ErrorNote error={act.error} />
    </form>
  )
}
