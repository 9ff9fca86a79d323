// What finance and providers do to imprests, as random acts: advances, deductions that draw on them, payments that fill them
// again, deductions taken back by either side, returns; sometimes too much, twice, or of what was never drawn.
import {
  idOf,
  imprest,
  imprestOwed,
  planAdvance,
  planDeduction,
  planPayment,
  planReturn,
  planTakeBack,
  upTo,
  withDraw,
  withDrawnBack,
  withRefill,
} from '@suanquan/core/voucher'
import { randomUuid } from '../ledger-world.ts'
import { draw, ofDraw, type Act, type Draw, type Life } from './life.ts'

/** Few of those that are paid have an imprest: enough for several deductions at once on each. */
const PROVIDERS = 4
const providerOf = (index: number): string => `9111010${index}`

export function advanceImprest({ random }: Life): Act['plan'] {
  const [document, provider] = [randomUuid(random), providerOf(random.int(PROVIDERS))]
  const amount = BigInt(1 + random.int(6000))
  return (books) => planAdvance(books, document, provider, amount)
}

export function returnImprest({ random, books, left }: Life): Act['plan'] {
  const [document, provider] = [randomUuid(random), providerOf(random.int(PROVIDERS))]
  const owedFen = left(idOf(books, imprestOwed(books.fund, provider)))
  const there = owedFen + left(idOf(books, imprest(books.fund, provider)))
  const amount = random.int(8) === 0 ? there + 1n : 1n + BigInt(random.int(Number(there) + 1))
  return (of) => planReturn(of, document, { provider, amount, owedFen })
}

/** As much as there is, sometimes a fen more; the imprest of who has none is empty. */
export function deductFromImprest(life: Life): Act['plan'] | null {
  const { random, books, left } = life
  const more = random.int(10) === 0 ? 1n : 0n
  return draw(life, (of, { claim, amount, caps }) => {
    const drawn = drawnFor(
      life,
      claim.id,
      () => upTo(left(idOf(books, imprest(books.fund, claim.payee))), amount) + more,
    )
    return withDraw(of, planDeduction(of, claim, amount, caps), claim, drawn)
  })
}

/** What was asked for a deduction, thought of once: an act that is asked again asks for the same. */
function drawnFor({ drawn }: Life, claim: string, think: () => bigint): bigint {
  const known = drawn.get(claim) ?? think()
  drawn.set(claim, known)
  return known
}

/** Of those that drew on an imprest. */
function ofDrawn(
  life: Life,
  plan: (
    books: Parameters<Act['plan']>[0],
    draw: Draw,
    part: bigint,
    drawn: bigint,
  ) => ReturnType<Act['plan']>,
): Act['plan'] | null {
  return ofDraw(life, (books, of, part) => plan(books, of, part, life.drawn.get(of.claim.id) ?? 0n))
}

export function payAndRefill(life: Life): Act['plan'] | null {
  const document = randomUuid(life.random)
  const wrong = life.random.int(12) === 0 ? 1n : 0n
  return ofDrawn(life, (books, { claim }, part, drawn) => {
    const amount = upTo(drawn, part) + wrong
    return withRefill(books, planPayment(books, claim, document, part), claim, { amount, document })
  })
}

export function takeBackDrawn(life: Life): Act['plan'] | null {
  const by = life.random.int(2) === 0 ? ('provider' as const) : ('office' as const)
  const kept = life.random.int(2) === 0 ? 0n : BigInt(life.random.int(200))
  return ofDrawn(life, (books, { claim, amount, caps }, _part, drawn) => {
    const keptFen = kept < amount ? kept : 0n
    const plan = planTakeBack(books, claim, { deductedFen: amount, caps, keptFen, returned: null })
    return withDrawnBack(books, plan, claim, { amount: drawn - upTo(drawn, keptFen), document: claim.id, by })
  })
}
