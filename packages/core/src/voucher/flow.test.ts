import { ledgerWorld } from '@suanquan/testkit'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Hash } from '../canonical.ts'
import { startOf } from '../calendar/index.ts'
import {
  balancesAsOf,
  emptyJournal,
  post,
  reservationOf,
  type AccountCode,
  type Journal,
  type Uuid,
} from '../ledger/index.ts'
import { seededRandom } from '../random.ts'
import { moneyFlow, type FlowSum, type GrantedFates } from './flow.ts'

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const FATES = ['reservedFen', 'heldFen', 'owedFen', 'paidFen', 'returnedFen'] as const

function history(seed: number, batches: number): Journal {
  const place = { ledger: 1, jurisdiction: '110000' }
  const journal = emptyJournal(place.ledger, place.jurisdiction, sha256)
  const world = ledgerWorld(seededRandom(seed), place, startOf('2024-03-01'))
  for (let count = 0; count < batches; count += 1) post(journal, world.nextBatch(journal))
  return journal
}

/** One sum a row: nothing is added up before the function under test does. */
function sumsOf(journal: Journal, until = Infinity): FlowSum[] {
  const amounts = new Map<Uuid, bigint>()
  const account = (id: Uuid): FlowSum['debit'] => {
    const { code, reference } = journal.books.accounts.get(id)!.account
    return { id, code, reference }
  }
  return journal.rows
    .filter(({ at }) => at <= until)
    .map(({ posting }) => {
      if (posting.kind === 'reserve') amounts.set(posting.id, posting.amount)
      const reserved = amounts.get(reservationOf(posting) ?? '') ?? 0n
      return {
        debit: account(posting.debit),
        credit: account(posting.credit),
        code: posting.code,
        posted: posting.kind === 'post' || posting.kind === 'settle' ? posting.amount : 0n,
        pending: posting.kind === 'reserve' ? posting.amount : -reserved,
      }
    })
}

describe.each([1, 2, 3, 4, 5, 6])('history %i', (seed) => {
  const journal = history(seed, 60)
  const middle = journal.rows[Math.floor(journal.rows.length / 2)]!.at

  test.each([
    ['in the middle', middle],
    ['at the end', Infinity],
  ])('every fen is found again %s, and the balances agree', (_when, until) => {
    const flow = moneyFlow(sumsOf(journal, until), ({ id }) => id)
    const total = (fate: keyof GrantedFates): bigint =>
      [...flow.groups.values()].reduce((sum, fates) => sum + fates[fate], 0n)
    const granted = FATES.reduce((sum, fate) => sum + total(fate), 0n)
    expect(flow.appropriatedFen + flow.regrantedFen).toBe(flow.ungrantedFen + granted)

    const balances = balancesAsOf(journal.rows, { moment: until })
    const stands = (...codes: AccountCode[]): bigint =>
      [...balances].reduce((sum, [id, { creditsPosted, debitsPosted }]) => {
        const { code } = journal.books.accounts.get(id)!.account
        return codes.includes(code) ? sum + creditsPosted - debitsPosted : sum
      }, 0n)
    expect(total('heldFen')).toBe(stands('voucher'))
    expect(total('owedFen')).toBe(stands('payable'))
    expect(total('paidFen') - flow.demandedFen - flow.recoveredFen).toBe(stands('paid'))
    expect(flow.demandedFen).toBe(stands('receivable'))
    const left = flow.ungrantedFen - flow.regrantedFen + total('returnedFen')
    const advanced = stands('imprest', 'imprest_drawn', 'imprest_owed')
    expect(left).toBe(advanced + stands('appropriation', 'pool') - total('reservedFen'))
  })

  test('a coarser grouping adds up to the same', () => {
    const sums = sumsOf(journal)
    const one = moneyFlow(sums, () => 'all').groups.get('all')
    const each = [...moneyFlow(sums, ({ id }) => id).groups.values()]
    for (const fate of FATES) {
      expect(one?.[fate] ?? 0n).toBe(each.reduce((sum, fates) => sum + fates[fate], 0n))
    }
  })
})

test('an empty fund flows nowhere', () => {
  expect(moneyFlow([], () => 'all')).toEqual({
    appropriatedFen: 0n,
    ungrantedFen: 0n,
    regrantedFen: 0n,
    demandedFen: 0n,
    recoveredFen: 0n,
    groups: new Map(),
  })
})
