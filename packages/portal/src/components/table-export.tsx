// The foot of every table: its rows as CSV or Excel, all rows of the filter and not only the page that is seen. The
// server writes the file and notes in its trail who took it.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { callFile } from '../client/call.ts'
import { saveFile } from '../format/save-file.ts'
import { ErrorNote } from './error-note.tsx'
import { shownFilter } from './shown-filter.ts'
import { useLanguage } from './use-language.ts'
import './data-table.css'

const FORMATS = ['xlsx', 'csv'] as const

/** What of a column goes into the file. */
export interface ExportColumn<Row> {
  readonly label: string
  /** the plain text of the cell */
  readonly text: (row: Row) => string
  readonly numeric?: boolean
}

interface TableExportProps<Row> {
  readonly columns: readonly ExportColumn<Row>[]
  readonly rows: () => Promise<readonly Row[]>
  readonly title: string
}

export function TableExport<Row>({ columns, rows, title }: TableExportProps<Row>): ReactElement {
  const { t } = useTranslation('components')
  const language = useLanguage()
  const [making, setMaking] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  async function take(format: (typeof FORMATS)[number]): Promise<void> {
    setMaking(true)
    setError(null)
    try {
      const all = await rows()
      const body = {
        format,
        language: language === 'zh-CN' ? ('zh' as const) : ('en' as const),
        title,
        address: `${location.pathname}${location.search}`.slice(0, 2000),
        filter: shownFilter(document.querySelector('main') ?? document),
        columns: columns.map(({ label, numeric }) => ({
          label,
          kind: numeric === true ? ('number' as const) : ('text' as const),
        })),
        rows: all.map((row) => columns.map((column) => valueOf(column, row))),
      }
      const { blob, fileName } = await callFile('exportTable', { body })
      saveFile(fileName, blob)
    } catch (failed) {
      setError(failed as Error)
    }
    setMaking(false)
  }
  return (
    <div className="table-foot" data-export={title}>
      <span>{t('table.export')}</span>
      {FORMATS.map((format) => (
        <button
          type="button"
          key={format}
          className="button-link"
          disabled={making}
          aria-label={t('table.export_as', { title, format: t(`table.${format}`) })}
          onClick={() => void take(format)}
        >
          {t(`table.${format}`)}
        </button>
      ))}
      <ErrorNote error={error} />
    </div>
  )
}

/** Figures go without their thousands separators and with a plain minus. */
function valueOf<Row>({ numeric, text }: ExportColumn<Row>, row: Row): string {
  const plain = text(row)
  return numeric === true ? plain.replace(/(?<=\d),(?=\d{3})/g, '').replace(/^−/, '-') : plain
}
