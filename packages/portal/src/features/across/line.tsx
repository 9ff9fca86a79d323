// One programme's answer: what it would give, why, by which clause, what is still to be told and what shows it.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import type { Line, Words } from './reckon.ts'

export function LineItem({ line }: { line: Line }): ReactElement {
  const { t } = useTranslation('across')
  const text = useSay()
  const { read } = useFormat()
  const { title, award, place, fen, why, needed, unprinted, evidence, verdict } = line
  const all = (words: readonly Words[]): string => words.map(text).join(t('comma'))
  return (
    <li>
      <p className="across-line">
        <span>
          {text(title)}
          <small>
            {text(place)} · {text(award)}
          </small>
        </span>
        {fen !== null && <span className="number">{read(fen)}</span>}
      </p>
      {why.map(({ text: says, cite }) => (
        <p key={says.zh} className="small">
          {t(verdict === 'fits' ? 'why.fits' : 'why.lacks', { reason: text(says) })}
          {cite !== null && <q className="quiet">{text(cite)}</q>}
        </p>
      ))}
      {verdict === 'elsewhere' && why.length === 0 && <p className="small">{t('why.elsewhere')}</p>}
      {needed.length > 0 && <p className="small">{t('needed', { facts: all(needed) })}</p>}
      {unprinted.length > 0 && <p className="small">{t('unprinted', { terms: all(unprinted) })}</p>}
      {verdict === 'fits' && evidence.length > 0 && (
        <p className="small quiet">{t('evidence', { documents: all(evidence) })}</p>
      )}
    </li>
  )
}
