// Before anybody sweeps: who of the register could be supported without applying, and what is missing for the rest. It is
// read on a press, since it goes over every firm; nothing is awarded by looking.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Sheet } from '../../components/page.tsx'
import { Pending } from '../../components/pending.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import './register-readiness.css'

type Item = Answer<'readSweepReadiness'>['items'][number]

export function RegisterReadiness(): ReactElement {
  const { t } = useTranslation('review')
  const look = useAct('readSweepReadiness')
  return (
    <Sheet
      title={t('readiness.title')}
      actions={
        look.data === undefined ? (
          <>
            <button
              type="button"
              className="button"
              disabled={look.isPending}
              onClick={() => look.mutate({})}
            >
              {t('readiness.look')}
            </button>
            {look.isPending && <Pending />}
            <ErrorNote error={look.error} />
          </>
        ) : undefined
      }
    >
      <div className="readiness">
        {look.data === undefined ? <p>{t('readiness.lead')}</p> : <Found found={look.data} />}
      </div>
    </Sheet>
  )
}

function Found({ found: { items, firms, asOf } }: { found: Answer<'readSweepReadiness'> }): ReactElement {
  const { t } = useTranslation('review')
  const { day } = useFormat()
  if (items.length === 0) return <Note tone="waits">{t('readiness.none')}</Note>
  const qualifying = items.reduce((sum, item) => sum + item.qualifying, 0)
  return (
    <>
      <p>
        {t('readiness.sentence', { firms, qualifying, awards: items.length })}
        {asOf !== null && ` ${t('readiness.as_of', { from: day(asOf.from), to: day(asOf.to) })}`}
      </p>
      {items.map((item) => (
        <Award key={`${item.adoptionId} ${item.award}`} item={item} />
      ))}
    </>
  )
}

const PARTS = ['qualifying', 'missingData', 'not'] as const

function Award({ item }: { item: Item }): ReactElement {
  const { t } = useTranslation('review')
  const say = useSay()
  const { say: money } = useFormat()
  return (
    <section className="readiness-award">
      <h3>
        {say(item.programmeTitle)} <small>{`${say(item.awardTitle)} · ${t(`readiness.${item.kind}`)}`}</small>
      </h3>
      <div className="readiness-bar" aria-hidden="true">
        {PARTS.map(
          (part) => item[part] > 0 && <span key={part} data-part={part} style={{ flex: item[part] }} />,
        )}
      </div>
      <ul className="readiness-legend">
        {PARTS.map((part) => (
          <li key={part} data-part={part}>
            {t(`readiness.${part}`, { count: item[part] })}
            {part === 'qualifying' && item.qualifying > 0 && `, ${money(item.ceilingFen)}`}
          </li>
        ))}
      </ul>
      <Fold
        label={t('readiness.see_missing', { count: item.missing.length })}
        shown={item.missing.length > 0}
      >
        <Missing item={item} />
      </Fold>
      <Fold label={t('readiness.see_firms', { count: item.qualifying })} shown={item.firms.length > 0}>
        <Qualifying item={item} />
      </Fold>
    </section>
  )
}

function Fold(props: { label: string; shown: boolean; children: ReactElement }): ReactElement {
  if (!props.shown) return <></>
  return (
    <details className="readiness-fold">
      <summary>{props.label}</summary>
      {props.children}
    </details>
  )
}

function Missing({ item }: { item: Item }): ReactElement {
  const { t } = useTranslation('review')
  const say = useSay()
  const from = ({ origin }: Item['missing'][number]): string => t(`readiness.origin.${origin ?? 'authority'}`)
  const columns: readonly Column<Item['missing'][number]>[] = [
    {
      id: 'fact',
      label: t('readiness.column.fact'),
      leads: true,
      text: ({ label }) => say(label),
      cell: ({ label }) => say(label),
    },
    { id: 'origin', label: t('readiness.column.origin'), text: from, cell: from },
    {
      id: 'firms',
      label: t('readiness.column.firms'),
      numeric: true,
      text: ({ firms }) => String(firms),
      cell: ({ firms }) => firms,
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={item.missing}
      rowId={({ fact }) => fact}
      caption={`${t('readiness.missing')} ${say(item.programmeTitle)}`}
      name={`missing-${item.award}`}
      empty={null}
    />
  )
}

function Qualifying({ item }: { item: Item }): ReactElement {
  const { t } = useTranslation('review')
  const say = useSay()
  const columns: readonly Column<Item['firms'][number]>[] = [
    {
      id: 'name',
      label: t('sweep.column.firm'),
      leads: true,
      text: ({ name }) => name,
      cell: ({ name }) => name,
    },
    {
      id: 'code',
      label: t('readiness.column.code'),
      text: ({ creditCode }) => creditCode,
      cell: ({ creditCode }) => creditCode,
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={item.firms}
      rowId={({ id }) => id}
      caption={`${t('readiness.firms')} ${say(item.programmeTitle)}`}
      name={`firms-${item.award}`}
      empty={null}
    />
  )
}
