// Accounts and what they hold: as stored, or as of the end of any day from the postings alone.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { addDays, startOf, type Day, type Instant } from '@suanquan/core/calendar'
import { accountKinds, emptyBalance, usable, type Balance } from '@suanquan/core/ledger'
import type { Kysely } from 'kysely'
import { accountsOf, balancesAt, fundsOf, type AccountState, type Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { titlesOfFunds } from '../policy/index.ts'

type View = AnswerOf<Routes['readAccount']>

export function listAccounts(world: World): Handler<'listAccounts'> {
  return {
    kind: 'query',
    run: async ({ query, person, at }, { db, touch }) => {
      touch({ kind: 'journal', id: null })
      const chosen = await fundOf(db, query.adoptionId)
      const found: View[] = []
      for (const fund of await fundsOf(db)) {
        if (chosen !== undefined && fund.ledger !== chosen.fund) continue
        const place = { jurisdiction: fund.jurisdiction, district: fund.jurisdiction, organisationIds: [] }
        if (!mayTouch(person, 'ledger.read', place)) continue
        const states = await accountsOf(db, fund.ledger)
        const fitting = states.filter(
          ({ account }) =>
            (query.code === undefined || account.code === query.code) &&
            (chosen === undefined || ['', chosen.programme_id].includes(account.programme)),
        )
        found.push(...(await viewAccounts(world, db, fitting, { asOf: query.asOf, at })))
      }
      const asked = query.q?.toLowerCase() ?? ''
      const items = found
        .filter((row) => asked === '' || textOf(row).includes(asked))
        .toSorted((left, right) => orderOf(left) - orderOf(right) || (textOf(left) < textOf(right) ? -1 : 1))
      const start = (query.page - 1) * query.size
      return accept({ total: items.length, items: items.slice(start, start + query.size) })
    },
  }
}

export function readAccount(world: World): Handler<'readAccount'> {
  return {
    kind: 'query',
    run: async ({ params, query, person, at }, { db, touch }) => {
      touch({ kind: 'journal', id: params.id })
      for (const fund of await fundsOf(db)) {
        const [state] = await accountsOf(db, fund.ledger, { ids: [params.id] })
        if (state === undefined) continue
        const place = { ...state.account, organisationIds: [] }
        if (!mayTouch(person, 'ledger.read', place)) return outOfScope('ledger.read', 'account')
        const [view] = await viewAccounts(world, db, [state], { asOf: query.asOf, at, untouched: true })
        return accept(view!)
      }
      return notFound('account')
    },
  }
}

async function fundOf(
  db: Kysely<Tables>,
  adoptionId: string | undefined,
): Promise<{ readonly fund: number; readonly programme_id: string } | undefined> {
  if (adoptionId === undefined) return undefined
  const found = await db
    .selectFrom('adoption')
    .select(['fund', 'programme_id'])
    .where('id', '=', adoptionId)
    .executeTakeFirst()
  return found ?? { fund: 0, programme_id: '' }
}

interface Moment {
  readonly asOf: Day | undefined
  readonly at: Instant
  /** also an account that nothing had touched by then */
  readonly untouched?: boolean
}

async function viewAccounts(
  world: World,
  db: Kysely<Tables>,
  states: readonly AccountState[],
  { asOf, at, untouched = false }: Moment,
): Promise<View[]> {
  const [first] = states
  if (first === undefined) return []
  const moment = asOf === undefined ? at : startOf(addDays(asOf, 1)) - 1
  const past = asOf === undefined ? null : await balancesAt(db, first.account.ledger, { moment })
  const titles = await titlesOfFunds(world, db)
  const names = await namesOf(db, states)
  return states
    .filter(({ account }) => untouched || past === null || past.has(account.id))
    .map(({ account, balance: stored, closedFrom }) => {
      const balance: Balance = past === null ? stored : (past.get(account.id) ?? emptyBalance)
      return {
        id: account.id,
        ledger: account.ledger,
        programme: titles.of(account.ledger, account.programme),
        code: account.code,
        unit: accountKinds[account.code].unit,
        holderName: names.get(account.holder) ?? null,
        holder: account.holder,
        reference: account.reference,
        kind: account.kind,
        district: account.district,
        year: account.year,
        usableUntil: account.usableUntil,
        debitsPending: balance.debitsPending.toString(),
        debitsPosted: balance.debitsPosted.toString(),
        creditsPending: balance.creditsPending.toString(),
        creditsPosted: balance.creditsPosted.toString(),
        usable: usable(account, balance, moment).toString(),
        closed: closedFrom !== null,
      }
    })
}

/** The names of the holders of accounts, by their credit codes. */
export async function namesOf(
  db: Kysely<Tables>,
  states: readonly Pick<AccountState, 'account'>[],
): Promise<ReadonlyMap<string, string>> {
  const holders = [...new Set(states.map(({ account }) => account.holder))].filter((holder) => holder !== '')
  if (holders.length === 0) return new Map()
  const rows = await db
    .selectFrom('organisation')
    .select(['credit_code', 'name'])
    .where('credit_code', 'in', holders)
    .execute()
  return new Map(rows.map((row) => [row.credit_code, row.name]))
}

function textOf(row: View): string {
  return `${row.holderName ?? ''} ${row.holder} ${row.reference} ${row.kind}`.toLowerCase()
}

function orderOf(row: View): number {
  return row.ledger * 1000 + accountKinds[row.code as keyof typeof accountKinds].number
}
