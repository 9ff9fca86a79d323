// 常见问题, made from the programme itself: what disqualifies, how long, what counts, how a voucher ends.
import { grantsOf } from '../application/grants.ts'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'

type Adoption = Answer<'readAdoption'>

export interface Question {
  readonly id: string
  readonly asks: string
  readonly answers: readonly string[]
}

/** Working days of authority and finance together; null where the programme sets none. */
export function countedDays({ stages }: Adoption): number | null {
  const counted = stages.flatMap(({ counts, workingDays }) =>
    counts && workingDays !== null ? [workingDays] : [],
  )
  return counted.length === 0 ? null : counted.reduce((sum, days) => sum + days, 0)
}

export function useQuestions(): (programme: Adoption) => readonly Question[] {
  const { t } = useTranslation('policy')
  const text = useSay()
  const { day } = useFormat()
  return (programme) => {
    const days = countedDays(programme)
    const byPeople = programme.conditions.filter(({ decidedBy }) => decidedBy !== 'machine')
    const voucher: readonly Question[] =
      grantsOf(programme.way) === 'payable' || programme.voucherUsableUntil === null
        ? []
        : [
            { id: 'transfer', asks: t('faq.transfer'), answers: [t('faq.transfer.a')] },
            {
              id: 'usable',
              asks: t('faq.usable'),
              answers: [t('faq.usable.a', { day: day(programme.voucherUsableUntil) })],
            },
            {
              id: 'parts',
              asks: t('faq.parts'),
              answers: [t(programme.claimsInParts ? 'faq.parts.yes' : 'faq.parts.no')],
            },
          ]
    return [
      { id: 'out', asks: t('faq.out'), answers: programme.conditions.map(({ fail }) => text(fail)) },
      { id: 'counts', asks: t('faq.counts'), answers: programme.awards.map(({ base }) => text(base)) },
      {
        id: 'how_long',
        asks: t('faq.how_long'),
        answers: [days === null ? t('faq.how_long.open') : t('faq.how_long.a', { count: days })],
      },
      {
        id: 'who_decides',
        asks: t('faq.who_decides'),
        answers: byPeople.length === 0 ? [t('faq.none')] : byPeople.map((each) => text(each.text)),
      },
      ...voucher,
      { id: 'object', asks: t('faq.object'), answers: [t('faq.object.a')] },
    ]
  }
}
