// The files of a batch: what each is for, and what the fund's settings lack for those that cannot be made.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { useActsAs } from '../../client/session.ts'

type Batch = Answer<'readDisbursement'>
type Format = 'csv' | 'xlsx' | 'pain001' | 'record'

export function BatchFiles({ batch }: { batch: Batch }): ReactElement {
  const { t } = useTranslation('treasury')
  const pays = useActsAs('finance')
  return (
    <>
      <h3 className="small">{t('files')}</h3>
      <File batch={batch} format="csv" />
      {pays && <File batch={batch} format="xlsx" />}
      {pays && <File batch={batch} format="pain001" />}
      {pays && batch.recordSm3 !== null && <File batch={batch} format="record" />}
    </>
  )
}

function File({ batch, format }: { batch: Batch; format: Format }): ReactElement {
  const { t } = useTranslation('treasury')
  const missing = format === 'xlsx' || format === 'pain001' ? batch.missing[format] : []
  return (
    <p>
      {missing.length === 0 ? (
        <a
          className="button"
          data-kind="quiet"
          href={addressOf('downloadDisbursement', { params: { id: batch.id }, query: { format } })}
          download
        >
          {t(`file.${format}`)}
        </a>
      ) : (
        <span className="quiet">
          {t('file.missing', {
            file: t(`file.${format}`),
            fields: missing.map((field) => t(`field.${field}`)).join(t('comma')),
          })}
        </span>
      )}
      <br />
      <small className="quiet">{t(`file.${format}.for`)}</small>
    </p>
  )
}
