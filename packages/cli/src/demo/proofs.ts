// What has to hold at the end of the year: the journal proves itself, every decision computes again to the byte, and
// every fen is somewhere. The offices' own pages are read through the public routes; nothing is taken from the driver.
import type { AnswerOf, Client, Outcome, Routes } from '@suanquan/api'
import { replayDecisions } from '@suanquan/server'
import { must } from './actor.ts'
import type { Sentence } from '../language.ts'
import type { Demo, DemoProgramme } from './demo.ts'

export interface Proof {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

export interface Books {
  readonly journalHash: string
  readonly postings: number
  readonly decisions: number
  /** by programme, the vouchers' first */
  readonly pools: readonly Pool[]
  /** what each condition asks, as the public page says it */
  readonly conditions: Readonly<Record<string, { readonly zh: string; readonly en: string }>>
  readonly proofs: readonly Proof[]
}

type Pool = AnswerOf<Routes['readPool']>

/** Programmes that pay what is awarded, and issue nothing. */
const WITHOUT_VOUCHER: ReadonlySet<DemoProgramme['name']> = new Set(['after_use', 'seller', 'automatic'])

export async function proveBooks(demo: Demo): Promise<Books> {
  const { api } = demo.staff.auditor
  const verified = await must('核验账本', api.verifyLedger())
  const failed = verified.checks.filter(({ ok }) => !ok).map(({ id, detail }) => `${id}: ${detail}`)
  const replayed = await replayDecisions(demo.server.database)
  const pools: Pool[] = []
  const asked: (readonly [string, Sentence])[] = []
  for (const { adoptionId: id } of demo.programmes) {
    pools.push(await must('资金池', api.readPool({ params: { id } })))
    const adoption = await must('政策措施', api.readAdoption({ params: { id } }))
    for (const { id: condition, text } of adoption.conditions) asked.push([condition, text])
  }
  const direct = pools.filter((_, index) => WITHOUT_VOUCHER.has(demo.programmes[index]!.name))
  const governed = { zh: '合同签订日在办法的实施期内', en: 'the contract is signed while the measure runs' }
  const ledger = {
    name: '账本核验',
    ok: verified.ok,
    detail: verified.ok ? `${verified.postings} 笔分录全部相符` : failed.join('；'),
  }
  const replay = {
    name: '决定重放',
    ok: replayed.differences.length === 0,
    detail: `${replayed.decisions} 个决定重算，${replayed.differences.length} 个不同`,
  }
  return {
    journalHash: verified.headHash,
    postings: verified.postings,
    decisions: replayed.decisions,
    pools,
    conditions: { ...Object.fromEntries(asked.toReversed()), governed },
    proofs: [ledger, replay, ...(await conservation(api, pools, direct)), await flows(api, pools)],
  }
}

/** @param direct the pools that pay without a voucher */
async function conservation(api: Client, pools: readonly Pool[], direct: readonly Pool[]): Promise<Proof[]> {
  const fen = (text: string | null): bigint => BigInt(text ?? '0')
  const sum = (texts: readonly (string | null)[]): bigint =>
    texts.reduce((total, text) => total + fen(text), 0n)
  const vouchers = await everything('券', (page) => api.listVouchers({ query: { page, size: 200 } }))
  const claims = await everything('兑付申请', (page) => api.listClaims({ query: { page, size: 200 } }))
  const batches = await everything('拨付批次', (page) =>
    api.listDisbursements({ query: { page, size: 200 } }),
  )
  const lines = []
  for (const { id } of batches)
    lines.push(...(await must('批次', api.readDisbursement({ params: { id } }))).items)
  const of = (state: string): (string | null)[] =>
    claims.filter((claim) => claim.state === state).map(({ approvedFen }) => approvedFen)
  const directFen = sum(direct.flatMap((pool) => [pool.payableFen, pool.paidFen]))
  const deducted = claims
    .filter(({ state }) => state === 'deducted' || state === 'submitted')
    .map(({ deductedFen }) => deductedFen)
  const whole = (key: keyof Money): bigint => sum(pools.map((pool) => pool[key]))
  const paidFen = whole('paidFen').toString()
  return [
    ...pools.map(({ appropriatedFen, leftFen, reservedFen, usableFen, heldFen, payableFen, paidFen: paid }) =>
      equal(
        '拨入 = 余额 + 预留 + 可用 + 预扣 + 待拨 + 已拨',
        fen(appropriatedFen),
        sum([leftFen, reservedFen, usableFen, heldFen, payableFen, paid]),
      ),
    ),
    equal(
      '券面合计 = 可用 + 预扣 + 核销 + 退回',
      sum(vouchers.map((each) => each.amountFen)),
      sum(vouchers.flatMap((each) => [each.usableFen, each.heldFen, each.redeemedFen, each.returnedFen])),
    ),
    equal('发放合计 = 券面合计', whole('issuedFen'), sum(vouchers.map(({ amountFen }) => amountFen))),
    equal(
      '核销与直补合计 = 核定合计',
      sum(vouchers.map(({ redeemedFen }) => redeemedFen)) + directFen,
      sum([...of('approved'), ...of('batched'), ...of('paid'), ...deducted]),
    ),
    equal(
      '已拨 = 银行已付各行',
      fen(paidFen),
      sum(lines.filter(({ state }) => state === 'paid').map(({ amountFen }) => amountFen)),
    ),
    equal('已拨 = 已拨付的申请', fen(paidFen), sum(of('paid'))),
    equal('退回资金池 = 各券退回', whole('returnedFen'), sum(vouchers.map(({ returnedFen }) => returnedFen))),
  ]
}

/** The flow of the money, reckoned from the postings, ends where the pools and their accounts stand; nobody's money is nameless. */
async function flows(api: Client, pools: readonly Pool[]): Promise<Proof> {
  const { programmes } = await must('资金去向', api.readFlow({ query: {} }))
  const wrong = pools.filter((pool) => {
    const flow = programmes.find(({ adoptionId }) => adoptionId === pool.adoptionId)
    if (flow === undefined) return true
    const fate = (field: 'reservedFen' | 'heldFen' | 'owedFen' | 'paidFen' | 'returnedFen'): bigint =>
      flow.grants.reduce((total, grant) => total + BigInt(grant[field]), 0n)
    const left = BigInt(flow.ungrantedFen) - BigInt(flow.regrantedFen) + fate('returnedFen')
    const ends = [left, fate('reservedFen'), fate('heldFen'), fate('owedFen'), fate('paidFen')]
    const inVouchers = BigInt(pool.usableFen) + BigInt(pool.heldFen)
    const stands = [
      BigInt(pool.leftFen),
      BigInt(pool.reservedFen),
      inVouchers,
      BigInt(pool.payableFen),
      BigInt(pool.paidFen),
    ]
    return (
      ends.some((fen, index) => fen !== stands[index]) ||
      flow.appropriatedFen !== pool.appropriatedFen ||
      flow.grants.some(({ providerId }) => providerId === '')
    )
  })
  return {
    name: '资金去向 = 各账户余额',
    ok: wrong.length === 0,
    detail: `${pools.length} 个资金池${wrong.length === 0 ? '逐分相符' : `，${wrong.length} 个不符`}`,
  }
}

type Money = Pick<Pool, 'issuedFen' | 'paidFen' | 'returnedFen'>

function equal(name: string, left: bigint, right: bigint): Proof {
  return { name, ok: left === right, detail: left === right ? `${left} 分` : `${left} 分 ≠ ${right} 分` }
}

interface Page<Item> {
  readonly total: number
  readonly items: readonly Item[]
}

async function everything<Item>(
  what: string,
  read: (page: number) => Promise<Outcome<Page<Item>>>,
): Promise<Item[]> {
  const all: Item[] = []
  for (let page = 1; ; page++) {
    const { total, items } = await must(what, read(page))
    all.push(...items)
    if (items.length === 0 || all.length >= total) return all
  }
}
