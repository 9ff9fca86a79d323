// One paper that the firm made.
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Page } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { MadePaper } from '../../features/credential/made-paper.tsx'

export function CredentialPage(): ReactElement {
  const { t } = useTranslation('credential')
  const { id } = useParams({ from: '/signed-in/credentials/$id' })
  const made = useAnswer('readCredential', { params: { id } })
  const { day } = useFormat()
  const about = { number: made.voucherNumber ?? '', recipient: made.recipient, day: day(made.on) }
  return (
    <Page
      crumbs={[
        { label: t('crumb.wallet'), to: '/vouchers' },
        { label: t('crumb'), to: '/credentials' },
        { label: made.voucherNumber ?? made.recipient },
      ]}
      title={t(`one.${made.kind}`, about)}
      lead={t('one.lead')}
    >
      <MadePaper id={id} />
    </Page>
  )
}
