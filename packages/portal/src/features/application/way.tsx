// One picture of where an application stands: what is behind it, who acts now and how long they have, what comes next.
// It is drawn from the stations that the server reads from the application's own table.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Deadline } from '../../components/deadline.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { Steps } from '../../components/steps.tsx'
import { useFormat } from '../../components/use-format.ts'
import { grantsOf } from './grants.ts'
import './way.css'

type Standing = Pick<Answer<'readProgress'>, 'stations' | 'clock' | 'deadlineOn' | 'workingDaysLeft' | 'way'>
type Station = Standing['stations'][number]

export function Way({ standing }: { standing: Standing }): ReactElement {
  const { t } = useTranslation('words')
  const label = useStationLabel()
  const steps = standing.stations.map((station) => ({
    id: `${station.state}-${station.phase}`,
    label: label(station, standing.way),
    state: station.phase,
    detail: <Detail station={station} />,
  }))
  return (
    <div className="way">
      <Steps steps={steps} label={t('station.way')} />
      <Turn standing={standing} />
    </div>
  )
}

function useStationLabel(): (station: Pick<Station, 'state'>, way: Standing['way']) => string {
  const { t } = useTranslation('words')
  return ({ state }, way) =>
    t([`station.${state}`, `application.${state}`] as unknown as 'station.granted', {
      context: grantsOf(way),
    })
}

function Detail({ station }: { station: Station }): ReactElement | null {
  const { t } = useTranslation('words')
  const { day } = useFormat()
  const actor = useActor()
  const { phase, reachedOn, awaited, withinDays, returns } = station
  const came = reachedOn === null ? '' : day(reachedOn)
  const again = returns === 0 ? '' : t('station.returns', { count: returns })
  if (phase !== 'ahead') return <>{[came, again].filter((part) => part !== '').join(' · ')}</>
  if (awaited === null) return null
  return (
    <>
      {actor(awaited)}
      {withinDays !== null && (
        <span className="way-within"> · {t('station.within', { count: withinDays })}</span>
      )}
    </>
  )
}

function useActor(): (actor: string) => string {
  const { t } = useTranslation('words')
  return (actor) => t(`actor.${actor}` as 'actor.clerk')
}

/** Whose turn it is, until when, and whether the office's clock runs or stands. */
function Turn({ standing }: { standing: Standing }): ReactElement | null {
  const { t } = useTranslation('words')
  const { day } = useFormat()
  const actor = useActor()
  const label = useStationLabel()
  const { stations, clock, deadlineOn, workingDaysLeft, way } = standing
  const at = stations.findIndex(({ phase }) => phase === 'current')
  const here = stations[at]
  if (here === undefined || here.awaited === null) return null
  const next = stations[at + 1]
  return (
    <div className="way-turn">
      <p>
        {t('turn.now', { actor: actor(here.awaited) })}{' '}
        {deadlineOn !== null && <Deadline workingDaysLeft={workingDaysLeft} on={day(deadlineOn)} />}{' '}
        {deadlineOn !== null && <span className="quiet">{t('turn.by', { day: day(deadlineOn) })}</span>}
        {next !== undefined && <> {t('turn.next', { next: label(next, way) })}</>}
      </p>
      {clock !== null && clock.stopped && (
        <p>
          <StatusTag tone="quiet">{t('turn.stopped')}</StatusTag>{' '}
          {t('turn.stands', { used: clock.usedDays, limit: clock.limitDays, left: clock.leftDays })}
        </p>
      )}
      {clock !== null && !clock.stopped && clock.usedDays >= 0 && clock.leftDays >= 0 && (
        <p className="quiet">{t('turn.runs', { used: clock.usedDays, limit: clock.limitDays })}</p>
      )}
    </div>
  )
}
