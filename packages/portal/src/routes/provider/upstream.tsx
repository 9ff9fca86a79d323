// 上游合同: an operator states what it buys from a centre, the centre confirms it, and the contracts of the operator's firms
// are linked to it: from then on what the centre meters for them is theirs.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { organisationOf, useSession } from '../../client/session.ts'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts } from '../../components/facts.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Money } from '../../components/money.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { PriceRows } from '../../features/application/price-rows.tsx'
import '../../features/trade-paper/trade-paper.css'

type Upstream = Answer<'listUpstreamContracts'>['items'][number]

export function UpstreamContracts(): ReactElement {
  const { t } = useTranslation('trade-paper')
  const { items } = useAnswer('listUpstreamContracts')
  const own = organisationOf(useSession()!, 'provider')
  const open = items.filter(({ confirmedAt }) => confirmedAt === null).length
  const title = items.length === 0 ? 'upstream.none' : open === 0 ? 'upstream.title' : 'upstream.title_open'
  return (
    <Page title={t(title, { count: items.length, open })} lead={t('upstream.lead')}>
      {items.length === 0 && (
        <Sheet title={t('upstream')}>
          <EmptyState>{t('upstream.empty')}</EmptyState>
        </Sheet>
      )}
      {items.map((item) => (
        <OneContract key={item.id} item={item} own={own} />
      ))}
      {own !== null && <StateContract key={items.length} operatorId={own} />}
    </Page>
  )
}

function OneContract({ item, own }: { item: Upstream; own: string | null }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const { read } = useFormat()
  const confirm = useAct('confirmUpstreamContract')
  const confirmed = item.confirmedAt !== null
  const percent = Number((BigInt(item.usedFen) * 100n) / BigInt(item.amountFen))
  return (
    <Sheet
      title={`${item.operatorName} ← ${item.centreName}`}
      aside={
        <StatusTag tone={confirmed ? 'done' : 'waits'}>
          {t(confirmed ? 'upstream.confirmed' : 'upstream.waits')}
        </StatusTag>
      }
    >
      <div className="sheet-body stack">
        <div>
          {t('upstream.used', { used: read(item.usedFen), amount: read(item.amountFen) })}
          <span
            className="paper-use"
            role="img"
            aria-label={t('use.bar', { percent, used: read(item.usedFen), amount: read(item.amountFen) })}
          >
            <i style={{ width: `${Math.min(100, percent)}%` }} />
          </span>
        </div>
        {item.mayConfirm && (
          <>
            <Note tone="waits">{t('upstream.confirm_why')}</Note>
            <ErrorNote error={confirm.error} />
            <button
              type="button"
              className="button"
              disabled={confirm.isPending}
              onClick={() => confirm.mutate({ params: { id: item.id } })}
            >
              {t('upstream.confirm')}
            </button>
          </>
        )}
        {own === item.operatorId && <LinkContract item={item} />}
      </div>
      <Terms item={item} />
    </Sheet>
  )
}

function Terms({ item }: { item: Upstream }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const { day, read } = useFormat()
  return (
    <Facts
      facts={[
        { id: 'number', label: t('upstream.number'), value: item.number },
        {
          id: 'term',
          label: t('upstream.term'),
          value: t('upstream.from_to', { from: day(item.startsOn), to: day(item.endsOn) }),
        },
        { id: 'amount', label: t('column.amount'), value: <Money fen={item.amountFen} form="ledger" /> },
        ...item.prices.map(({ chip, priceFenPerCardHour }) => ({
          id: chip,
          label: t('upstream.price', { chip }),
          value: read(priceFenPerCardHour),
        })),
        {
          id: 'contracts',
          label: t('upstream.contracts'),
          value:
            item.contracts.length === 0
              ? '—'
              : item.contracts
                  .map(({ number, organisationName }) => `${organisationName} ${number}`)
                  .join('；'),
        },
      ]}
    />
  )
}

/** The operator's own contracts with firms, as far as they are not linked to this one. */
function LinkContract({ item }: { item: Upstream }): ReactElement | null {
  const { t } = useTranslation('trade-paper')
  const [contractId, setContractId] = useState('')
  const act = useAct('linkUpstreamContract')
  const linked = new Set(item.contracts.map(({ id }) => id))
  const { items } = useAnswer('listStatedContracts', { query: { size: 200 } })
  const free = items.filter(({ id }) => !linked.has(id))
  if (free.length === 0) return null
  return (
    <>
      <SelectField
        label={t('upstream.link')}
        help={t('upstream.link_help')}
        none={t('upstream.choose')}
        value={contractId}
        onChange={setContractId}
        choices={free.map(({ id, number, organisationName }) => ({
          value: id,
          label: `${organisationName} ${number}`,
        }))}
      />
      <ErrorNote error={act.error} />
      {contractId !== '' && (
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={act.isPending}
          onClick={() => act.mutate({ params: { id: item.id }, body: { contractId } })}
        >
          {t('upstream.link_do')}
        </button>
      )}
    </>
  )
}

const EMPTY = { centreId: '', number: '', signedOn: '', startsOn: '', endsOn: '' }

function StateContract({ operatorId }: { operatorId: string }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const [form, setForm] = useState(EMPTY)
  const [amountFen, setAmountFen] = useState<string | undefined>(undefined)
  const [prices, setPrices] = useState<{ chip: string; priceFenPerCardHour: string }[]>([])
  const act = useAct('stateUpstreamContract')
  const centres = useAnswer('listProviders').items.filter(({ id }) => id !== operatorId)
  const whole = Object.values(form).every((value) => value !== '') && prices.length > 0
  const put = (part: Partial<typeof EMPTY>): void => setForm({ ...form, ...part })
  return (
    <Sheet title={t('upstream.state')} aside={t('upstream.state_aside')}>
      <div className="form">
        <SelectField
          label={t('upstream.centre')}
          none={t('upstream.choose')}
          value={form.centreId}
          onChange={(centreId) => put({ centreId })}
          choices={centres.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField
          label={t('upstream.number')}
          value={form.number}
          onChange={(number) => put({ number })}
          maxLength={60}
        />
        <TextField
          label={t('upstream.signed')}
          type="date"
          value={form.signedOn}
          onChange={(signedOn) => put({ signedOn })}
        />
        <MoneyField label={t('upstream.amount')} fen={amountFen} onChange={setAmountFen} />
        <TextField
          label={t('upstream.starts')}
          type="date"
          value={form.startsOn}
          onChange={(startsOn) => put({ startsOn })}
        />
        <TextField
          label={t('upstream.ends')}
          type="date"
          value={form.endsOn}
          onChange={(endsOn) => put({ endsOn })}
        />
        <div className="wide">
          <PriceRows prices={prices} onChange={setPrices} />
        </div>
      </div>
      <div className="sheet-body stack">
        <ErrorNote error={act.error} />
        <button
          type="button"
          className="button"
          disabled={!whole || amountFen === undefined || amountFen === '0' || act.isPending}
          onClick={() =>
            amountFen !== undefined &&
            act.mutate({ body: { operatorId, ...form, amountFen, prices, attachmentId: null } })
          }
        >
          {t('upstream.state_do')}
        </button>
      </div>
    </Sheet>
  )
}
