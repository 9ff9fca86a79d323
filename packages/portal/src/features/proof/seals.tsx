// The chain of seals of a fund, the latest first.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Sheet } from '../../components/page.tsx'
import { TableExport } from '../../components/table-export.tsx'
import { useFormat } from '../../components/use-format.ts'
import { keepHead } from './keep.ts'
import '../../components/table.css'
import './proof.css'

type Head = Answer<'listTreeHeads'>['items'][number]
type Seal = Head['seal']

/** its label, and what it says of a seal */
type SealColumn = readonly [label: string, text: (seal: Seal) => string]

const PAGE = 20

export function Seals({ head: { ledger, seal: latest } }: { head: Head }): ReactElement {
  const { t } = useTranslation('proof')
  const { instant } = useFormat()
  const lastPage = Math.ceil(latest.number / PAGE)
  const [page, setPage] = useState(lastPage)
  const { items } = useAnswer('listSeals', { query: { ledger, page, size: PAGE } })
  const seals = [...items].reverse()
  const columns: readonly SealColumn[] = [
    [t('seal'), ({ number }) => String(number)],
    [t('seal.range'), ({ first, last }) => `${first}–${last}`],
    [t('seal.at'), ({ at }) => instant(at)],
    [t('seal.root'), ({ root }) => root],
    [t('seal.signature'), ({ signature }) => signature],
  ]
  return (
    <Sheet title={t('seals')} aside={t('seals.count', { count: latest.number })}>
      <SealTable seals={seals} columns={columns} />
      {lastPage > 1 && (
        <p className="sheet-body row-of">
          <button
            type="button"
            className="button-link"
            disabled={page >= lastPage}
            onClick={() => setPage(page + 1)}
          >
            {t('seals.later')}
          </button>
          <button
            type="button"
            className="button-link"
            disabled={page <= 1}
            onClick={() => setPage(page - 1)}
          >
            {t('seals.earlier')}
          </button>
        </p>
      )}
      <TableExport
        columns={columns.map(([label, text]) => ({ label, text }))}
        rows={() => Promise.resolve(seals)}
        title={t('seals')}
      />
    </Sheet>
  )
}

function SealTable({
  seals,
  columns,
}: {
  seals: readonly Seal[]
  columns: readonly SealColumn[]
}): ReactElement {
  const { t } = useTranslation('proof')
  return (
    <table data-labelled>
      <caption className="unseen">{t('seals')}</caption>
      <thead>
        <tr>
          {columns.map(([label]) => (
            <th scope="col" key={label}>
              {label}
            </th>
          ))}
          <th scope="col" aria-label={t('head.keep')} />
        </tr>
      </thead>
      <tbody>
        {seals.map((seal) => (
          <tr key={seal.number}>
            {columns.map(([label, value], index) => (
              <td key={label} data-label={label} data-lead={index === 0 || undefined}>
                <span className={index > 2 ? 'root-hash' : undefined}>{value(seal)}</span>
              </td>
            ))}
            <td>
              <button
                type="button"
                className="button-link"
                aria-label={t('head.keep_number', { number: seal.number })}
                onClick={() =>
                  void keepHead(t('file.head', { ledger: seal.ledger, number: seal.number }), seal)
                }
              >
                {t('head.keep')}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
