// What the four legs came to, why each yuan that is not paid is not paid, and the reckoning that follows.
import { waterfallPicture } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import type { Answer } from '../../client/call.ts'
import { matchLegs, MatchTable, type MatchLeg } from '../../components/match-table.tsx'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useSay } from '../../components/use-say.ts'
import { useFormat } from '../../components/use-format.ts'
import { DeterminationReceipt } from '../policy/determination.tsx'

export type Matched = Pick<Answer<'readClaim'>, 'matched' | 'determination' | 'payableFen'> &
  Partial<Pick<Answer<'readClaim'>, 'takenOver'> & Pick<Answer<'matchClaim'>, 'openMonths'>>
type Match = NonNullable<Matched['matched']>
type Shortfall = Match['shortfalls'][number]

export function MatchResult({
  result,
  period,
  awaiting = false,
}: {
  result: Matched
  period: readonly [from: string, to: string]
  awaiting?: boolean
}): ReactElement {
  const { t } = useTranslation('settlement')
  const language = useLanguage()
  const { matched, determination, takenOver } = result
  if (determination === null) return <TakenOver takenOver={takenOver ?? null} />
  return (
    <>
      {matched !== null && <MatchSheet matched={matched} period={period} awaiting={awaiting} />}
      <Sheet title={t('reckoning')}>
        <DeterminationReceipt determination={determination} />
        {matched !== null && (
          <PictureFigure picture={waterfallPicture({ ...result, matched, determination }, language)} />
        )}
      </Sheet>
    </>
  )
}

/** 接管: decided in another system; there is nothing that this platform matched or reckoned. */
function TakenOver({ takenOver }: { takenOver: Answer<'readClaim'>['takenOver'] }): ReactElement {
  const { t } = useTranslation('settlement')
  const { day } = useFormat()
  if (takenOver === null) return <></>
  const { number, systemName, oldNumber, paidOn, bankReference } = takenOver
  return (
    <Sheet title={t('taken_over')}>
      <Facts
        facts={[
          { id: 'number', label: t('taken_over.by'), value: `${number} · ${systemName}` },
          { id: 'old', label: t('taken_over.old'), value: oldNumber },
          {
            id: 'paid',
            label: t('taken_over.paid'),
            value: paidOn === null ? t('taken_over.owed') : `${day(paidOn)} · ${bankReference ?? '—'}`,
          },
        ]}
      />
    </Sheet>
  )
}

interface MatchSheetProps {
  /** legs that do not apply yet are still to come: a bill before its invoice and payment */
  readonly awaiting?: boolean
  readonly matched: Match
  readonly period: readonly [from: string, to: string]
}

/** The four legs side by side, and every amount that is not paid. */
export function MatchSheet({ matched, period, awaiting = false }: MatchSheetProps): ReactElement {
  const { t } = useTranslation('settlement')
  const why = useShortfall()
  const legOf = (name: MatchLeg): Match['legs'][number] | undefined =>
    matched.legs.find(({ leg }) => leg === name)
  const legs = Object.fromEntries(
    matchLegs.map((name) => {
      const leg = legOf(name)
      return [name, leg === undefined || !leg.applies ? (awaiting ? null : undefined) : leg.countedFen]
    }),
  ) as Record<MatchLeg, string | null | undefined>
  return (
    <Sheet title={t('match')} aside={t('match.unit')}>
      <MatchTable
        firstColumn={t('match.period')}
        rows={[
          {
            id: 'all',
            label: (
              <>
                {period[0]}
                <br />
                {period[1]}
              </>
            ),
            legs,
            shown: Object.fromEntries(matched.legs.map(({ leg, shownFen }) => [leg, shownFen])),
            least: matchLegs.find((name) => legOf(name)?.least === true) ?? null,
            shortfalls: matched.shortfalls.map(why),
          },
        ]}
      />
    </Sheet>
  )
}

/** A shortfall as a sentence: its reason, what it concerns, its amount. */
function useShortfall(): (shortfall: Shortfall) => string {
  const { t } = useTranslation('settlement')
  const { read } = useFormat()
  const say = useSay()
  return ({ text, differenceFen, refs }) => {
    const shown = refs.slice(0, REFS_SHOWN).join(t('list_comma')) + (refs.length > REFS_SHOWN ? '…' : '')
    const about = refs.length === 0 ? '' : t('shortfall.refs', { refs: shown })
    return t('shortfall', { why: `${say(text)}${about}`, amount: read(differenceFen) })
  }
}

const REFS_SHOWN = 3
