// 企业档案: what is known of an organisation, register by register, each fact with its source and day, and where it is
// mended; how its size class was found; who may act for it; its contracts.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet, type Crumb } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { useRoleName } from '../people/words.ts'

export type Organisation = Answer<'readOrganisation'>
type Register = Organisation['registers'][number]
type Version = Register['versions'][number]

interface Props {
  readonly organisation: Organisation
  readonly crumbs?: readonly Crumb[]
  /** where an application of it is opened */
  readonly applications: '/applications/$id' | '/review/applications/$id'
}

export function OrganisationFile({ organisation, crumbs = [], applications }: Props): ReactElement {
  const { t } = useTranslation('party')
  const stale = organisation.registers.filter(({ versions }) =>
    versions.some((version) => version.standing && version.stale),
  ).length
  const values = { name: organisation.name, count: stale }
  return (
    <Page title={t(stale === 0 ? 'title' : 'title_stale', values)} lead={t('lead')} crumbs={crumbs}>
      <Columns
        main={organisation.registers.map((register) => (
          <RegisterSheet key={register.register} register={register} />
        ))}
        side={
          <>
            <Who organisation={organisation} />
            <Size organisation={organisation} />
            <People organisation={organisation} />
          </>
        }
      />
      <Contracts organisation={organisation} applications={applications} />
    </Page>
  )
}

function RegisterSheet({ register }: { register: Register }): ReactElement {
  const { t } = useTranslation('party')
  const { day } = useFormat()
  const standing = register.versions.find((version) => version.standing)
  const earlier = register.versions.filter((version) => !version.standing)
  const limit =
    register.maxAgeDays === null
      ? t('register.no_limit')
      : t('register.limit', { count: register.maxAgeDays })
  return (
    <Sheet title={t(`register.${register.register}`)} aside={limit}>
      {standing === undefined ? (
        <EmptyState>{t('register.none')}</EmptyState>
      ) : (
        <>
          <p className="sheet-body">
            <StatusTag tone={standing.stale ? 'stopped' : 'done'}>
              {t(standing.stale ? 'register.stale' : 'register.fresh')}
            </StatusTag>{' '}
            {t('register.stands', { version: standing.version, asOf: day(standing.asOf) })}
          </p>
          <VersionFacts version={standing} />
          <p className="sheet-body quiet small">
            {t('register.mend', { where: t(`mend.${register.register}`) })}
          </p>
          {earlier.length > 0 && (
            <details className="sheet-fold">
              <summary>{t('register.earlier', { count: earlier.length })}</summary>
              {earlier.map((version) => (
                <div key={version.id}>
                  <p className="sheet-body">
                    {t('register.stands', { version: version.version, asOf: day(version.asOf) })}
                  </p>
                  <VersionFacts version={version} />
                </div>
              ))}
            </details>
          )}
        </>
      )}
    </Sheet>
  )
}

function VersionFacts({ version }: { version: Version }): ReactElement {
  const { t } = useTranslation('party')
  const { instant } = useFormat()
  const say = useSay()
  const source = t('register.source', { source: version.source, at: instant(version.importedAt) })
  return (
    <>
      <Facts
        facts={version.facts.map(({ field, label, value }) => ({
          id: field,
          label: say(label),
          value: value === null ? <span className="quiet">{t('register.silent')}</span> : say(value),
        }))}
      />
      <p className="sheet-body quiet small">{source}</p>
    </>
  )
}

function Who({ organisation }: { organisation: Organisation }): ReactElement {
  const { t } = useTranslation(['party', 'application'])
  const district = useDistrict()
  const { bankName, bankAccountMasked, kind } = organisation
  return (
    <Sheet title={t('who')}>
      <Facts
        facts={[
          { id: 'code', label: t('code'), value: organisation.creditCode },
          {
            id: 'kind',
            label: t('kind'),
            value: t(`application:firm.kind.${kind}` as 'application:firm.kind.enterprise'),
          },
          { id: 'region', label: t('region'), value: district(organisation.region) },
          { id: 'district', label: t('district'), value: district(organisation.district) },
          {
            id: 'bank',
            label: t('bank'),
            value: bankAccountMasked === null ? undefined : `${bankName} ${bankAccountMasked}`,
          },
        ]}
      />
    </Sheet>
  )
}

function Size({ organisation }: { organisation: Organisation }): ReactElement {
  const { t } = useTranslation(['party', 'words'])
  const { day } = useFormat()
  const say = useSay()
  const { sizeClass, reason, category, table, inputs } = organisation.size
  const found =
    reason === null
      ? t('size.known', {
          size: t(`words:size.${sizeClass}` as 'words:size.small'),
          category: category === null ? '' : say(category),
          table: table ?? '',
        })
      : t('size.unknown', { reason: t(`size.reason.${reason}` as 'size.reason.facts_missing') })
  return (
    <Sheet title={t('size')}>
      <p className="sheet-body">{found}</p>
      <Facts
        facts={inputs.map(({ label, value, source, asOf }) => ({
          id: label.en,
          label: say(label),
          value: value === null ? undefined : say(value),
          source: `${source} · ${day(asOf)}`,
        }))}
      />
    </Sheet>
  )
}

function People({ organisation }: { organisation: Organisation }): ReactElement {
  const { t } = useTranslation('party')
  const { instant } = useFormat()
  const name = useRoleName()
  return (
    <Sheet title={t('people')}>
      {organisation.people.length === 0 ? (
        <EmptyState>{t('people.none')}</EmptyState>
      ) : (
        <Facts
          facts={organisation.people.map(({ displayName, role, since }, index) => ({
            id: String(index),
            label: name(role as Parameters<typeof name>[0]),
            value: displayName,
            source: t('people.since', { day: instant(since) }),
          }))}
        />
      )}
    </Sheet>
  )
}

type Contract = Organisation['contracts'][number]

function Contracts({ organisation, applications }: Omit<Props, 'crumbs'>): ReactElement {
  const { t } = useTranslation('party')
  const { day, read } = useFormat()
  const columns: readonly Column<Contract>[] = [
    {
      id: 'number',
      label: t('contract.number'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => row.number,
    },
    { id: 'party', label: t('contract.party'), text: (row) => row.otherParty, cell: (row) => row.otherParty },
    {
      id: 'amount',
      label: t('contract.amount'),
      numeric: true,
      text: (row) => read(row.amountFen),
      cell: (row) => read(row.amountFen),
    },
    {
      id: 'term',
      label: t('contract.term'),
      text: (row) => `${row.startsOn} ${row.endsOn}`,
      cell: (row) => `${day(row.startsOn)} – ${day(row.endsOn)}`,
    },
    {
      id: 'application',
      label: t('contract.application'),
      text: (row) => row.applicationNumber ?? '',
      cell: (row) =>
        row.applicationId === null ? (
          '—'
        ) : (
          <Link to={applications} params={{ id: row.applicationId }}>
            {row.applicationNumber}
          </Link>
        ),
    },
  ]
  return (
    <Sheet title={t('contracts')}>
      <DataTable
        columns={columns}
        rows={organisation.contracts}
        rowId={({ id }) => id}
        caption={t('contracts')}
        empty={<EmptyState>{t('contracts.none')}</EmptyState>}
      />
    </Sheet>
  )
}
