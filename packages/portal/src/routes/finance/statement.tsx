// 对账单: what came in, went out and is held, of any account, voucher, pool or firm, up to any day or any posting.
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer, type Input } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { TextField } from '../../components/field.tsx'
import { PAGE_SIZE, Pager, SearchBox, useFilters, useListFilter } from '../../components/list-filter.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { Reckoning } from '../../components/reckoning.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { AccountLink, useAccountName, usePostingColumns } from '../../features/audit/posting-columns.tsx'
import { AsOf, useAsOf } from '../../features/ledger/as-of.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Fund = Answer<'readLedgerStatement'>['funds'][number]
type Account = Fund['accounts'][number]
type Line = Fund['lines'][number]
type Query = NonNullable<Input<'readLedgerStatement'>['query']>

export function Statement(): ReactElement {
  const { t } = useTranslation('pool')
  const [{ q }] = useListFilter()
  return (
    <>
      {q === undefined ? (
        <Page
          crumbs={[{ label: t('statement') }]}
          title={t('statement.title_none')}
          lead={t('statement.lead')}
        >
          <Ask />
          <Pools />
        </Page>
      ) : (
        <Found of={q} />
      )}
    </>
  )
}

function Ask(): ReactElement {
  const { t } = useTranslation('pool')
  const [{ from = '' }, change] = useFilters(['from'])
  return (
    <Sheet title={t('statement.ask')}>
      <SearchBox help={t('statement.of')} />
      <AsOf>
        <TextField
          label={t('statement.from')}
          type="date"
          value={from}
          onChange={(value) => change({ from: value })}
          help={t('statement.from_help')}
        />
      </AsOf>
    </Sheet>
  )
}

/** The pools, which have no number that people know by heart. */
function Pools(): ReactElement {
  const { t } = useTranslation('pool')
  const text = useSay()
  const navigate = useNavigate()
  const { items } = useAnswer('listAdoptions')
  return (
    <Sheet title={t('statement.pools')}>
      {items.length === 0 ? (
        <EmptyState>{t('none')}</EmptyState>
      ) : (
        <ul className="sheet-body stack">
          {items.map(({ id, title }) => (
            <li key={id}>
              <button
                type="button"
                className="button-link"
                onClick={() => void navigate({ to: '.', search: { q: id } as never })}
              >
                {text(title)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

function Found({ of }: { of: string }): ReactElement {
  const { t } = useTranslation('pool')
  const { say, instant } = useFormat()
  const [{ page = 1 }] = useListFilter()
  const [{ from }] = useFilters(['from'])
  const query: Query = { of, ...useAsOf(), ...(from === undefined ? {} : { from }) }
  const { funds } = useAnswer('readLedgerStatement', { query: { ...query, page, size: PAGE_SIZE } })
  const name = useName(of, funds)
  const balance = funds.reduce((sum, { closing }) => sum + BigInt(closing.balanceFen), 0n)
  const [first] = funds
  return (
    <Page
      crumbs={[{ label: t('statement'), to: '/finance/statement' }, { label: name }]}
      title={t('statement.title', { name, balance: say(balance) })}
      lead={t('statement.as_of', { at: instant(first!.asOf), sequence: first!.sequence })}
    >
      <Ask />
      {funds.map((fund) => (
        <OneFund key={fund.ledger} fund={fund} query={query} />
      ))}
      <Pager total={Math.max(...funds.map(({ total }) => total))} />
    </Page>
  )
}

/** Whose statement it is: a firm and a voucher by their names, a programme by its title. */
function useName(of: string, funds: readonly Fund[]): string {
  const { t } = useTranslation('pool')
  const text = useSay()
  const name = useAccountName()
  const accounts = funds.flatMap((fund) => fund.accounts)
  const [only] = accounts
  if (accounts.length === 1 && only !== undefined) return name(only)
  if (accounts.every(({ code }) => code === 'pool' || code === 'appropriation'))
    return t('statement.pools_of', { programme: text(funds[0]!.programme) })
  return accounts.find(({ holder, holderName }) => holder === of && holderName !== null)?.holderName ?? of
}

function OneFund({ fund, query }: { fund: Fund; query: Query }): ReactElement {
  const { t } = useTranslation('pool')
  const text = useSay()
  const accounts = useAccountColumns()
  const lines = useLineColumns()
  const read = async (page: number, size: number): Promise<{ items: readonly Line[]; total: number }> => {
    const answer = await call('readLedgerStatement', { query: { ...query, page, size } })
    const own = answer.funds.find(({ ledger }) => ledger === fund.ledger)!
    return { items: own.lines, total: own.total }
  }
  return (
    <>
      <Sheet
        title={text(fund.programme)}
        aside={t('statement.chain', { sequence: fund.sequence, chain: fund.chain.slice(0, 16) })}
      >
        <Summary fund={fund} />
        {fund.accounts.length > 1 && (
          <DataTable
            columns={accounts}
            rows={fund.accounts}
            rowId={(row) => row.id}
            caption={t('statement.accounts')}
            name={`accounts${fund.ledger}`}
            empty={null}
          />
        )}
      </Sheet>
      <Sheet title={t('statement.lines')} aside={t('statement.count', { count: fund.total })}>
        <DataTable
          columns={lines}
          rows={fund.lines}
          rowId={(row) => row.id}
          caption={t('statement.lines')}
          allRows={() => allRows(read)}
          empty={<EmptyState>{t('statement.empty')}</EmptyState>}
        />
      </Sheet>
    </>
  )
}

function Summary({ fund }: { fund: Fund }): ReactElement {
  const { t } = useTranslation('pool')
  const inFen = fund.accounts.every(({ unit }) => unit === 'fen')
  if (!inFen)
    return <p className="sheet-body">{t('statement.times', { count: Number(fund.closing.balanceFen) })}</p>
  const moved = BigInt(fund.closing.balanceFen) - BigInt(fund.opening.balanceFen)
  return (
    <Reckoning
      lines={[
        { id: 'opening', label: t('statement.opening'), value: { fen: fund.opening.balanceFen } },
        { id: 'moved', label: t('statement.moved'), value: { fen: moved } },
        {
          id: 'held',
          label: t('statement.held'),
          note: t('statement.held_note'),
          value: { fen: -BigInt(fund.closing.heldFen) },
        },
      ]}
      total={{
        label: t('statement.free'),
        value: { fen: BigInt(fund.closing.balanceFen) - BigInt(fund.closing.heldFen) },
      }}
    />
  )
}

function useAccountColumns(): readonly Column<Account>[] {
  const { t } = useTranslation('pool')
  const name = useAccountName()
  const amount = (
    id: 'opening' | 'closing' | 'held' | 'usable',
    of: (row: Account) => string,
  ): Column<Account> => ({
    id,
    label: t(`statement.column.${id}`),
    numeric: true,
    text: (row) => ledgerMoney(of(row)),
    cell: (row) => <Money fen={of(row)} form="ledger" />,
  })
  return [
    {
      id: 'account',
      label: t('statement.column.account'),
      leads: true,
      text: name,
      cell: (row) => <AccountLink account={row} />,
    },
    amount('opening', (row) => row.opening.balanceFen),
    amount('closing', (row) => row.closing.balanceFen),
    amount('held', (row) => row.closing.heldFen),
    amount('usable', (row) => row.usable),
  ]
}

function useLineColumns(): readonly Column<Line>[] {
  const { t } = useTranslation('pool')
  const columns = usePostingColumns() as readonly Column<Line>[]
  const amount = (
    id: 'in' | 'out' | 'change' | 'balance' | 'held',
    of: (row: Line) => string,
  ): Column<Line> => {
    const write = (row: Line): string => {
      if (of(row) === '0' && id !== 'balance') return ''
      return row.debit.unit === 'fen' ? ledgerMoney(of(row)) : of(row)
    }
    return { id, label: t(`statement.line.${id}`), numeric: true, text: write, cell: write }
  }
  return [
    ...columns.filter(({ id }) => id !== 'amount'),
    amount('in', (row) => row.inFen),
    amount('out', (row) => row.outFen),
    amount('change', (row) => row.heldChangeFen),
    amount('balance', (row) => row.after.balanceFen),
    amount('held', (row) => row.after.heldFen),
  ]
}
