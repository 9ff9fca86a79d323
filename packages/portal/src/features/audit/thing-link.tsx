// Something the platform keeps, by its number, leading to its page where it has one.
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

export interface Thing {
  readonly kind: string
  readonly id: string
  readonly label: string
  readonly organisationName: string | null
}

const PAGES: Readonly<Record<string, LinkProps['to']>> = {
  application: '/applications/$id',
  voucher: '/vouchers/$id',
  claim: '/claims/$id',
  disbursement: '/finance/disbursements/$id',
  notice: '/notices/$id',
  adoption: '/programmes/$id',
  contract: '/contracts/$id/usage',
}

export function ThingLink({ thing }: { thing: Thing }): ReactElement {
  const { t } = useTranslation('audit')
  const to = PAGES[thing.kind]
  const label =
    thing.kind === 'voucher_promised' ? t('thing.voucher_promised', { label: thing.label }) : thing.label
  return (
    <>
      {to === undefined ? label : <Link {...({ to, params: { id: thing.id } } as LinkProps)}>{label}</Link>}
      {thing.organisationName !== null && thing.organisationName !== thing.label && (
        <small>{thing.organisationName}</small>
      )}
    </>
  )
}
