// 用量账期: which months are closed, what came after their close, and what people must look at.
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'

type Period = Answer<'listUsagePeriods'>['items'][number]
type Alert = Answer<'listUsageAlerts'>['items'][number]

export function Periods(): ReactElement {
  const { t } = useTranslation('usage')
  const session = useSession()
  const roles = session === null ? new Set() : rolesOf(session)
  const [filter] = useListFilter()
  const query = { page: filter.page ?? 1, size: PAGE_SIZE }
  const { items, total, rules } = useAnswer('listUsagePeriods', { query })
  const { items: alerts } = useAnswer('listUsageAlerts', { query: { size: 50 } })
  const open = alerts.filter(({ settledAt }) => settledAt === null).length
  const due = items.filter(({ state }) => state === 'due' || state === 'proposed').length
  const title = open > 0 ? t('periods.alerts', { count: open }) : t('periods.due', { count: due })
  return (
    <Page title={title} lead={t(`periods.lead.${rules.late}`, { days: rules.graceDays })}>
      {alerts.length > 0 && <Alerts alerts={alerts} may={roles.has('reviewer') || roles.has('finance')} />}
      <Sheet title={t('periods')} aside={t('periods.aside')}>
        <DataTable
          columns={usePeriodColumns(roles.has('provider') || roles.has('finance'))}
          rows={items}
          rowId={({ providerId, month }) => `${providerId} ${month}`}
          caption={t('periods')}
          empty={<EmptyState>{t('periods.empty')}</EmptyState>}
        />
        <Pager total={total} />
      </Sheet>
      {(roles.has('administrator') || roles.has('system_administrator')) && <Rules rules={rules} />}
    </Page>
  )
}

const TONES: Readonly<Record<Period['state'], Tone>> = {
  open: 'quiet',
  in_grace: 'waits',
  due: 'waits',
  proposed: 'waits',
  closed: 'done',
}

function usePeriodColumns(mayClose: boolean): readonly Column<Period>[] {
  const { t } = useTranslation('usage')
  const { day, instant } = useFormat()
  const state = (row: Period): string => t(`state.${row.state}`)
  const when = ({ closedAt, closedBy, dueOn, state: at }: Period): string =>
    at === 'closed'
      ? closedAt === null
        ? ''
        : t(`closed.${closedBy ?? 'people'}`, { at: instant(closedAt) })
      : t('due_on', { day: day(dueOn) })
  const money = (id: 'ratedFen' | 'lateFen' | 'correctedFen' | 'refusedFen'): Column<Period> => ({
    id,
    label: t(`column.${id}`),
    numeric: true,
    text: (row) => ledgerMoney(row[id]),
    cell: (row) => (row[id] === '0' ? '—' : <Money fen={row[id]} form="ledger" />),
  })
  const whole = ({ percent, daysOpen }: Period): string =>
    percent === null
      ? t('no_feed')
      : daysOpen === 0
        ? t('whole')
        : t('days_open', { count: daysOpen, percent })
  return [
    {
      id: 'month',
      label: t('column.month'),
      leads: true,
      text: ({ month, providerName }) => `${month} ${providerName}`,
      cell: ({ month, providerName }) => (
        <>
          {month}
          <small>{providerName}</small>
        </>
      ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: state,
      cell: (row) => (
        <>
          <StatusTag tone={TONES[row.state]}>{state(row)}</StatusTag>
          <small>{when(row)}</small>
        </>
      ),
    },
    { id: 'whole', label: t('column.whole'), text: whole, cell: whole },
    money('ratedFen'),
    money('lateFen'),
    money('correctedFen'),
    money('refusedFen'),
    ...(mayClose
      ? [{ id: 'act', label: t('column.act'), text: () => '', cell: (row: Period) => <Close row={row} /> }]
      : []),
  ]
}

function Close({ row }: { row: Period }): ReactElement | null {
  const { t } = useTranslation('usage')
  const propose = useAct('proposeUsageClose')
  const decide = useAct('decideUsageClose')
  const of = { providerId: row.providerId, month: row.month, reason: '' }
  if (row.state === 'due')
    return (
      <>
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={propose.isPending}
          onClick={() => propose.mutate({ body: of })}
        >
          {t('propose')}
        </button>
        <ErrorNote error={propose.error} />
      </>
    )
  if (row.state !== 'proposed') return null
  if (row.proposedByMe) return <span className="quiet">{t('waits_for_another')}</span>
  const close = (decision: 'close' | 'return'): void => decide.mutate({ body: { ...of, decision } })
  return (
    <>
      <button type="button" className="button" disabled={decide.isPending} onClick={() => close('close')}>
        {t('close')}
      </button>{' '}
      <button
        type="button"
        className="button-link"
        disabled={decide.isPending}
        onClick={() => close('return')}
      >
        {t('return')}
      </button>
      <ErrorNote error={decide.error} />
    </>
  )
}

function Alerts({ alerts, may }: { alerts: readonly Alert[]; may: boolean }): ReactElement {
  const { t } = useTranslation('usage')
  const { instant } = useFormat()
  const about = (row: Alert): string =>
    row.kind === 'feed_silent'
      ? t('alert.feed_silent', { feed: row.feedName, provider: row.providerName })
      : t('alert.claimed_use_corrected', { claim: row.claimNumber, firm: row.organisationName })
  return (
    <Sheet title={t('alerts')} aside={t('alerts.aside')}>
      <DataTable
        columns={[
          {
            id: 'about',
            label: t('column.about'),
            leads: true,
            text: about,
            cell: (row) => <About row={row} said={about(row)} may={may} />,
          },
          {
            id: 'amount',
            label: t('column.amount'),
            numeric: true,
            text: ({ amountFen }) => (amountFen === null ? '' : ledgerMoney(amountFen)),
            cell: ({ amountFen }) => (amountFen === null ? '—' : <Money fen={amountFen} form="ledger" />),
          },
          {
            id: 'raised',
            label: t('column.raised'),
            text: ({ raisedAt }) => raisedAt,
            cell: ({ raisedAt }) => instant(raisedAt),
          },
          {
            id: 'settled',
            label: t('column.settled'),
            text: ({ note, settledAt }) => note ?? settledAt ?? '',
            cell: (row) => <Settled row={row} may={may} />,
          },
        ]}
        rows={alerts}
        rowId={({ id }) => id}
        caption={t('alerts')}
        name="alerts"
        empty={null}
      />
    </Sheet>
  )
}

function About({ row, said, may }: { row: Alert; said: string; may: boolean }): ReactElement {
  const { t } = useTranslation('usage')
  return (
    <>
      {said}
      {row.claimId !== null && may && (
        <small>
          <Link to="/review/claims/$id" params={{ id: row.claimId }}>
            {t('alert.see_claim')}
          </Link>
        </small>
      )}
      {row.corrections.length > 0 && (
        <details>
          <summary>{t('alert.lines', { count: row.corrections.length })}</summary>
          <ul>
            {row.corrections.map((line, index) => (
              <li key={index}>
                {line.month} · {t(`booking.${line.booking}` as never)} · {line.record} ·{' '}
                <Money fen={line.amountFen} form="ledger" />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Settled({ row, may }: { row: Alert; may: boolean }): ReactElement {
  const { t } = useTranslation('usage')
  const { instant } = useFormat()
  const act = useAct('settleUsageAlert')
  if (row.settledAt !== null)
    return (
      <StatusTag tone="done">
        {row.note ?? t('alert.heard_again')} · {instant(row.settledAt)}
      </StatusTag>
    )
  if (!may) return <StatusTag tone="waits">{t('alert.open')}</StatusTag>
  return (
    <ReasonedAct
      label={t('alert.settle')}
      title={t('alert.settle')}
      reasonLabel={t('alert.note')}
      act={act}
      onAct={(note) => act.mutateAsync({ params: { id: row.id }, body: { note } })}
    />
  )
}

function Rules({ rules }: { rules: Answer<'listUsagePeriods'>['rules'] }): ReactElement {
  const { t } = useTranslation('usage')
  const [days, setDays] = useState(String(rules.graceDays))
  const [late, setLate] = useState<string>(rules.late)
  const act = useAct('changeUsageRules')
  return (
    <Sheet title={t('rules')} aside={t('rules.aside')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          act.mutate({ body: { graceDays: Number(days), late: late === 'refuse' ? 'refuse' : 'next' } })
        }}
      >
        <TextField label={t('rules.days')} value={days} onChange={setDays} inputMode="numeric" />
        <SelectField
          label={t('rules.late')}
          value={late}
          onChange={setLate}
          choices={[
            { value: 'next', label: t('rules.next') },
            { value: 'refuse', label: t('rules.refuse') },
          ]}
        />
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button className="button" disabled={act.isPending || !/^\d{1,2}$/.test(days)}>
            {t('rules.save')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
