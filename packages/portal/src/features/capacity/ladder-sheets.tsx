// 利用率阶梯: of each centre what is installed, available, sold, allocated, active and effective, the months ahead, and where
// two feeds contradict each other. Several centres stand together first, each of them below.
import { aheadPicture, ladderPicture, RUNG_WORDS, sourcesOf } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { TextField } from '../../components/field.tsx'
import { FilterRow, useFilters } from '../../components/list-filter.tsx'
import { Sheet } from '../../components/page.tsx'
import { useLanguage } from '../../components/use-language.ts'

type Ladder = Answer<'readLadder'>
type Centre = Ladder['centres'][number]

export function LadderSheets(): ReactElement {
  const { t } = useTranslation('capacity')
  const language = useLanguage()
  const [{ month = '' }, change] = useFilters(['month'])
  const asked = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? { month } : {}
  const ladder = useAnswer('readLadder', { query: asked })
  const { centres, activePercent } = ladder
  return (
    <>
      <FilterRow label={t('ladder.filter')}>
        <TextField
          label={t('ladder.month')}
          value={ladder.month}
          onChange={(next) => change({ month: next })}
          type="month"
        />
      </FilterRow>
      {centres.length > 1 && (
        <Sheet title={t('ladder.all', { count: centres.length })} aside={ladder.month}>
          <PictureFigure picture={ladderPicture({ ...ladder.total, activePercent }, language)} />
        </Sheet>
      )}
      {centres.map((centre) => (
        <OneCentre key={centre.id} centre={centre} ladder={ladder} />
      ))}
    </>
  )
}

function OneCentre({ centre, ladder }: { centre: Centre; ladder: Ladder }): ReactElement {
  const { t } = useTranslation('capacity')
  const language = useLanguage()
  const { activePercent, month } = ladder
  return (
    <>
      <Sheet title={t('ladder.one', { centre: centre.name })} aside={month}>
        <PictureFigure picture={ladderPicture({ ...centre, activePercent }, language)} />
        <Contradictions centre={centre} />
        {centre.chips.length > 1 &&
          centre.chips.map(({ chip, rungs }) => (
            <details key={chip} className="sheet-body">
              <summary>{chip}</summary>
              <PictureFigure
                picture={{
                  ...ladderPicture({ rungs, standing: centre.standing, activePercent }, language),
                  title: chip,
                }}
              />
            </details>
          ))}
      </Sheet>
      <Sheet title={t('ladder.ahead', { centre: centre.name })} aside={t('ladder.ahead.why')}>
        <PictureFigure picture={aheadPicture(centre, language)} />
      </Sheet>
    </>
  )
}

function Contradictions({ centre }: { centre: Centre }): ReactElement | null {
  const { t } = useTranslation('capacity')
  const language = useLanguage()
  const name = (rung: keyof typeof RUNG_WORDS): string => RUNG_WORDS[rung][language === 'zh-CN' ? 0 : 1]
  if (centre.contradictions.length === 0) return null
  return (
    <div className="sheet-body stack">
      <strong>{t('ladder.contradictions')}</strong>
      <ul>
        {centre.contradictions.map((each) => (
          <li key={`${each.chip} ${each.rung}`}>
            {t('ladder.contradiction', {
              chip: each.chip ?? t('ladder.whole'),
              rung: name(each.rung),
              hours: each.cardHours.toLocaleString('en-US'),
              sources: sourcesOf(each.sources, language),
              within: name(each.within),
              withinHours: each.withinCardHours.toLocaleString('en-US'),
              withinSources: sourcesOf(each.withinSources, language),
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}
