import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useFormat } from '../../components/use-format.ts'
import type { Application } from './use-draft.ts'

/** The firm as the registers know it: nothing to type, each fact with its source and day. */
export function FirmStep({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation(['application', 'words'])
  const { day } = useFormat()
  const district = useDistrict()
  const organisation = useAnswer('listMyOrganisations', { query: {} }).items.find(
    ({ id }) => id === application.organisationId,
  )
  if (organisation === undefined) {
    return (
      <Sheet title={t('firm')}>
        <Facts
          facts={[
            { id: 'name', label: t('firm.name'), value: application.organisationName },
            { id: 'code', label: t('firm.code'), value: application.creditCode },
          ]}
        />
      </Sheet>
    )
  }
  const source = t('firm.source', { source: organisation.source, day: day(organisation.asOf) })
  const fact = (
    id: string,
    label: string,
    value: string | undefined,
  ): { id: string; label: string; value: string | undefined; source: string } => ({
    id,
    label,
    value,
    source,
  })
  return (
    <>
      {organisation.creditCodeDoubt === 'check_digit' && <Note tone="waits">{t('firm.doubt')}</Note>}
      <Sheet title={t('firm')} aside={t('firm.prefilled')}>
        <Facts
          facts={[
            fact('name', t('firm.name'), organisation.name),
            fact('code', t('firm.code'), organisation.creditCode),
            fact('kind', t('firm.kind'), t(`firm.kind.${organisation.kind}` as 'firm.kind.enterprise')),
            fact('region', t('firm.region'), district(organisation.region)),
            fact('industry', t('firm.industry'), organisation.industry),
            fact('established', t('firm.established'), day(organisation.establishedOn)),
            fact('size', t('firm.size'), t(`words:size.${organisation.sizeClass}` as 'words:size.small')),
            fact(
              'bank',
              t('firm.bank'),
              organisation.bankAccountMasked === null
                ? undefined
                : `${organisation.bankName} ${organisation.bankAccountMasked}`,
            ),
          ]}
        />
        <p className="sheet-body quiet small">{t('firm.wrong')}</p>
      </Sheet>
    </>
  )
}
