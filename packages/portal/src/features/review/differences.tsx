// What a correction changed: each field before and after, files to open on either side.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useFieldName } from '../application/field-name.ts'

type Application = Answer<'readApplication'>
type Change = Application['changes'][number]

export function Differences({ application }: { application: Application }): ReactElement | null {
  const { t } = useTranslation('desk')
  const columns = useColumns(application)
  if (application.changes.length === 0) return null
  return (
    <Sheet title={t('changes', { count: application.changes.length })}>
      <DataTable
        columns={columns}
        name="changes"
        rows={application.changes}
        rowId={({ field }) => field}
        caption={t('changes.caption')}
        empty={null}
      />
    </Sheet>
  )
}

function useColumns(application: Application): readonly Column<Change>[] {
  const { t } = useTranslation('desk')
  const name = useFieldName(application)
  const { read } = useFormat()
  const words = (field: string, text: string): string =>
    field.endsWith('Fen') ? read(text) : text === 'true' ? t('yes') : text === 'false' ? t('no') : text
  const textOf = ({ field }: Change, values: Change['before']): string =>
    values.map(({ text }) => words(field, text)).join('; ')
  const cellOf = (change: Change, values: Change['before']): ReactElement =>
    values.length === 0 ? (
      <span className="quiet">{t('changes.nothing')}</span>
    ) : (
      <>
        {values.map(({ text, attachmentId }) =>
          attachmentId === null ? (
            <span key={text}>{words(change.field, text)}</span>
          ) : (
            <a key={attachmentId} href={addressOf('readAttachment', { params: { id: attachmentId } })}>
              {text}{' '}
            </a>
          ),
        )}
      </>
    )
  return [
    {
      id: 'field',
      label: t('changes.field'),
      leads: true,
      text: (it) => name(it.field),
      cell: (it) => name(it.field),
    },
    {
      id: 'before',
      label: t('changes.before'),
      text: (it) => textOf(it, it.before),
      cell: (it) => cellOf(it, it.before),
    },
    {
      id: 'after',
      label: t('changes.after'),
      text: (it) => textOf(it, it.after),
      cell: (it) => cellOf(it, it.after),
    },
  ]
}
