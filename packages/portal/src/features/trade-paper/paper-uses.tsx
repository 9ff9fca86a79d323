// What of a paper is used, as a bar and by which cases; a case leads to its page where the reader has one.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useActsAs } from '../../client/session.ts'
import { Money } from '../../components/money.tsx'
import { useFormat } from '../../components/use-format.ts'
import './trade-paper.css'

type Paper = Answer<'listTradePapers'>['items'][number]

export function UseBar({ paper }: { paper: Paper }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const { read } = useFormat()
  if (paper.amountFen === null || BigInt(paper.amountFen) <= 0n) return <span className="quiet">—</span>
  const percent = Number((BigInt(paper.usedFen) * 100n) / BigInt(paper.amountFen))
  return (
    <>
      <Money fen={paper.usedFen} form="ledger" />
      <span
        className="paper-use"
        role="img"
        aria-label={t('use.bar', { percent, used: read(paper.usedFen), amount: read(paper.amountFen) })}
      >
        <i style={{ width: `${Math.min(100, percent)}%` }} />
      </span>
    </>
  )
}

export function Uses({ uses }: { uses: Paper['uses'] }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const { read } = useFormat()
  const reviews = useActsAs('reviewer')
  if (uses.length === 0) return <span className="quiet">{t('use.none')}</span>
  return (
    <ul className="paper-uses">
      {uses.map(({ about, id, number, usedFen }) => (
        <li key={`${about}-${id}`}>
          {about === 'claim' ? (
            <Link to={reviews ? '/review/claims/$id' : '/claims/$id'} params={{ id }}>
              {number}
            </Link>
          ) : (
            <Link to={reviews ? '/review/applications/$id' : '/applications/$id'} params={{ id }}>
              {number}
            </Link>
          )}
          {usedFen !== '0' && ` ${read(usedFen)}`}
        </li>
      ))}
    </ul>
  )
}
