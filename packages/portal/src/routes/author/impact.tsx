// A changed rule over everybody determined so far: one sentence, one picture, then the groups and each application.
import type { ReactElement } from 'react'
import { impactPicture, impactTitle, type ImpactChange } from '@suanquan/api'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { FilterRow, PAGE_SIZE, useFilters, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useSay } from '../../components/use-say.ts'
import { ImpactFirms } from '../../features/impact/firms.tsx'
import { ImpactGroups } from '../../features/impact/groups.tsx'
import type { ImpactQuery } from '../../features/impact/query.ts'
import { ByProgramme } from '../../features/ledger/by-programme.tsx'

export function ImpactView(): ReactElement {
  const { t } = useTranslation('impact')
  return (
    <ByProgramme label={t('choose')} none={{ title: t('none'), sheet: t('title'), text: t('none.text') }}>
      {(id) => <OneProgramme key={id} adoptionId={id} />}
    </ByProgramme>
  )
}

function OneProgramme({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('impact')
  const [list] = useListFilter()
  const [{ programme, from, to, change }] = useFilters(['programme', 'from', 'to', 'change'])
  const versions = useAnswer('listImpactVersions', { params: { id: adoptionId } }).items
  const chosen = versions.find(({ hash }) => hash === programme)
  if (chosen === undefined)
    return (
      <Page title={t('title')} lead={t('lead')}>
        <Choice versions={versions} />
      </Page>
    )
  const query: ImpactQuery = {
    programme: chosen.hash,
    page: list.page ?? 1,
    size: PAGE_SIZE,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(change === undefined ? {} : { change: change as ImpactChange }),
  }
  return (
    <Compared adoptionId={adoptionId} query={query}>
      <Choice versions={versions} />
    </Compared>
  )
}

interface ComparedProps {
  readonly adoptionId: string
  readonly query: ImpactQuery
  readonly children: ReactElement
}

function Compared({ adoptionId, query, children }: ComparedProps): ReactElement {
  const { t } = useTranslation('impact')
  const language = useLanguage()
  const impact = useAnswer('readImpact', { params: { id: adoptionId }, query })
  return (
    <Page
      title={impactTitle(impact.sums, language)}
      lead={impact.broken > 0 ? `${t('lead')} ${t('broken', { count: impact.broken })}` : t('lead')}
      provenance={t('provenance')}
    >
      {children}
      <PictureFigure picture={impactPicture(impact, language)} />
      <ImpactGroups impact={impact} />
      <ImpactFirms adoptionId={adoptionId} impact={impact} query={query} />
    </Page>
  )
}

interface Version {
  readonly hash: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly version: string
  readonly inForce: boolean
}

function Choice({ versions }: { versions: readonly Version[] }): ReactElement {
  const { t } = useTranslation('impact')
  const text = useSay()
  const [{ programme = '', from = '', to = '' }, change] = useFilters(['programme', 'from', 'to'])
  return (
    <Sheet title={t('period')}>
      {versions.length < 2 && <EmptyState>{t('version.empty')}</EmptyState>}
      <FilterRow label={t('period')}>
        <SelectField
          label={t('version')}
          none={t('version.none')}
          value={programme}
          onChange={(value) => change({ programme: value })}
          choices={versions.map(({ hash, title, version, inForce }) => ({
            value: hash,
            label: inForce
              ? t('version.in_force', { title: text(title), version })
              : `${text(title)} ${version}`,
          }))}
        />
        <TextField label={t('from')} type="date" value={from} onChange={(value) => change({ from: value })} />
        <TextField label={t('to')} type="date" value={to} onChange={(value) => change({ to: value })} />
      </FilterRow>
    </Sheet>
  )
}
