// The calculator across all programmes: the facts at the side, the answer beside them. Fetched when somebody starts.
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { Typed } from '../calculator/rules.ts'
import { Answer } from './answer.tsx'
import { Compared } from './compared.tsx'
import { AcrossForm } from './form.tsx'
import type { Reckoned } from './reckon.ts'
import { useReckoning } from './use-reckoning.ts'
import './across.css'

export function Across(): ReactElement {
  const { t } = useTranslation('across')
  const { today } = useAnswer('readSite')
  const [firm, setFirm] = useState<Typed>({ 'application.submitted_on': today })
  const [own, setOwn] = useState<readonly Typed[]>([{}])
  const [chosen, setChosen] = useState(0)
  const offers = useMemo(() => own.map((offer) => ({ ...firm, ...offer })), [firm, own])
  const { reckoned, places, error } = useReckoning(offers)
  const shown = reckoned[chosen]
  const typed = Object.keys(firm).length > 1 || Object.keys(own[0]!).length > 0
  return (
    <Page
      crumbs={[
        { label: t('crumb.home'), to: '/' },
        { label: t('crumb.calculator'), to: '/calculator' },
        { label: t('crumb') },
      ]}
      title={useTitle(typed ? shown : undefined)}
      lead={t('lead')}
      provenance={t('provenance')}
    >
      <Note tone="done">{t('private')}</Note>
      <ErrorNote error={error} />
      <Columns
        sideFirst
        main={
          <div aria-live="polite">
            {own.length > 1 && <Compared offers={offers} reckoned={reckoned} />}
            {shown === undefined ? (
              <Sheet title={t('answer')}>
                <EmptyState>{t('loading')}</EmptyState>
              </Sheet>
            ) : (
              <Answer reckoned={shown} />
            )}
          </div>
        }
        side={
          <AcrossForm
            firm={firm}
            offers={own}
            chosen={chosen}
            places={places}
            matter={shown?.matter ?? {}}
            onFirm={setFirm}
            onOffers={setOwn}
            onChoose={setChosen}
          />
        }
      />
    </Page>
  )
}

function useTitle(shown: Reckoned | undefined): string {
  const { t } = useTranslation('across')
  const { say } = useFormat()
  if (shown === undefined) return t('title')
  const count = shown.lines.filter(({ verdict }) => verdict === 'fits').length
  if (count > 0 && shown.best !== null) return t('title.fits', { count, amount: say(shown.best.totalFen) })
  if (count > 0) return t('title.many', { count })
  const open = shown.lines.filter(({ verdict }) => verdict === 'open').length
  return open > 0 ? t('title.open', { count: open }) : t('title.not')
}
