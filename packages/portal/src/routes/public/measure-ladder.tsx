// How much a measure gives: each award as cases and bands, as the server works them out from the rule, and worked cases.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Sheet } from '../../components/page.tsx'
import { TableExport } from '../../components/table-export.tsx'
import { useSay } from '../../components/use-say.ts'
import '../../components/table.css'

type Whole = Answer<'readMeasure'>
type Ladder = Whole['ladders'][number]

export function Ladders({ ladders }: { ladders: Whole['ladders'] }): ReactElement {
  const text = useSay()
  const { t } = useTranslation('measure')
  return (
    <>
      {ladders.map((ladder) => (
        <Sheet
          key={ladder.id}
          title={ladders.length === 1 ? t('measure.ladder') : text(ladder.title)}
          aside={ladders.length === 1 ? text(ladder.title) : t('measure.ladder')}
        >
          <Rungs ladder={ladder} />
          <div className="sheet-body">
            <p className="quiet">{t('measure.ladder.base', { base: text(ladder.base) })}</p>
            {ladder.besides.map((cap) => (
              <p className="quiet" key={cap.zh}>
                {t('measure.ladder.besides', { cap: text(cap) })}
              </p>
            ))}
          </div>
        </Sheet>
      ))}
    </>
  )
}

function Rungs({ ladder: { title, of, rows } }: { ladder: Ladder }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  const rated = rows.some(({ rate }) => rate !== null)
  const heads = [t('measure.ladder.when'), t('measure.ladder.rate'), text(of), t('measure.ladder.gives')]
  const lines = rows.flatMap(({ when, rate, bands }) => {
    const said = when.length === 0 ? t('measure.ladder.always') : when.map(text).join('；')
    const start = [said, rate === null ? '' : text(rate)]
    if (bands === null) return [[...start, '', t('measure.ladder.none')]]
    return bands.map(({ range, gives }) => [...start, text(range), text(gives)])
  })
  const shown = [0, 1, 2, 3].filter((column) => rated || column !== 1)
  const columns = shown.map((column) => ({
    label: heads[column]!,
    text: (line: readonly string[]) => line[column]!,
  }))
  return (
    <>
      <table data-labelled>
        <caption className="unseen">{text(title)}</caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <th scope="col" key={column}>
                {heads[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.join()}>
              {shown.map((column) => (
                <td key={column} data-label={heads[column]} data-lead={column === 0 || undefined}>
                  <div>{line[column]}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <TableExport columns={columns} rows={() => Promise.resolve(lines)} title={text(title)} />
    </>
  )
}

export function Cases({ cases }: { cases: Whole['cases'] }): ReactElement | null {
  const { t } = useTranslation('measure')
  if (cases.length === 0) return null
  const heads = [t('measure.case'), t('measure.result')]
  type Case = (typeof cases)[number]
  const columns = [
    { label: t('measure.case'), text: ({ name }: Case) => name },
    { label: t('measure.result'), text: ({ result }: Case) => result },
  ]
  return (
    <Sheet title={t('measure.cases')}>
      <details className="sheet-fold">
        <summary>{t('measure.count', { count: cases.length })}</summary>
        <table data-labelled>
          <caption className="unseen">{t('measure.cases')}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cases.map(({ name, result }) => (
              <tr key={name}>
                <td data-label={heads[0]} data-lead>
                  <div>{name}</div>
                </td>
                <td data-label={heads[1]}>
                  <div>{result}</div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <TableExport columns={columns} rows={() => Promise.resolve(cases)} title={t('measure.cases')} />
      </details>
    </Sheet>
  )
}
