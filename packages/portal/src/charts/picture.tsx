// A picture on a page: its finding, the sentence that says it, the drawing as wide as there is room, how to read it, and
// its data as a table and as files. The picture itself comes from the shared package, as it does in documents.
import { pictureSvg, type Picture, type PictureTable } from '@suanquan/api'
import {
  createElement,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type RefObject,
} from 'react'
import { useTranslation } from 'react-i18next'
import { TableExport } from '../components/table-export.tsx'
import { saveText } from '../format/save-file.ts'
import './picture.css'

/** of a picture that is kept as a file */
const FILE_WIDTH = 720

interface PictureProps {
  readonly picture: Picture
  /** false where nothing of it may leave the browser: the server writes the files of tables */
  readonly exported?: boolean
}

export function PictureFigure({ picture, exported = true }: PictureProps): ReactElement {
  const { t } = useTranslation('components')
  return (
    <figure className="picture">
      <h3>{picture.title}</h3>
      <p>{picture.sentence}</p>
      <Drawing picture={picture} />
      <figcaption>{picture.legend}</figcaption>
      <div className="picture-more">
        <details>
          <summary>{t('picture.data')}</summary>
          <Data table={picture.table} />
        </details>
        <button
          type="button"
          className="button-link"
          onClick={() => saveText(`${picture.name}.svg`, pictureSvg(picture, FILE_WIDTH), 'image/svg+xml')}
        >
          {t('picture.svg')}
        </button>
        {exported && <PictureExport picture={picture} />}
      </div>
    </figure>
  )
}

function PictureExport({ picture: { name, table } }: { picture: Picture }): ReactElement {
  const columns = table.head.map((label, index) => ({
    label,
    text: (row: readonly string[]) => row[index] ?? '',
    numeric: index >= table.labels,
  }))
  return <TableExport columns={columns} rows={() => Promise.resolve(table.rows)} title={name} />
}

function Drawing({ picture }: { picture: Picture }): ReactElement {
  const ref = useRef<HTMLDivElement>(null)
  const { width, scale } = useRoom(ref)
  const scene = useMemo(() => picture.draw(width / scale), [picture, width, scale])
  return (
    <div className="picture-room" ref={ref}>
      <svg
        viewBox={`0 0 ${scene.width} ${scene.height}`}
        role="img"
        aria-label={`${picture.title} ${picture.sentence}`}
      >
        {scene.marks.map(({ tag, attributes, text }, index) =>
          createElement(tag, { key: index, ...attributes }, text),
        )}
      </svg>
    </div>
  )
}

/** The room for a drawing, and how much larger than usual the reader's type is. */
function useRoom(ref: RefObject<HTMLDivElement | null>): { readonly width: number; readonly scale: number } {
  const [room, setRoom] = useState({ width: 340, scale: 1 })
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const measure = (): void => {
      const width = Math.floor(element.clientWidth)
      const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 15
      setRoom((now) => (width === 0 || (now.width === width && now.scale === scale) ? now : { width, scale }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return room
}

function Data({ table }: { table: PictureTable }): ReactElement {
  const { t } = useTranslation('components')
  return (
    <div className="picture-table" tabIndex={0} role="group" aria-label={t('picture.data')}>
      <table>
        <thead>
          <tr>
            {table.head.map((label, index) => (
              <th scope="col" key={label} className={index >= table.labels ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, index) => (
                <td key={index} className={index >= table.labels ? 'number' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
