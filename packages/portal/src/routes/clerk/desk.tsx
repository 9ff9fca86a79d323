// A clerk's day: what is asked of the firm, by when; which vouchers can be used, and until when.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { RowDeadline, type ApplicationRow } from '../../features/application/columns.tsx'
import { applicationTone } from '../../features/application/tone.ts'
import { LeaveForm } from '../../features/people/leave-form.tsx'
import { VoucherLink, type VoucherRow } from '../../features/voucher/voucher-link.tsx'
import '../../features/disclosure/notice-list.css'

const OURS: ReadonlySet<ApplicationRow['state']> = new Set(['draft', 'correction', 'offered'])
const ON_THE_WAY: ReadonlySet<ApplicationRow['state']> = new Set([
  'submitted',
  'waiting',
  'proposed',
  'announced',
  'objected',
])

const SHOWN = 6

export function Desk(): ReactElement {
  const { t } = useTranslation('application')
  const { say, instant } = useFormat()
  const site = useAnswer('readSite')
  const applications = useAnswer('listApplications', { query: { size: 200 } }).items
  const vouchers = useAnswer('listVouchers', { query: { state: 'usable', size: 200 } }).items
  const todo = applications.filter((row) => OURS.has(row.state)).sort(byDeadline)
  const usable = vouchers.reduce((sum, { usableFen }) => sum + BigInt(usableFen), 0n)
  return (
    <Page
      title={t('desk.title', { count: todo.length })}
      lead={usable === 0n ? t('desk.lead_none') : t('desk.lead', { usable: say(usable) })}
      provenance={t('desk.provenance', { now: instant(site.now) })}
    >
      <Columns
        main={
          <>
            <Todo rows={todo} />
            <OnTheWay rows={applications.filter((row) => ON_THE_WAY.has(row.state))} />
          </>
        }
        side={
          <>
            <Vouchers vouchers={vouchers} />
            <LeaveForm role="clerk" />
          </>
        }
      />
    </Page>
  )
}

function byDeadline(left: ApplicationRow, right: ApplicationRow): number {
  return (left.deadlineOn ?? '9999').localeCompare(right.deadlineOn ?? '9999')
}

function Todo({ rows }: { rows: readonly ApplicationRow[] }): ReactElement {
  const { t } = useTranslation('application')
  return (
    <Sheet
      title={t('desk.todo')}
      actions={
        <Link className="button" to="/apply">
          {t('desk.apply')}
        </Link>
      }
    >
      {rows.length === 0 ? <EmptyState>{t('desk.todo_empty')}</EmptyState> : <Rows rows={rows} edit />}
    </Sheet>
  )
}

function OnTheWay({ rows }: { rows: readonly ApplicationRow[] }): ReactElement | null {
  const { t } = useTranslation('application')
  if (rows.length === 0) return null
  return (
    <Sheet
      title={t('desk.on_the_way')}
      aside={<Link to="/applications">{t('desk.more', { count: rows.length })}</Link>}
    >
      <Rows rows={rows.slice(0, SHOWN)} />
    </Sheet>
  )
}

function Rows({ rows, edit = false }: { rows: readonly ApplicationRow[]; edit?: boolean }): ReactElement {
  const { t } = useTranslation(['application', 'words'])
  return (
    <ul className="notice-list">
      {rows.map((row) => (
        <li key={row.id}>
          <span>
            <Link to={edit ? '/applications/$id/edit' : '/applications/$id'} params={{ id: row.id }}>
              {edit
                ? t(row.state === 'draft' ? 'desk.go_on' : 'desk.mend', { number: row.number })
                : row.number}
            </Link>
            <small>{row.contractNumber ?? t('desk.no_contract')}</small>
          </span>
          {!edit || row.deadlineOn === null ? (
            <StatusTag tone={applicationTone(row.state)}>{t(`words:application.${row.state}`)}</StatusTag>
          ) : (
            <RowDeadline row={row} />
          )}
        </li>
      ))}
    </ul>
  )
}

function Vouchers({ vouchers }: { vouchers: readonly VoucherRow[] }): ReactElement {
  const { t } = useTranslation('application')
  if (vouchers.length === 0) {
    return (
      <Sheet title={t('desk.vouchers')}>
        <EmptyState>{t('desk.vouchers_empty')}</EmptyState>
      </Sheet>
    )
  }
  return (
    <>
      {[...vouchers]
        .sort((left, right) => left.usableUntil.localeCompare(right.usableUntil))
        .slice(0, 3)
        .map((voucher) => (
          <VoucherLink key={voucher.id} voucher={voucher} />
        ))}
      {vouchers.length > 3 && (
        <Link to="/vouchers">{t('desk.all_vouchers', { count: vouchers.length })}</Link>
      )}
    </>
  )
}
