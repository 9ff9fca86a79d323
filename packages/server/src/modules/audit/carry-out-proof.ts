// One proof carried out beside the running platform: it says how far it is, and at the end what was found.
import { hex } from '@suanquan/core'
import { checks } from '@suanquan/core/ledger'
import type { AnswerOf, Routes } from '@suanquan/api'
import { timestamp, verifyLedger, type Verification } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { verifySeals, type SealVerification } from '../seal/index.ts'
import { agreementOf } from './agreement.ts'
import { titlesOfFunds } from '../policy/index.ts'
import { replayDecisions, type Replayed } from './replay.ts'
import { thingsOf } from './things.ts'

type View = AnswerOf<Routes['readProof']>
type Result = Pick<View, 'funds' | 'agreement' | 'decisions' | 'differences'>

const PROGRESS_EVERY_MS = 1000
const MOST_SHOWN = 20

export async function carryOutProof(world: World, id: string, kind: View['kind']): Promise<void> {
  let said = world.wallClock()
  let saying = Promise.resolve()
  const progress = (done: number): void => {
    const now = world.wallClock()
    if (now - said < PROGRESS_EVERY_MS) return
    said = now
    const seen = { done_steps: BigInt(done), seen_at: timestamp(now) }
    saying = saying.then(
      async () => void (await world.db.updateTable('proof_run').set(seen).where('id', '=', id).execute()),
    )
  }
  try {
    const done = kind === 'verification' ? await verification(world, progress) : await replay(world, progress)
    await saying
    await end(world, id, {
      state: 'done',
      done_steps: BigInt(done.steps),
      result: JSON.stringify(done.result),
      clean: done.clean,
    })
  } catch (error) {
    world.log.error(error, 'a proof broke off')
    await saying.catch(() => undefined)
    await end(world, id, { state: 'broken_off' }).catch(() => undefined)
  }
}

interface Ended {
  readonly state: View['state']
  readonly done_steps?: bigint
  readonly result?: string
  readonly clean?: boolean
}

async function end(world: World, id: string, changes: Ended): Promise<void> {
  const ended = { ...changes, ended_at: timestamp(world.clock()), seen_at: timestamp(world.wallClock()) }
  await world.db.updateTable('proof_run').set(ended).where('id', '=', id).execute()
}

interface Done {
  readonly steps: number
  readonly clean: boolean
  readonly result: Partial<Result>
}

async function verification(world: World, progress: (done: number) => void): Promise<Done> {
  const proofs = await verifyLedger(world.database, undefined, progress)
  const sealed = new Map((await verifySeals(world.database)).map((each) => [each.fund.ledger, each]))
  const titles = await titlesOfFunds(world, world.db)
  const funds = proofs.map((proof) => {
    const fund = viewFund(proof, titles.ofFund(proof.fund.ledger))
    return { ...fund, checks: [...fund.checks, sealCheck(sealed.get(proof.fund.ledger))] }
  })
  const sums = await agreementOf(world.db)
  const agreement = sums.map(({ id, documentsFen, ledgerFen }) => ({
    id,
    documentsFen: documentsFen.toString(),
    ledgerFen: ledgerFen.toString(),
    ok: documentsFen === ledgerFen,
  }))
  return {
    steps: proofs.reduce((sum, { postings }) => sum + Number(postings), 0),
    clean: funds.every((fund) => fund.checks.every(({ ok }) => ok)) && agreement.every(({ ok }) => ok),
    result: { funds, agreement },
  }
}

/** What each check looks at: every account, every posting, or the whole fund once. */
const OF_ACCOUNTS: ReadonlySet<string> = new Set(['account_identity', 'balances'])
const OF_THE_FUND: ReadonlySet<string> = new Set(['head', 'double_entry'])

function viewFund(proof: Verification, programme: { zh: string; en: string }): View['funds'][number] {
  const postings = Number(proof.postings)
  return {
    ledger: proof.fund.ledger,
    programme,
    postings,
    accounts: proof.accounts,
    headHash: hex(proof.fund.chain),
    checks: checks.map((id) => {
      const findings = proof.findings.filter(({ check }) => check === id)
      return {
        id,
        ok: findings.length === 0,
        looked: OF_ACCOUNTS.has(id) ? proof.accounts : OF_THE_FUND.has(id) ? 1 : postings,
        wrong: findings.length,
        details: findings.slice(0, MOST_SHOWN).map(({ sequence, account, detail }) => ({
          where: sequence === null ? (account ?? '') : `#${sequence}`,
          what: detail,
        })),
      }
    }),
  }
}

/** The seals, and the postings they cover against them. */
function sealCheck(proof: SealVerification | undefined): View['funds'][number]['checks'][number] {
  const findings = proof?.findings ?? []
  return {
    id: 'seals',
    ok: findings.length === 0,
    looked: Number(proof?.sealed ?? 0n),
    wrong: findings.length,
    details: findings
      .slice(0, MOST_SHOWN)
      .map(({ number, detail }) => ({ where: `${number}`, what: detail })),
  }
}

async function replay(world: World, progress: (done: number) => void): Promise<Done> {
  const replayed: Replayed = await replayDecisions(world.database, progress)
  const shown = replayed.differences.slice(0, MOST_SHOWN * 10)
  const things = await thingsOf(
    world.db,
    shown.map(({ objectId }) => objectId),
  )
  const differences = shown.map(({ decisionId, kind, objectId, decidedAt, paths }) => ({
    decisionId,
    kind,
    about: things.get(objectId) ?? null,
    decidedAt: new Date(decidedAt).toISOString(),
    paths: [...paths],
  }))
  const decisions = Object.entries(replayed.kinds).map(([kind, count]) => ({
    kind,
    count,
    wrong: replayed.differences.filter((each) => each.kind === kind).length,
  }))
  // named beside the others: decided in another system, so there is nothing to compute again
  const count = replayed.takenOver.reduce((sum, { vouchers }) => sum + vouchers, 0)
  const elsewhere = count === 0 ? [] : [{ kind: 'taken_over', count, wrong: 0 }]
  return {
    steps: replayed.decisions,
    clean: replayed.differences.length === 0,
    result: { decisions: [...decisions, ...elsewhere], differences },
  }
}
