// The neighbours of a case in its queue, by button and by key: J the next, K the previous.
import { Link, useNavigate, type LinkProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../components/use-keys.ts'

interface TurnProps {
  readonly to: '/review/applications/$id' | '/review/claims/$id'
  readonly id: string
  /** what waits, in the order of the queue */
  readonly queue: readonly { readonly id: string }[]
}

export function Turn({ to, id, queue }: TurnProps): ReactElement {
  const { t } = useTranslation('review')
  const navigate = useNavigate()
  const at = queue.findIndex((row) => row.id === id)
  const previous = at > 0 ? queue[at - 1] : undefined
  const next = queue[at + 1]?.id === id ? undefined : queue[at + 1]
  const linkTo = (neighbour: { readonly id: string }): LinkProps => ({
    to,
    params: { id: neighbour.id } as never,
  })
  useKeys({
    j: next && (() => void navigate(linkTo(next) as never)),
    k: previous && (() => void navigate(linkTo(previous) as never)),
  })
  return (
    <div className="bench-turn">
      {previous !== undefined && (
        <Link {...linkTo(previous)}>
          {t('bench.previous')} <kbd>K</kbd>
        </Link>
      )}
      {next !== undefined && (
        <Link {...linkTo(next)}>
          {t('bench.next')} <kbd>J</kbd>
        </Link>
      )}
      <span className="quiet small">{t('bench.waiting', { count: queue.length })}</span>
    </div>
  )
}
