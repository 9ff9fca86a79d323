// Two versions of a measure, or any two measures, side by side: an address that can be sent on, a page that can be
// printed. Without both named it asks which two.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { SelectField } from '../../components/field.tsx'
import { useFilters } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { TableExport } from '../../components/table-export.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../../components/table.css'
import './measures.css'

type Comparison = Answer<'compareMeasures'>
type Difference = Comparison['items'][number]

const PARTS = ['numbers', 'amounts', 'conditions', 'procedure', 'questions', 'sources'] as const
const SIDES = ['before', 'after'] as const
const HASH = /^[0-9a-f]{64}$/

export function MeasureComparison(): ReactElement {
  const [{ before = '', after = '' }] = useFilters(SIDES)
  const both = HASH.test(before) && HASH.test(after)
  return both ? <Compared before={before} after={after} /> : <Choice />
}

function Choice(): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  const [chosen, change] = useFilters(SIDES)
  const choices = useAnswer('listMeasures').items.map(({ hash, title, place, version }) => ({
    value: hash,
    label: `${text(place)} · ${text(title)} ${version}`,
  }))
  return (
    <Page
      crumbs={[{ label: t('name'), to: '/policies' }, { label: t('compare.name') }]}
      title={t('compare.choose.title')}
      lead={t('compare.choose.lead')}
    >
      <Sheet title={t('compare.name')}>
        <div className="sheet-body">
          {SIDES.map((side) => (
            <SelectField
              key={side}
              label={t(`compare.${side}`)}
              none={t('compare.pick')}
              value={chosen[side] ?? ''}
              onChange={(value) => change({ [side]: value })}
              choices={choices}
            />
          ))}
        </div>
      </Sheet>
    </Page>
  )
}

function Compared({ before, after }: { before: string; after: string }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  const { day } = useFormat()
  const comparison = useAnswer('compareMeasures', { params: { hash: after }, query: { before } })
  const { items } = comparison
  const nameOf = (side: (typeof SIDES)[number]): string => {
    const { title, from, version } = comparison[side]
    return `${text(title)} ${version}（${t('since', { from: day(from) })}）`
  }
  const count = items.length
  return (
    <Page
      crumbs={[{ label: t('name'), to: '/policies' }, { label: t('compare.name') }]}
      title={count === 0 ? t('compare.same') : t('compare.title', { count })}
      lead={t('compare.lead', { before: nameOf('before'), after: nameOf('after') })}
      provenance={`${before.slice(0, 12)} ↔ ${after.slice(0, 12)}`}
    >
      <p className="page-acts">
        <Link
          className="button"
          data-kind="quiet"
          to="/policies/compare"
          search={{ before: after, after: before }}
        >
          {t('compare.swap')}
        </Link>
        <Link className="button" data-kind="quiet" to="/policies/compare">
          {t('compare.others')}
        </Link>
        <button type="button" className="button" data-kind="quiet" onClick={() => window.print()}>
          {t('compare.print')}
        </button>
      </p>
      {PARTS.map((part) => (
        <Part
          key={part}
          part={part}
          comparison={comparison}
          items={items.filter((item) => item.part === part)}
        />
      ))}
    </Page>
  )
}

interface PartProps {
  readonly part: (typeof PARTS)[number]
  readonly comparison: Comparison
  readonly items: readonly Difference[]
}

function Part({ part, comparison, items }: PartProps): ReactElement | null {
  const { t } = useTranslation('measure')
  const text = useSay()
  if (items.length === 0) return null
  const title = t(`compare.part.${part}`)
  const heads = SIDES.map((side) => `${text(comparison[side].place)} ${comparison[side].from.slice(0, 4)}`)
  const columns = [
    { label: t('compare.what'), text: (item: Difference) => text(item.text) },
    ...SIDES.map((side, index) => ({
      label: heads[index]!,
      text: (item: Difference) => text(item[side] ?? { zh: '', en: '' }),
    })),
  ]
  return (
    <Sheet title={title} aside={t('measure.count', { count: items.length })}>
      <table data-labelled className="measure-comparison">
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            {[t('compare.what'), ...heads].map((head, index) => (
              <th scope="col" key={index === 0 ? 'what' : SIDES[index - 1]}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.path}>
              <td data-label={t('compare.what')} data-lead>
                <div>
                  {text(item.text)}
                  {item.code && <small className="code">{item.path}</small>}
                </div>
              </td>
              {SIDES.map((side, index) => (
                <td key={side} data-label={heads[index]}>
                  <Side value={item[side]} code={item.code} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <TableExport columns={columns} rows={() => Promise.resolve(items)} title={title} />
    </Sheet>
  )
}

function Side({ value, code }: { value: Difference['before']; code: boolean }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  if (value === null) return <div className="quiet">{t('compare.absent')}</div>
  if (text(value) === '') return <div className="quiet">{t('unknown')}</div>
  return <div className={code ? 'code' : undefined}>{text(value)}</div>
}
