// One revocation or clawback: what is taken back and why, what the firm says, what was decided, and what is still owed.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { DocumentButton } from '../../components/document-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { EventList } from '../../features/application/event-list.tsx'
import { AnnulClawback, AnswerClawback, DecideClawback } from '../../features/clawback/acts.tsx'
import { Collect } from '../../features/clawback/collect.tsx'
import { ClawbackTag, type Clawback } from '../../features/clawback/words.tsx'
import { ledgerMoney } from '../../format/money.ts'

export function ClawbackPage(): ReactElement {
  const { t } = useTranslation('clawback')
  const { id } = useParams({ from: '/signed-in/clawbacks/$id' })
  const clawback = useAnswer('readClawback', { params: { id } })
  const { say, day } = useFormat()
  const collects = rolesOf(useSession()).has('finance')
  const amount = say(
    clawback.state === 'owed' ? clawback.leftFen : (clawback.owedFen ?? clawback.proposedFen),
  )
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/clawbacks' }, { label: clawback.number }]}
      title={useTitle(clawback, amount)}
      lead={t(`lead.${clawback.state}`, {
        debtor: clawback.debtorName,
        day: day(clawback.state === 'hearing' ? clawback.answerBy : (clawback.dueOn ?? clawback.answerBy)),
      })}
      provenance={t('provenance', { number: clawback.number, clause: clawback.clause })}
    >
      {clawback.decidedAt !== null && <DocumentButton route="readClawbackDocument" id={clawback.id} />}
      <Columns
        main={
          <>
            <Why clawback={clawback} />
            <What clawback={clawback} />
            <Statement clawback={clawback} />
            <Recoveries clawback={clawback} />
          </>
        }
        side={
          <>
            <AnswerClawback clawback={clawback} />
            <DecideClawback key={clawback.state} clawback={clawback} />
            {collects && <Collect key={`${clawback.state}-${clawback.leftFen}`} clawback={clawback} />}
            <About clawback={clawback} />
            <AnnulClawback clawback={clawback} />
            <EventList events={clawback.events} />
          </>
        }
      />
    </Page>
  )
}

/** Where nothing that was paid is demanded, the voucher is what it is about. */
function useTitle({ state, proposedFen }: Clawback, amount: string): string {
  const { t } = useTranslation('clawback')
  if (proposedFen === '0' && (state === 'hearing' || state === 'heard')) return t(`title.${state}_revoke`)
  return t(`title.${state}`, { amount })
}

function Why({ clawback }: { clawback: Clawback }): ReactElement {
  const { t } = useTranslation('clawback')
  return (
    <Sheet title={t('why')} aside={t(`basis.${clawback.basis}`)}>
      <div className="sheet-body stack">
        <p>{clawback.finding}</p>
        <ul>
          {clawback.evidence.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <p className="quiet small">{t('clause', { clause: clawback.clause })}</p>
      </div>
    </Sheet>
  )
}

type Line = { readonly id: string; readonly what: string; readonly fen: string }

/** What is revoked and what is demanded, line by line. */
function What({ clawback }: { clawback: Clawback }): ReactElement {
  const { t } = useTranslation('clawback')
  const { read } = useFormat()
  const rows: readonly Line[] = clawback.lines.map((line) => ({
    id: line.claimId,
    what: t('what.claim', { number: line.claimNumber }),
    fen: line.amountFen,
  }))
  const columns: readonly Column<Line>[] = [
    { id: 'what', label: t('column.what'), leads: true, text: (row) => row.what, cell: (row) => row.what },
    {
      id: 'fen',
      label: t('column.amount'),
      numeric: true,
      text: (row) => ledgerMoney(row.fen),
      cell: (row) => <Money fen={row.fen} form="ledger" />,
    },
  ]
  return (
    <Sheet
      title={t('what')}
      aside={t('what.sum', { amount: read(clawback.owedFen ?? clawback.proposedFen) })}
    >
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        caption={t('what')}
        fileName={clawback.number}
        empty={<EmptyState>{t('what.none')}</EmptyState>}
      />
      {clawback.revokes && (
        <p className="sheet-body">
          {clawback.revokedFen === null
            ? t('what.revokes', { number: clawback.voucherNumber ?? '' })
            : t('what.revoked', {
                number: clawback.voucherNumber ?? '',
                amount: read(clawback.revokedFen),
              })}
        </p>
      )}
    </Sheet>
  )
}

function Statement({ clawback }: { clawback: Clawback }): ReactElement {
  const { t } = useTranslation('clawback')
  const { instant, day } = useFormat()
  return (
    <Sheet
      title={t('statement')}
      aside={clawback.statedAt === null ? day(clawback.answerBy) : instant(clawback.statedAt)}
    >
      {clawback.statement === null ? (
        <EmptyState>{t(clawback.state === 'hearing' ? 'statement.awaited' : 'statement.none')}</EmptyState>
      ) : (
        <p className="sheet-body">{clawback.statement}</p>
      )}
    </Sheet>
  )
}

type Recovery = Clawback['recoveries'][number]

function Recoveries({ clawback }: { clawback: Clawback }): ReactElement | null {
  const { t } = useTranslation('clawback')
  const { day } = useFormat()
  if (clawback.owedFen === null || clawback.owedFen === '0') return null
  const kind = (row: Recovery): string =>
    row.state === 'recorded' ? t(`kind.${row.kind}`) : `${t(`kind.${row.kind}`)} · ${t(`kind.${row.state}`)}`
  const note = (row: Recovery): string => row.claimNumber ?? row.reference ?? row.reason ?? ''
  const columns: readonly Column<Recovery>[] = [
    { id: 'kind', label: t('column.kind'), leads: true, text: kind, cell: kind },
    { id: 'day', label: t('column.day'), text: (row) => row.onDay, cell: (row) => day(row.onDay) },
    { id: 'note', label: t('column.note'), text: note, cell: note },
    {
      id: 'fen',
      label: t('column.amount'),
      numeric: true,
      text: (row) => ledgerMoney(row.amountFen),
      cell: (row) => <Money fen={row.amountFen} form="ledger" />,
    },
  ]
  return (
    <Sheet title={t('recoveries')} aside={<Money fen={clawback.leftFen} form="ledger" />}>
      <DataTable
        columns={columns}
        rows={clawback.recoveries}
        rowId={(row) => row.id}
        caption={t('recoveries')}
        fileName={`${clawback.number}-recovery`}
        empty={<EmptyState>{t('recoveries.none')}</EmptyState>}
      />
      {clawback.instalments.length > 0 && (
        <ol className="sheet-body">
          {clawback.instalments.map((each) => (
            <li key={each.dueOn}>
              {day(each.dueOn)} · <Money fen={each.amountFen} form="ledger" />
            </li>
          ))}
        </ol>
      )}
    </Sheet>
  )
}

function About({ clawback }: { clawback: Clawback }): ReactElement {
  const { t } = useTranslation('clawback')
  const { day, read } = useFormat()
  const range = clawback.fineRange
  return (
    <Sheet title={t('about')} aside={<ClawbackTag state={clawback.state} />}>
      <Facts
        facts={[
          { id: 'firm', label: t('firm'), value: clawback.organisationName },
          { id: 'debtor', label: t('debtor'), value: clawback.debtorName },
          {
            id: 'application',
            label: t('application'),
            value: (
              <Link to="/applications/$id" params={{ id: clawback.applicationId }}>
                {clawback.applicationNumber}
              </Link>
            ),
          },
          ...(clawback.dueOn === null ? [] : [{ id: 'due', label: t('due'), value: day(clawback.dueOn) }]),
          {
            id: 'fine',
            label: t('fine'),
            value: clawback.fineFen === null ? t('fine.none') : read(clawback.fineFen),
            source:
              range === null
                ? t('fine.unknown')
                : t('fine.range', { least: read(range.leastFen), most: read(range.mostFen) }),
          },
          ...(clawback.ruling === null ? [] : [{ id: 'ruling', label: t('ruling'), value: clawback.ruling }]),
        ]}
      />
    </Sheet>
  )
}
