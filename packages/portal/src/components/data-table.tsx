// A table whose filters stand in the address, so that a filtered view can be shared; on a phone each row becomes a
// labelled block. The file that is downloaded holds all rows of the filter, not only the page that is seen.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TableExport } from './table-export.tsx'
import { useShownColumns } from './table-tools.tsx'
import './table.css'
import './data-table.css'

export interface Column<Row> {
  readonly id: string
  readonly label: string
  readonly cell: (row: Row) => ReactNode
  /** the plain text of the cell, for the downloaded file */
  readonly text: (row: Row) => string
  readonly numeric?: boolean
  /** names the row: it leads the block on a phone */
  readonly leads?: boolean
}

interface DataTableProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  readonly caption: string
  /** all rows of the filter, for the file, where the page shows a part of them */
  readonly allRows?: () => Promise<readonly Row[]>
  readonly fileName?: string
  readonly empty: ReactNode
  readonly select?: Selection
  /** in the address, where a page has several tables */
  readonly name?: string
}

/** Rows that can be ticked, for acts on several at once. */
export interface Selection {
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { rows, rowId, caption, allRows, fileName, empty, select } = props
  const { columns, tools } = useShownColumns(props.columns, props.name)
  if (rows.length === 0) {
    return empty === null ? (
      <></>
    ) : (
      <>
        {tools}
        {empty}
      </>
    )
  }
  return (
    <>
      {tools}
      <table data-labelled>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {select !== undefined && <ChooseAll ids={rows.map(rowId)} select={select} />}
            {columns.map((column) => (
              <th scope="col" key={column.id} className={column.numeric === true ? 'number' : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={rowId(row)} row={row} id={rowId(row)} columns={columns} select={select} />
          ))}
        </tbody>
      </table>
      <TableExport
        columns={columns.filter(({ label }) => label !== '')}
        rows={allRows ?? (() => Promise.resolve(rows))}
        title={fileName ?? caption}
      />
    </>
  )
}

interface TableRowProps<Row> {
  readonly row: Row
  readonly id: string
  readonly columns: readonly Column<Row>[]
  readonly select: Selection | undefined
}

function TableRow<Row>({ row, id, columns, select }: TableRowProps<Row>): ReactElement {
  const { t } = useTranslation('components')
  const lead = columns.find((column) => column.leads) ?? columns[0]!
  return (
    <tr>
      {select !== undefined && (
        <td data-label={t('table.choose')}>
          <input
            type="checkbox"
            className="tick"
            aria-label={t('table.choose_row', { row: lead.text(row) })}
            checked={select.chosen.has(id)}
            onChange={(event) => select.onChange(withId(select.chosen, id, event.target.checked))}
          />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          className={column.numeric === true ? 'number' : undefined}
          data-label={column.label}
          data-lead={column.leads === true || undefined}
        >
          <div>{column.cell(row)}</div>
        </td>
      ))}
    </tr>
  )
}

function ChooseAll({ ids, select }: { ids: readonly string[]; select: Selection }): ReactElement {
  const { t } = useTranslation('components')
  const all = ids.every((id) => select.chosen.has(id))
  return (
    <th scope="col">
      <input
        type="checkbox"
        className="tick"
        aria-label={t('table.choose_all')}
        checked={all}
        onChange={() => select.onChange(new Set(all ? [] : ids))}
      />
    </th>
  )
}

function withId(chosen: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const next = new Set(chosen)
  if (on) next.add(id)
  else next.delete(id)
  return next
}
