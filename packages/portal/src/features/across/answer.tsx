// The answer: the amounts as a picture, the best lawful combination with its proof in words, then every programme by how
// near it is.
import { offeredPicture } from '@suanquan/api'
import { useMemo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useSay } from '../../components/use-say.ts'
import { saveText } from '../../format/save-file.ts'
import { csvOf } from './csv.ts'
import { LineItem } from './line.tsx'
import type { Best, Line, Reckoned, Verdict } from './reckon.ts'

export function Answer({ reckoned }: { reckoned: Reckoned }): ReactElement {
  const { t } = useTranslation('across')
  const { lines, best } = reckoned
  const of = (verdict: Verdict): readonly Line[] => lines.filter((line) => line.verdict === verdict)
  return (
    <>
      {best !== null && best.totalFen > 0n && <Amounts lines={of('fits')} best={best} />}
      {best === null ? (
        <Sheet title={t('best')}>
          <EmptyState>{t('best.many')}</EmptyState>
        </Sheet>
      ) : (
        best.totalFen > 0n && <BestSheet best={best} lines={lines} />
      )}
      <Group verdict="fits" lines={of('fits')} />
      <Group verdict="near" lines={of('near')} />
      <Group verdict="open" lines={of('open')} />
      <Group verdict="elsewhere" lines={of('elsewhere')} folded />
      <p className="quiet small">{t('out', { count: of('not').length })}</p>
      <Take lines={lines} best={best} />
    </>
  )
}

function Amounts({ lines, best }: { lines: readonly Line[]; best: Best }): ReactElement {
  const text = useSay()
  const language = useLanguage()
  const picture = useMemo(() => {
    const rows = lines.map(({ id, title, fen }) => ({
      name: text(title),
      aloneFen: fen ?? 0n,
      grantedFen: best.grants.find((grant) => grant.id === id)?.fen ?? 0n,
    }))
    return offeredPicture({ rows, totalFen: best.totalFen }, language)
  }, [lines, best, language])
  return <PictureFigure picture={picture} exported={false} />
}

function BestSheet({ best, lines }: { best: Best; lines: readonly Line[] }): ReactElement {
  const { t } = useTranslation('across')
  const text = useSay()
  const { read, say } = useFormat()
  const names = best.grants.map(({ id, fen }) => ({ line: lines.find((line) => line.id === id)!, fen }))
  const papers = [...new Set(names.flatMap(({ line }) => line.evidence.map(text)))]
  const { branches, closed, unlawful, proved, pairs } = best
  return (
    <Sheet title={t('best')} aside={say(best.totalFen)}>
      <ol className="across-best">
        {names.map(({ line, fen }) => (
          <li key={line.id}>
            <span>
              {text(line.title)}
              <small>{text(line.award)}</small>
            </span>
            <span className="number">{read(fen)}</span>
          </li>
        ))}
      </ol>
      <div className="sheet-body stack">
        <p>
          {proved
            ? t('best.proof', { amount: say(best.totalFen), branches, closed, unlawful })
            : t('best.unproved')}
        </p>
        {papers.length > 0 && <p>{t('evidence.all', { documents: papers.join(t('comma')) })}</p>}
        {pairs.length > 0 && (
          <ul className="across-reasons">
            {pairs.map(({ between: [one, other], relation, why }, index) => (
              <li key={index}>
                {t(`pair.${relation}`, { one: text(one), other: text(other) })}
                {why.map(({ text: says, cite }) => (
                  <small key={says.zh}>{text(cite ?? says)}</small>
                ))}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Sheet>
  )
}

interface GroupProps {
  readonly verdict: Exclude<Verdict, 'not'>
  readonly lines: readonly Line[]
  readonly folded?: boolean
}

function Group({ verdict, lines, folded = false }: GroupProps): ReactElement | null {
  const { t } = useTranslation('across')
  if (lines.length === 0) return null
  const list = (
    <ul className="across-lines">
      {lines.map((line) => (
        <LineItem key={line.id} line={line} />
      ))}
    </ul>
  )
  return (
    <Sheet title={t(`group.${verdict}`, { count: lines.length })} aside={t(`group.${verdict}.why`)}>
      {folded ? (
        <details className="sheet-fold">
          <summary>{t('show', { count: lines.length })}</summary>
          {list}
        </details>
      ) : (
        list
      )}
    </Sheet>
  )
}

/** The answer as a file or on paper, made in this browser. */
function Take({ lines, best }: { lines: readonly Line[]; best: Best | null }): ReactElement {
  const { t } = useTranslation('across')
  const text = useSay()
  function save(): void {
    const head = (
      ['place', 'title', 'award', 'verdict', 'alone', 'best', 'why', 'needed', 'evidence'] as const
    ).map((name) => t(`csv.${name}`))
    const rows = lines.map((line) => [
      text(line.place),
      text(line.title),
      text(line.award),
      t(`verdict.${line.verdict}`),
      yuan(line.fen),
      yuan(best?.grants.find(({ id }) => id === line.id)?.fen ?? null),
      line.why.map(({ text: says }) => text(says)).join('；'),
      [...line.needed, ...line.unprinted].map(text).join('；'),
      line.evidence.map(text).join('；'),
    ])
    saveText(`${t('csv.name')}.csv`, csvOf([head, ...rows]), 'text/csv')
  }
  return (
    <div className="row-of across-take">
      <button type="button" className="button-link" onClick={() => print()}>
        {t('print')}
      </button>
      <button type="button" className="button-link" onClick={save}>
        {t('csv')}
      </button>
    </div>
  )
}

function yuan(fen: bigint | null): string {
  return fen === null ? '' : `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
}
