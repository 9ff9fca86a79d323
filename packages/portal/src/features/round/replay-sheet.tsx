// 自己复算: one press, and this browser works the result out again from the published list and draw; or from another draw, to
// see that it would not agree.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { TextField } from '../../components/field.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { Note } from '../../components/empty-state.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { saveText } from '../../format/save-file.ts'
import type { Replayed } from './replay.ts'
import './round.css'

type Round = Answer<'readRound'>

export function ReplaySheet({ round }: { round: Round }): ReactElement {
  const { t } = useTranslation('round')
  const [shown, setShown] = useState(round.shown ?? '')
  const [made, setMade] = useState<Replayed | null>(null)
  async function work(event?: FormEvent): Promise<void> {
    event?.preventDefault()
    const { replay } = await import('./replay.ts')
    setMade(replay(round, round.rule === 'lottery' ? shown : null))
  }
  if (round.awardedFen === null)
    return (
      <Sheet title={t('replay')}>
        <p className="sheet-body">{t('replay.none')}</p>
        <Files round={round} />
      </Sheet>
    )
  return (
    <Sheet title={t('replay')} aside={t('replay.lead')}>
      <form className="form" onSubmit={(event) => void work(event)}>
        {round.rule === 'lottery' && (
          <TextField
            label={t('replay.changed')}
            help={t('replay.changed.help')}
            value={shown}
            onChange={(value) => {
              setShown(value)
              setMade(null)
            }}
            maxLength={200}
          />
        )}
        <div className="wide">
          <button className="button">{t('replay.do')}</button>
        </div>
      </form>
      {made !== null && <Result made={made} />}
      <Files round={round} />
    </Sheet>
  )
}

function Result({ made }: { made: Replayed }): ReactElement {
  const { t } = useTranslation('round')
  if (!made.ok) return <Note tone="stopped">{t('replay.broken', { why: made.code })}</Note>
  const { lines, same, seedSame, result } = made.value
  const differing = lines.filter((line) => !line.same).length
  return (
    <div aria-live="polite">
      <Note tone={same ? 'done' : 'stopped'}>
        {same ? (
          t('replay.same', { count: lines.length })
        ) : (
          <>
            {!seedSame && <p>{t('replay.seed_differs')}</p>}
            {t('replay.differs', { count: differing })}
          </>
        )}
      </Note>
      {result.seed !== null && (
        <p className="sheet-body">
          {t('replay.seed')} <span className="code round-hash">{result.seed}</span>
        </p>
      )}
      <table data-labelled>
        <caption className="unseen">{t('replay')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.number')}</th>
            <th scope="col" className="number">
              {t('replay.turn')}
            </th>
            <th scope="col" className="number">
              {t('replay.award')}
            </th>
            <th scope="col">{t('replay.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.number}>
              <td data-label={t('column.number')} data-lead>
                <div className="code">{line.number}</div>
              </td>
              <td className="number" data-label={t('replay.turn')}>
                <div>{line.turn}</div>
              </td>
              <td className="number" data-label={t('replay.award')}>
                <div>
                  <Money fen={line.awardFen} />
                </div>
              </td>
              <td data-label={t('replay.verdict')}>
                <div>
                  <StatusTag tone={line.same ? 'done' : 'stopped'}>
                    {t(line.same ? 'replay.yes' : 'replay.no')}
                  </StatusTag>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What is published, for other tools. */
function Files({ round }: { round: Round }): ReactElement {
  const { t } = useTranslation('round')
  const lottery = round.rule === 'lottery'
  async function text(): Promise<void> {
    const { textOf } = await import('./replay.ts')
    saveText(`${round.number}.txt`, textOf(round), 'text/plain')
  }
  return (
    <div className="sheet-body round-files">
      <button type="button" className="button-link" onClick={() => void text()}>
        {t('file.text')}
      </button>
      <button
        type="button"
        className="button-link"
        onClick={() => saveText(`${round.number}.json`, JSON.stringify(round, null, 2), 'application/json')}
      >
        {t('file.json')}
      </button>
      <details>
        <summary>{t('replay.how')}</summary>
        <ol>
          <li>{t('replay.how.1')}</li>
          {lottery ? (
            <>
              <li>{t('replay.how.2')}</li>
              <li>{t('replay.how.3')}</li>
            </>
          ) : (
            <li>{t('replay.how.other')}</li>
          )}
          <li>
            {t('replay.how.cli')} <span className="code">{`suanquan round replay ${round.number}.json`}</span>
          </li>
        </ol>
      </details>
    </div>
  )
}
