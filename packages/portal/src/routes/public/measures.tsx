// 政策库: every measure that this site knows, of all places: first who has what kind, then the table with its filters.
import { Link, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { SelectField } from '../../components/field.tsx'
import { FilterRow, Pages, SearchBox, useFilters, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { TableExport } from '../../components/table-export.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { saveFile } from '../../format/save-file.ts'
import '../../components/table.css'
import './measures.css'

type Measure = Answer<'listMeasures'>['items'][number]

const FILTERS = ['place', 'kind', 'standing', 'grade', 'sort'] as const
const SIZE = 15

export function Measures(): ReactElement {
  const { t } = useTranslation('measure')
  const { items } = useAnswer('listMeasures')
  const { today } = useAnswer('readSite')
  const { day } = useFormat()
  const places = new Set(items.map(({ jurisdiction }) => jurisdiction))
  return (
    <Page
      crumbs={[{ label: t('home'), to: '/' }, { label: t('name') }]}
      title={t('title', { count: items.length, places: places.size })}
      lead={t('lead')}
      provenance={t('provenance', { day: day(today) })}
    >
      {items.length === 0 ? (
        <Sheet title={t('name')}>
          <EmptyState>{t('none')}</EmptyState>
        </Sheet>
      ) : (
        <>
          <Tiles items={items} />
          <Listed items={items} />
        </>
      )}
    </Page>
  )
}

function kindsOf(items: readonly Measure[]): readonly Measure['kind'][] {
  return [...new Set(items.map(({ kind }) => kind))].toSorted(
    (one, other) =>
      items.filter(({ kind }) => kind === other).length - items.filter(({ kind }) => kind === one).length,
  )
}

/** Kind by kind the places that have it, each tile the way to its measure. */
function Tiles({ items }: { items: readonly Measure[] }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  const skeletons = items.filter(({ state }) => state === 'skeleton').length
  return (
    <Sheet title={t('tiles', { known: items.length - skeletons, skeletons })} aside={t('tiles.how')}>
      <dl className="measure-tiles">
        {kindsOf(items).map((kind) => (
          <div key={kind}>
            <dt>
              {t(`kind.${kind as 'compute_voucher'}`)}
              <small>{items.filter((item) => item.kind === kind).length}</small>
            </dt>
            <dd>
              {items
                .filter((item) => item.kind === kind)
                .map((item) => (
                  <Link
                    key={item.hash}
                    to="/policies/$hash"
                    params={{ hash: item.hash }}
                    data-state={item.state}
                    title={text(item.title)}
                  >
                    {`${text(item.place)} ${item.from.slice(0, 4)}`}
                  </Link>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}

function useShown(items: readonly Measure[]): readonly Measure[] {
  const text = useSay()
  const [{ place, kind, standing, grade, sort }] = useFilters(FILTERS)
  const words = (useListFilter()[0].q ?? '').toLowerCase()
  const kept = items.filter(
    (item) =>
      (place === undefined || item.jurisdiction === place) &&
      (kind === undefined || item.kind === kind) &&
      (standing === undefined || item.state === standing) &&
      (grade === undefined || item.grades.includes(grade)) &&
      `${text(item.title)} ${text(item.place)} ${item.id}`.toLowerCase().includes(words),
  )
  return sort === 'newest' ? kept.toSorted((one, other) => (one.from < other.from ? 1 : -1)) : kept
}

function Listed({ items }: { items: readonly Measure[] }): ReactElement {
  const { t } = useTranslation('measure')
  const columns = useColumns()
  const shown = useShown(items)
  const search: Record<string, unknown> = useSearch({ strict: false })
  const [{ page = 1 }, change] = useListFilter()
  const rows = shown.slice((page - 1) * SIZE, page * SIZE)
  function takeJson(): void {
    const file = new Blob([JSON.stringify({ filter: search, items: shown }, null, 2)], {
      type: 'application/json',
    })
    saveFile(`${t('name')}.json`, file)
  }
  return (
    <Sheet title={t('listed', { count: shown.length })}>
      <SearchBox help={t('search')} />
      <Filters items={items} />
      {rows.length === 0 ? (
        <EmptyState>{t('empty')}</EmptyState>
      ) : (
        <>
          <table data-labelled>
            <caption className="unseen">{t('name')}</caption>
            <thead>
              <tr>
                {columns.map(({ id, label }) => (
                  <th scope="col" key={id}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.hash}>
                  {columns.map(({ id, label, cell, text }) => (
                    <td key={id} data-label={label} data-lead={id === 'title' || undefined}>
                      <div>{cell?.(row) ?? text(row)}</div>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <TableExport columns={columns} rows={() => Promise.resolve(shown)} title={t('name')} />
          <p className="sheet-body">
            <button type="button" className="button-link" onClick={takeJson}>
              {t('json')}
            </button>
          </p>
          <Pages total={shown.length} page={page} onPage={(next) => change({ page: next })} size={SIZE} />
        </>
      )}
      <Grades items={items} />
    </Sheet>
  )
}

interface ShownColumn {
  readonly id: string
  readonly label: string
  readonly text: (row: Measure) => string
  readonly cell?: (row: Measure) => ReactElement
}

function useColumns(): readonly ShownColumn[] {
  const { t } = useTranslation('measure')
  const say = useSay()
  const { day } = useFormat()
  const known = (list: Measure['rates']): readonly { label: string; is: string }[] =>
    list.flatMap(({ label, written, bound }) =>
      written === null
        ? []
        : [
            {
              label: say(label),
              is: bound === 'exact' ? say(written) : t(`bound.${bound}`, { is: say(written) }),
            },
          ],
    )
  const numbers = (name: 'rates' | 'caps' | 'pools'): ShownColumn => ({
    id: name,
    label: t(`column.${name}`),
    text: (row) => {
      const said = known(row[name]).map(({ label, is }) => `${label} ${is}`)
      return said.length === 0 ? t('unknown') : said.join('；')
    },
    cell: (row) => {
      const list = known(row[name])
      if (list.length === 0) return <span className="quiet">{t('unknown')}</span>
      return (
        <>
          {list.map(({ label, is }) => (
            <span key={label} className="measure-number">
              {is}
              <small>{label}</small>
            </span>
          ))}
        </>
      )
    },
  })
  return [
    {
      id: 'title',
      label: t('column.title'),
      text: (row) => say(row.title),
      cell: (row) => (
        <>
          <Link to="/policies/$hash" params={{ hash: row.hash }}>
            {say(row.title)}
          </Link>
          <small>
            {say(row.place)} · {t(`kind.${row.kind as 'compute_voucher'}`)}
          </small>
        </>
      ),
    },
    numbers('rates'),
    numbers('caps'),
    numbers('pools'),
    {
      id: 'dates',
      label: t('column.dates'),
      text: ({ from, to }) => (to === null ? t('since', { from: day(from) }) : `${day(from)} – ${day(to)}`),
    },
    { id: 'state', label: t('column.state'), text: ({ state }) => t(`state.${state}`) },
    { id: 'grades', label: t('column.grades'), text: ({ grades }) => grades.join(' · ') },
  ]
}

function Filters({ items }: { items: readonly Measure[] }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  const [filter, change] = useFilters(FILTERS)
  const places = new Map(items.map(({ jurisdiction, place }) => [jurisdiction, text(place)]))
  const states = [...new Set(items.map(({ state }) => state))]
  const choices = {
    place: [...places].map(([value, label]) => ({ value, label })),
    kind: kindsOf(items).map((kind) => ({ value: kind, label: t(`kind.${kind as 'compute_voucher'}`) })),
    standing: states.map((state) => ({ value: state, label: t(`state.${state}`) })),
    grade: gradesOf(items).map((grade) => ({ value: grade, label: grade })),
    sort: [{ value: 'newest', label: t('sort.newest') }],
  }
  return (
    <FilterRow label={t('filter')}>
      {FILTERS.map((name) => (
        <SelectField
          key={name}
          label={t(`filter.${name}`)}
          none={t(name === 'sort' ? 'sort.place' : 'filter.any')}
          value={filter[name] ?? ''}
          onChange={(value) => change({ [name]: value === '' ? undefined : value })}
          choices={choices[name]}
        />
      ))}
    </FilterRow>
  )
}

function gradesOf(items: readonly Measure[]): readonly string[] {
  return [...new Set(items.flatMap(({ grades }) => grades))].toSorted()
}

/** What the grades mean, said once and folded. */
function Grades({ items }: { items: readonly Measure[] }): ReactElement {
  const { t } = useTranslation('measure')
  return (
    <details className="sheet-fold">
      <summary>{t('grades')}</summary>
      <ul className="sheet-body">
        {gradesOf(items).map((grade) => (
          <li key={grade}>
            {grade}：{t(`grade.${grade as 'A'}`)}
          </li>
        ))}
      </ul>
    </details>
  )
}
