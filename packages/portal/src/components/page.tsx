// A page answers: its title is the answer, one sentence gives the reason, then the reckoning or the picture, then facts,
// and last in small type where the numbers come from.
import { Link, type LinkProps } from '@tanstack/react-router'
import { useEffect, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './page.css'

export interface Crumb {
  readonly label: string
  readonly to?: LinkProps['to']
  readonly params?: Record<string, string>
}

interface PageProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly crumbs?: readonly Crumb[]
  /** data cut, rule and version, number under which it can be recomputed */
  readonly provenance?: ReactNode
  readonly children?: ReactNode
}

export function Page({ title, lead, crumbs = [], provenance, children }: PageProps): ReactElement {
  const { t } = useTranslation('shell')
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`
  }, [title, t])
  return (
    <>
      {crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
      <h1 className="page-title">{title}</h1>
      {lead !== undefined && <p className="page-lead">{lead}</p>}
      {children}
      {provenance !== undefined && <p className="page-provenance">{provenance}</p>}
    </>
  )
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }): ReactElement {
  const { t } = useTranslation('components')
  return (
    <nav className="page-crumbs" aria-label={t('crumbs')}>
      <ol>
        {crumbs.map(({ label, to, params }) => (
          <li key={label}>
            {to === undefined ? (
              <span>{label}</span>
            ) : (
              <Link {...({ to, params } as LinkProps)}>{label}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface ColumnsProps {
  readonly main: ReactNode
  readonly side: ReactNode
  /** on a phone the side holds the answer and comes first */
  readonly sideFirst?: boolean
}

/** The main thing at the left, what accompanies it at the right; one column on a phone, the main thing first. */
export function Columns({ main, side, sideFirst = false }: ColumnsProps): ReactElement {
  return (
    <div className="columns" data-side-first={sideFirst || undefined}>
      <div>{main}</div>
      <div>{side}</div>
    </div>
  )
}

interface SheetProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly id?: string
}

export function Sheet({ title, aside, children, actions, id }: SheetProps): ReactElement {
  return (
    <section className="sheet" id={id}>
      <h2 className="sheet-head">
        <span>{title}</span>
        {aside !== undefined && <small>{aside}</small>}
      </h2>
      {children}
      {actions !== undefined && <div className="sheet-actions">{actions}</div>}
    </section>
  )
}
