// 资金对算力 at the bench: shown where what centres have free does not carry what this approval and those before it buy.
import { computePicture } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import type { Answer } from '../../client/call.ts'
import { Sheet } from '../../components/page.tsx'
import { useLanguage } from '../../components/use-language.ts'

export function AwardCompute({
  application,
}: {
  application: Answer<'readApplication'>
}): ReactElement | null {
  const { t } = useTranslation('review')
  const language = useLanguage()
  const lines = application.compute ?? []
  const short = lines.filter(({ standing }) => standing === 'short')
  if (short.length === 0) return null
  const together = lines.map((line) => ({
    ...line,
    wantedCardHours: line.wantedCardHours + line.promisedCardHours,
  }))
  return (
    <Sheet title={t('compute.short', { count: short.length })} aside={t('compute.short.why')}>
      <PictureFigure picture={computePicture(together, language)} />
    </Sheet>
  )
}
