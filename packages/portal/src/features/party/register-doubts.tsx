// Where a register and the firm's own word differ, or a register is too old to count: both values, side by side.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { readFact } from '../review/read-fact.ts'

type Application = Pick<Answer<'readApplication'>, 'doubts' | 'organisationId'>

interface Props {
  readonly application: Application
  /** whether the reader may open the organisation's file */
  readonly link?: boolean
}

export function RegisterDoubts({ application, link = false }: Props): ReactElement | null {
  const { t } = useTranslation('party')
  const { t: review } = useTranslation('review')
  const formats = useFormat()
  const say = useSay()
  const { doubts, organisationId } = application
  const read = (value: string): string =>
    readFact(value === 'true' ? true : value === 'false' ? false : value, 'string', formats, review) ?? value
  const open = (
    <Link to="/organisations/$id" params={{ id: organisationId }}>
      {t('doubts.open')}
    </Link>
  )
  if (doubts.length === 0) return link ? <p className="small">{open}</p> : null
  return (
    <Sheet title={t('doubts', { count: doubts.length })}>
      <p className="sheet-body quiet small">{t('doubts.lead')}</p>
      <Facts
        facts={doubts.map((doubt) => {
          const values = { register: read(doubt.registerValue), stated: read(doubt.statedValue ?? '') }
          const key = doubt.why === 'stale' && doubt.statedValue !== null ? 'stale_stated' : doubt.why
          return {
            id: doubt.id,
            label: say(doubt.label),
            value: t(`doubts.${key}`, values),
            source: `${doubt.source} · ${formats.day(doubt.asOf)}`,
          }
        })}
      />
      {link && <p className="sheet-body">{open}</p>}
    </Sheet>
  )
}
