// 算力目录: who rents out what here, how it compares, what was paid, and which programmes accept it. Only what this site knows.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { SelectField } from '../../components/field.tsx'
import { FilterRow, useFilters } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../../components/table.css'
import './catalogue.css'

type Offer = Answer<'listCatalogue'>['items'][number]

export function Catalogue(): ReactElement {
  const { t } = useTranslation('market')
  const { items, providersWithoutDevices } = useAnswer('listCatalogue')
  const { today } = useAnswer('readSite')
  const { day } = useFormat()
  const [filter] = useFilters(['region', 'chip', 'programme'])
  const shown = items.filter(
    (offer) =>
      (filter.region === undefined || offer.region === filter.region) &&
      (filter.chip === undefined || offer.chip === filter.chip) &&
      (filter.programme === undefined ||
        offer.programmes.some(({ id, accepts }) => id === filter.programme && accepts !== 'no')),
  )
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/' }, { label: t('name') }]}
      title={t('title', { count: items.length })}
      lead={t('lead')}
      provenance={t('provenance', { day: day(today) })}
    >
      {items.length === 0 ? (
        <Sheet title={t('name')}>
          <EmptyState>{t('none')}</EmptyState>
        </Sheet>
      ) : (
        <>
          <Filters items={items} />
          {shown.length === 0 && (
            <Sheet title={t('filter')}>
              <EmptyState>{t('empty')}</EmptyState>
            </Sheet>
          )}
          <div className="offers">
            {shown.map((offer) => (
              <OfferSheet key={`${offer.providerId}-${offer.chip}`} offer={offer} />
            ))}
          </div>
        </>
      )}
      {providersWithoutDevices.length > 0 && (
        <p className="quiet">{t('without', { names: providersWithoutDevices.join(' · ') })}</p>
      )}
    </Page>
  )
}

function Filters({ items }: { items: readonly Offer[] }): ReactElement {
  const { t } = useTranslation('market')
  const text = useSay()
  const district = useDistrict()
  const [filter, change] = useFilters(['region', 'chip', 'programme'])
  const once = <Value,>(values: readonly Value[]): Value[] => [...new Set(values)]
  const programmes = items[0]?.programmes ?? []
  const choices = {
    region: once(items.map(({ region }) => region)).map((code) => ({ value: code, label: district(code) })),
    chip: once(items.map(({ chip }) => chip)).map((chip) => ({ value: chip, label: nameOf(items, chip) })),
    programme: programmes.map(({ id, title }) => ({ value: id, label: text(title) })),
  }
  return (
    <FilterRow label={t('filter')}>
      {(['region', 'chip', 'programme'] as const).map((name) => (
        <SelectField
          key={name}
          label={t(`filter.${name}`)}
          none={t('filter.any')}
          value={filter[name] ?? ''}
          onChange={(value) => change({ [name]: value === '' ? undefined : value })}
          choices={choices[name]}
        />
      ))}
    </FilterRow>
  )
}

function nameOf(items: readonly Offer[], chip: string): string {
  return items.find((offer) => offer.chip === chip)?.accelerator?.model ?? chip
}

const TONES: Readonly<Record<Offer['programmes'][number]['accepts'], Tone>> = {
  yes: 'done',
  open: 'waits',
  no: 'stopped',
}

function OfferSheet({ offer }: { offer: Offer }): ReactElement {
  const { t } = useTranslation('market')
  const text = useSay()
  const district = useDistrict()
  const { accelerator } = offer
  const seen = (['contracted', 'metered'] as const).filter((how) => offer[how]).map((how) => t(`seen.${how}`))
  return (
    <Sheet title={accelerator?.model ?? offer.chip} aside={offer.providerName}>
      <Facts
        facts={[
          ...useComputeFacts(accelerator),
          { id: 'price', label: t('price'), ...usePrice(offer) },
          { id: 'region', label: t('region'), value: district(offer.region) },
          { id: 'seen', label: t('seen'), value: seen.join(' · ') },
          {
            id: 'programmes',
            label: t('programmes'),
            value: (
              <ul className="offer-programmes">
                {offer.programmes.map(({ id, title, accepts, why }) => (
                  <li key={id}>
                    <Link to="/programmes/$id" params={{ id }}>
                      {text(title)}
                    </Link>{' '}
                    <StatusTag tone={TONES[accepts]}>{t(`accepts.${accepts}`)}</StatusTag>
                    {why !== null && <small className="quiet">{text(why)}</small>}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Sheet>
  )
}

function useComputeFacts(
  accelerator: Offer['accelerator'],
): readonly { id: string; label: string; value: string; source?: string }[] {
  const { t } = useTranslation('market')
  const { day } = useFormat()
  if (accelerator === null) return [{ id: 'dense', label: t('dense'), value: t('unknown_chip') }]
  const { denseTflops, sparseTflops, memoryGib, source, checkedOn } = accelerator
  const tflops = (value: number): string => t('tflops', { value: value.toLocaleString('en-US') })
  return [
    {
      id: 'dense',
      label: t('dense'),
      value:
        denseTflops === null
          ? t('dense.none')
          : `${tflops(denseTflops)} · ${t('p', { value: denseTflops.toLocaleString('en-US') })}`,
      source: t('source', { source, day: day(checkedOn) }),
    },
    ...(sparseTflops === null ? [] : [{ id: 'sparse', label: t('sparse'), value: tflops(sparseTflops) }]),
    ...(memoryGib === null
      ? []
      : [{ id: 'memory', label: t('memory'), value: t('gib', { value: memoryGib }) }]),
  ]
}

function usePrice({ price }: Offer): { readonly value: string; readonly source?: string } {
  const { t } = useTranslation('market')
  const { read } = useFormat()
  if (price === null) return { value: t('price.none') }
  const same = price.lowestFen === price.highestFen
  return {
    value: same ? read(price.lowestFen) : `${read(price.lowestFen)} – ${read(price.highestFen)}`,
    source: t('price.of', { count: price.contracts }),
  }
}
