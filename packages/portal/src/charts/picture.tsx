// A picture carries its finding as the sentence above it, and its data as a table below.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './picture.css'

interface PictureProps {
  readonly finding: ReactNode
  readonly legend: string
  readonly children: ReactNode
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
}

export function Picture({ finding, legend, children, table }: PictureProps): ReactElement {
  const { t } = useTranslation('components')
  return (
    <figure className="picture">
      <p>{finding}</p>
      {children}
      <figcaption>{legend}</figcaption>
      <details>
        <summary>{t('picture.data')}</summary>
        <div className="picture-table" tabIndex={0} role="group" aria-label={t('picture.data')}>
          <table>
            <thead>
              <tr>
                {table.head.map((label, index) => (
                  <th scope="col" key={label} className={index > 0 ? 'number' : undefined}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row[0]}>
                  {row.map((cell, index) => (
                    <td key={index} className={index > 0 ? 'number' : undefined}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}
