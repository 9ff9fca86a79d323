// 资金对算力 on the planning page: what the money lets firms buy, against what centres have stated free.
import { computePicture } from '@suanquan/api'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import { useAnswer } from '../../client/queries.ts'
import { Facts } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { useLanguage } from '../../components/use-language.ts'

interface ComputeSheetProps {
  readonly adoptionId: string
  readonly asked: { readonly allotmentId?: string; readonly minimumFen?: string }
}

export function ComputeSheet({ adoptionId, asked }: ComputeSheetProps): ReactElement {
  const { t } = useTranslation('round')
  const language = useLanguage()
  const plan = useAnswer('planCompute', { params: { id: adoptionId }, query: asked })
  const months = new Set(plan.lines.map(({ month }) => month)).size
  const silent = plan.centres.filter(({ stated }) => stated < months)
  return (
    <Sheet title={t('compute')} aside={t('compute.rule', { rule: t(`rule.${plan.rule}`) })}>
      <PictureFigure picture={computePicture(plan.lines, language)} />
      <Facts
        facts={[
          {
            id: 'spent',
            label: t('compute.spent'),
            value: <Money fen={plan.spentFen} />,
            source: t('compute.spent.why'),
          },
          {
            id: 'centres',
            label: t('compute.centres'),
            value:
              silent.length === 0
                ? t('compute.stated_all', { all: plan.centres.length })
                : t('compute.stated', {
                    stated: plan.centres.length - silent.length,
                    all: plan.centres.length,
                  }),
            source: silent.length === 0 ? undefined : silent.map(({ name }) => name).join(t('compute.and')),
          },
          ...(plan.unpriced.length === 0
            ? []
            : [
                { id: 'unpriced', label: t('compute.unpriced'), value: plan.unpriced.join(t('compute.and')) },
              ]),
        ]}
      />
      <p className="sheet-body">
        <Link to="/capacity">{t('compute.capacity')}</Link>
      </p>
    </Sheet>
  )
}
