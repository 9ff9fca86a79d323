// One voucher: what it can still pay, whose it is, and its history as the journal has it.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { useActsAs } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { DocumentButton } from '../../components/document-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ShowVoucher } from '../../features/credential/show-voucher.tsx'
import { ProveVoucher } from '../../features/proof/prove-voucher.tsx'
import { LastsUntil } from '../../features/metering/lasts-until.tsx'
import { ClaimLines } from '../../features/settlement/claim-lines.tsx'
import { WhatLimited } from '../../features/policy/what-limited.tsx'
import { Pieces } from '../../features/voucher/pieces.tsx'
import '../../features/voucher/voucher.css'
import { Voucher } from '../../features/voucher/voucher-link.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Whole = Answer<'readVoucher'>
type Posting = Whole['history'][number]

export function VoucherPage(): ReactElement {
  const { t } = useTranslation('voucher')
  const { id } = useParams({ from: '/signed-in/vouchers/$id' })
  const voucher = useAnswer('readVoucher', { params: { id } })
  const { say, day } = useFormat()
  const last = voucher.history[voucher.history.length - 1]
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/vouchers' }, { label: voucher.number }]}
      title={
        voucher.state === 'usable'
          ? t('title.usable', { amount: say(voucher.usableFen), day: day(voucher.usableUntil) })
          : t(`title.${voucher.state}`, { amount: say(voucher.redeemedFen) })
      }
      lead={t('lead', { organisation: voucher.organisationName })}
      provenance={
        last === undefined
          ? undefined
          : t('provenance', { sequence: last.sequence, hash: last.rowHash.slice(0, 16) })
      }
    >
      <DocumentButton route="readVoucherStatement" id={voucher.id} />
      <Columns
        sideFirst
        main={
          <>
            <Sheet title={t('pieces')} aside={t('pieces.why')}>
              <div className="sheet-body">
                <Pieces voucher={voucher} />
              </div>
            </Sheet>
            <History voucher={voucher} />
            <Limited applicationId={voucher.applicationId} />
            <Sheet title={t('claims')}>
              <ClaimLines claims={voucher.claims} />
            </Sheet>
          </>
        }
        side={
          <>
            <Voucher voucher={voucher} />
            <About voucher={voucher} />
            <LastsUntil contractId={voucher.contractId} />
            <ShowVoucher voucherId={voucher.id} usable={voucher.state === 'usable'} />
            <ProveVoucher voucherId={voucher.id} />
          </>
        }
      />
    </Page>
  )
}

/** Why the voucher is worth what it is: the decision on its application. */
function Limited({ applicationId }: { applicationId: string }): ReactElement | null {
  const { t } = useTranslation('voucher')
  const { determination } = useAnswer('readApplication', { params: { id: applicationId } })
  if (determination === null) return null
  return (
    <Sheet title={t('limited')}>
      <WhatLimited determination={determination} />
    </Sheet>
  )
}

function About({ voucher }: { voucher: Whole }): ReactElement {
  const { t } = useTranslation('voucher')
  const text = useSay()
  const { day } = useFormat()
  return (
    <Sheet title={t('facts')} actions={<Claim voucher={voucher} />}>
      <Facts
        facts={[
          {
            id: 'holder',
            label: t('holder'),
            value: voucher.organisationName,
            source: voucher.creditCode,
          },
          ...(voucher.oldNumber === null
            ? []
            : [
                {
                  id: 'old',
                  label: t('old_number'),
                  value: voucher.oldNumber,
                  source: t('old_number.by', { number: voucher.takeOverNumber ?? '' }),
                },
              ]),
          { id: 'programme', label: t('programme'), value: text(voucher.programmeTitle) },
          {
            id: 'application',
            label: t('application'),
            value: (
              <Link to="/applications/$id" params={{ id: voucher.applicationId }}>
                {voucher.applicationNumber}
              </Link>
            ),
          },
          {
            id: 'contract',
            label: t('contract'),
            value: (
              <Link to="/contracts/$id/usage" params={{ id: voucher.contractId }}>
                {voucher.contractNumber}
              </Link>
            ),
          },
          { id: 'issued', label: t('issued'), value: day(voucher.issuedOn) },
          { id: 'until', label: t('until'), value: day(voucher.usableUntil) },
        ]}
      />
    </Sheet>
  )
}

function Claim({ voucher }: { voucher: Whole }): ReactElement | null {
  const { t } = useTranslation('voucher')
  const claims = useActsAs('clerk')
  if (voucher.way === 'W2') return <span className="quiet small">{t('provider_deducts')}</span>
  if (voucher.state !== 'usable') return <span className="quiet small">{t('no_claim')}</span>
  if (!claims) return null
  return (
    <Link className="button" to="/vouchers/$id/claim" params={{ id: voucher.id }}>
      {t('claim')}
    </Link>
  )
}

function History({ voucher }: { voucher: Whole }): ReactElement {
  const { t } = useTranslation('voucher')
  const { instant } = useFormat()
  const kind = (posting: Posting): string =>
    t([`kind.${posting.code}.${posting.kind}`, `kind.${posting.code}`] as never)
  const columns: readonly Column<Posting>[] = [
    { id: 'kind', label: t('column.kind'), leads: true, text: kind, cell: kind },
    { id: 'at', label: t('column.at'), text: (row) => instant(row.at), cell: (row) => instant(row.at) },
    {
      id: 'sequence',
      label: t('column.sequence'),
      numeric: true,
      text: (row) => String(row.sequence),
      cell: (row) => <span id={`posting-${row.sequence}`}>{row.sequence}</span>,
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (row) => ledgerMoney(row.amountFen),
      cell: (row) => <Money fen={row.amountFen} form="ledger" />,
    },
    {
      id: 'change',
      label: t('column.change'),
      numeric: true,
      text: (row) => (row.changeFen === '0' ? '' : ledgerMoney(row.changeFen)),
      cell: (row) => row.changeFen !== '0' && <Money fen={row.changeFen} form="ledger" />,
    },
  ]
  return (
    <Sheet title={t('history')} aside={t('history.why')}>
      <DataTable
        columns={columns}
        rows={voucher.history}
        rowId={(row) => String(row.sequence)}
        caption={t('history')}
        allRows={async () => voucher.history}
        fileName={voucher.number}
        empty={<EmptyState>{t('history.empty')}</EmptyState>}
      />
    </Sheet>
  )
}
