// 印章: the seals that stand on documents, each from its day on; one person proposes an image, another puts it in force.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { Upload } from '../../components/upload.tsx'
import { useFormat } from '../../components/use-format.ts'
import './stamps.css'

type Stamp = Answer<'listStamps'>['items'][number]

export function Stamps(): ReactElement {
  const { t } = useTranslation('site')
  const { items, authorities } = useAnswer('listStamps')
  const roles = rolesOf(useSession())
  const proposes = roles.has('administrator') || roles.has('system_administrator')
  return (
    <Page title={t('stamp.title')} lead={t('stamp.lead')}>
      <Sheet title={t('stamp.list')} aside={String(items.length)}>
        {items.length === 0 ? (
          <EmptyState>{t('stamp.none')}</EmptyState>
        ) : (
          <ul className="stamps">
            {items.map((stamp) => (
              <StampRow key={stamp.id} stamp={stamp} />
            ))}
          </ul>
        )}
      </Sheet>
      {proposes && <Propose authorities={authorities} />}
    </Page>
  )
}

const TONES = { proposed: 'waits', in_force: 'done', refused: 'stopped' } as const

function StampRow({ stamp }: { stamp: Stamp }): ReactElement {
  const { t } = useTranslation('site')
  const { day } = useFormat()
  const { id, authority, validFrom, validUntil, proposedBy, decidedBy } = stamp
  const days =
    validUntil === null
      ? t('stamp.from', { from: day(validFrom) })
      : t('stamp.between', { from: day(validFrom), to: day(validUntil) })
  return (
    <li>
      <img
        src={addressOf('readStampImage', { params: { id } })}
        alt={t('stamp.image', { authority })}
        loading="lazy"
      />
      <div className="stamp-words">
        <strong>{authority}</strong>
        <span>{days}</span>
        <small>
          {t('stamp.proposed_by', { name: proposedBy })}
          {decidedBy !== null && ` · ${t('stamp.decided_by', { name: decidedBy })}`}
        </small>
        <small className="stamp-digest">SHA-256 {stamp.sha256}</small>
      </div>
      <div className="stamp-state">
        <StatusTag tone={TONES[stamp.state]}>{t(`stamp.state.${stamp.state}`)}</StatusTag>
        {stamp.mine && <Decide id={id} />}
      </div>
    </li>
  )
}

function Decide({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('site')
  const act = useAct('decideStamp')
  const decide = (decision: 'put_in_force' | 'refuse'): void =>
    act.mutate({ params: { id }, body: { decision } })
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={act.isPending}
        onClick={() => decide('put_in_force')}
      >
        {t('stamp.put_in_force')}
      </button>
      <button
        type="button"
        className="button"
        data-kind="quiet"
        disabled={act.isPending}
        onClick={() => decide('refuse')}
      >
        {t('stamp.refuse')}
      </button>
      <ErrorNote error={act.error} />
    </>
  )
}

function Propose({ authorities }: { authorities: readonly string[] }): ReactElement {
  const { t } = useTranslation('site')
  const { today } = useAnswer('readSite')
  const [authority, setAuthority] = useState(authorities[0] ?? '')
  const [validFrom, setValidFrom] = useState(today)
  const [validUntil, setValidUntil] = useState('')
  const act = useAct('proposeStamp')
  const query = { authority, validFrom, ...(validUntil === '' ? {} : { validUntil }) }
  const send = async (file: File, onProgress: (share: number) => void): Promise<unknown> =>
    act.mutateAsync({ query, file, onProgress })
  return (
    <Sheet title={t('stamp.propose')} aside={t('stamp.propose.aside')}>
      <div className="form">
        <SelectField
          label={t('stamp.authority')}
          none={t('stamp.choose')}
          value={authority}
          onChange={setAuthority}
          choices={authorities.map((value) => ({ value, label: value }))}
        />
        <TextField label={t('stamp.valid_from')} type="date" value={validFrom} onChange={setValidFrom} />
        <TextField
          label={t('stamp.valid_until')}
          help={t('stamp.valid_until.help')}
          type="date"
          value={validUntil}
          onChange={setValidUntil}
        />
        <div className="wide">
          {authority === '' || validFrom === '' ? (
            <p className="quiet">{t('stamp.first')}</p>
          ) : (
            <Upload
              label={t('stamp.file')}
              help={t('stamp.file.help')}
              accept=".png"
              files={[]}
              send={send}
            />
          )}
        </div>
      </div>
    </Sheet>
  )
}
