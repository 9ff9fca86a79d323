// The statement as a route: balances and lines of the journal with the names of what they carried out.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import { accountKinds, type Balance } from '@suanquan/core/ledger'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch } from '../../identity/scope.ts'
import { statementLines, statementsOf, untilOf, type FundStatement } from '../ledger/index.ts'
import { namesOf } from './accounts.ts'
import { titlesOfFunds } from '../policy/index.ts'
import { postingsAt } from './postings.ts'

type View = AnswerOf<Routes['readLedgerStatement']>['funds'][number]
type Holding = View['opening']

export function readLedgerStatement(world: World): Handler<'readLedgerStatement'> {
  return {
    kind: 'query',
    run: async ({ query, person, at }, { db, touch }) => {
      touch({ kind: 'journal', id: null })
      const until = untilOf(query, at)
      if (!until.ok) return until
      const { of, from, page, size } = query
      if (from !== undefined && startOf(from) > ('moment' in until.value ? until.value.moment : at))
        return refuse('ledger.period_backwards', { from })
      const all = await statementsOf(db, { of, from, until: until.value, at })
      const seen = all.filter(({ fund: { jurisdiction } }) =>
        mayTouch(person, 'ledger.read', { jurisdiction, district: jurisdiction, organisationIds: [] }),
      )
      if (seen.length === 0) return refuse('ledger.nothing_known', { id: of })
      const shown = { offset: (page - 1) * size, most: size }
      return accept({ of, funds: await Promise.all(seen.map((each) => view(world, db, each, shown))) })
    },
  }
}

async function view(
  world: World,
  db: Kysely<Tables>,
  statement: FundStatement,
  shown: { readonly offset: number; readonly most: number },
): Promise<View> {
  const { fund, accounts } = statement
  const lines = await statementLines(db, statement, shown)
  const postings = await postingsAt(
    world,
    db,
    fund.ledger,
    lines.map(({ sequence }) => sequence),
  )
  const names = await namesOf(db, accounts)
  return {
    ledger: fund.ledger,
    programme: (await titlesOfFunds(world, db)).ofFund(fund.ledger),
    asOf: new Date(statement.moment).toISOString(),
    sequence: Number(statement.sequence),
    chain: statement.chain,
    opening: together(accounts.map(({ opening }) => opening)),
    closing: together(accounts.map(({ closing }) => closing)),
    accounts: accounts.map(({ account, opening, closing, usable }) => ({
      id: account.id,
      code: account.code,
      unit: accountKinds[account.code].unit,
      holderName: names.get(account.holder) ?? null,
      holder: account.holder,
      reference: account.reference,
      kind: account.kind,
      district: account.district,
      year: account.year,
      usableUntil: account.usableUntil,
      opening: together([opening]),
      closing: together([closing]),
      usable: usable.toString(),
    })),
    total: statement.total,
    lines: lines.map((line, index) => ({
      ...postings[index]!,
      inFen: line.inFen.toString(),
      outFen: line.outFen.toString(),
      heldChangeFen: line.heldChangeFen.toString(),
      after: { balanceFen: line.balanceFen.toString(), heldFen: line.heldFen.toString() },
    })),
  }
}

/** What came in less what went out: below zero where an account gives, as a treasury does. */
function together(balances: readonly Balance[]): Holding {
  const sum = (of: (balance: Balance) => bigint): string =>
    balances.reduce((total, balance) => total + of(balance), 0n).toString()
  return {
    balanceFen: sum(({ creditsPosted, debitsPosted }) => creditsPosted - debitsPosted),
    heldFen: sum(({ debitsPending }) => debitsPending),
  }
}
