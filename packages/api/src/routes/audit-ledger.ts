// The journal as an auditor reads it: postings with what they carried out, accounts as of any moment, and the proofs that
// were run over it. The numbers are those of the journal; names of things are looked up beside them.
import { accountKinds, postingRules, type AccountCode, type PostingCode } from '@suanquan/core/ledger'
import { z } from 'zod'
import { route } from '../route.ts'
import {
  asOfQuery,
  dayText,
  fenText,
  idParams,
  idText,
  instantText,
  pageOf,
  pageQuery,
  plainText,
} from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

/** Something the platform keeps, by its number or name; where it has a page, its id leads there. */
const thing = z
  .object({ kind: z.string(), id: z.string(), label: z.string(), organisationName: z.string().nullable() })
  .meta({ id: 'Thing' })

const side = z
  .object({
    id: idText,
    code: z.string(),
    /** fen or times */
    unit: z.enum(['fen', 'times']),
    holderName: z.string().nullable(),
    holder: z.string(),
    reference: z.string(),
    kind: z.string(),
    /** the whole city's jurisdiction, or a district of it */
    district: z.string(),
    year: z.number().int().nullable(),
    usableUntil: dayText.nullable(),
  })
  .meta({ id: 'LedgerAccount' })

const posting = z
  .object({
    id: idText,
    ledger: z.number().int(),
    programme: bilingual,
    sequence: z.number().int(),
    at: instantText,
    kind: z.enum(['post', 'reserve', 'settle', 'release']),
    code: z.string(),
    amount: fenText,
    debit: side,
    credit: side,
    document: thing.nullable(),
    documentId: idText,
    link: z.number().int(),
    links: z.number().int(),
  })
  .meta({ id: 'JournalPosting' })

const balance = side
  .extend({
    ledger: z.number().int(),
    programme: bilingual,
    debitsPending: fenText,
    debitsPosted: fenText,
    creditsPending: fenText,
    creditsPosted: fenText,
    /** what could be debited at that moment */
    usable: fenText,
    closed: z.boolean(),
  })
  .meta({ id: 'AccountBalance' })

/** What some accounts hold together: reserved amounts are still in the balance. */
const holding = z.object({ balanceFen: fenText, heldFen: fenText })

const statementLine = posting
  .extend({
    inFen: fenText,
    outFen: fenText,
    /** what is held afterwards less what was held before */
    heldChangeFen: fenText,
    after: holding,
  })
  .meta({ id: 'StatementLine' })

const statement = z
  .object({
    ledger: z.number().int(),
    programme: bilingual,
    /** the moment of the closing balance, and the last posting that counts with the chain up to it */
    asOf: instantText,
    sequence: z.number().int(),
    chain: z.string(),
    opening: holding,
    closing: holding,
    accounts: z.array(
      side.extend({ opening: holding, closing: holding, usable: fenText }).meta({ id: 'StatementAccount' }),
    ),
    total: z.number().int(),
    lines: z.array(statementLine),
  })
  .meta({ id: 'FundStatement' })

const proofKinds = ['verification', 'replay'] as const

const proofCheck = z
  .object({
    id: z.string(),
    ok: z.boolean(),
    /** how many things were looked at */
    looked: z.number().int(),
    wrong: z.number().int(),
    /** the first few that are wrong */
    details: z.array(z.object({ where: z.string(), what: z.string() })),
  })
  .meta({ id: 'ProofCheck' })

const proofFund = z
  .object({
    ledger: z.number().int(),
    programme: bilingual,
    postings: z.number().int(),
    accounts: z.number().int(),
    headHash: z.string(),
    checks: z.array(proofCheck),
  })
  .meta({ id: 'ProvedFund' })

const difference = z
  .object({
    decisionId: idText,
    kind: z.string(),
    about: thing.nullable(),
    decidedAt: instantText,
    /** where stored and recomputed results differ; empty when nothing could be decided any more */
    paths: z.array(z.object({ path: z.string(), stored: z.string(), again: z.string() })),
  })
  .meta({ id: 'ReplayDifference' })

const proof = z
  .object({
    id: idText,
    kind: z.enum(proofKinds),
    state: z.enum(['running', 'done', 'broken_off']),
    done: z.number().int(),
    total: z.number().int(),
    clean: z.boolean().nullable(),
    startedBy: z.string().nullable(),
    startedAt: instantText,
    endedAt: instantText.nullable(),
  })
  .meta({ id: 'ProofRun' })

/** What was granted to firms of one size class that buy from one provider, by what became of it. */
const flowGrant = z
  .object({
    sizeClass: z.string(),
    /** empty where no contract says */
    providerId: z.string(),
    providerName: z.string(),
    reservedFen: fenText,
    heldFen: fenText,
    owedFen: fenText,
    paidFen: fenText,
    returnedFen: fenText,
  })
  .meta({ id: 'FlowGrant' })

export const auditLedgerRoutes = {
  readFlow: route('GET /api/flow', {
    summary: {
      zh: '资金去向（任一日或任一序号）',
      en: 'where the money went, as of any day or, of one programme, any sequence',
    },
    access: 'pool.read',
    query: asOfQuery.extend({ adoptionId: idText.optional() }),
    refusals: ['pool.as_of_twice', 'pool.sequence_of_one'],
    answer: z.object({
      asOf: dayText,
      programmes: z.array(
        z
          .object({
            adoptionId: idText,
            title: bilingual,
            appropriatedFen: fenText,
            /** never granted: in the appropriation or the pool */
            ungrantedFen: fenText,
            /** came back to the pool and was granted again */
            regrantedFen: fenText,
            /** of what was paid: demanded back, not yet recovered */
            demandedFen: fenText,
            recoveredFen: fenText,
            grants: z.array(flowGrant),
          })
          .meta({ id: 'ProgrammeFlow' }),
      ),
    }),
  }),
  listPostings: route('GET /api/postings', {
    summary: { zh: '分录', en: 'postings of the journal' },
    access: 'ledger.read',
    query: pageQuery.extend({
      adoptionId: idText.optional(),
      accountId: idText.optional(),
      /** number of an application, voucher, claim, contract, payment or appropriation, or a credit code */
      q: plainText(80).optional(),
      reason: z.enum(Object.keys(postingRules) as [PostingCode]).optional(),
      from: dayText.optional(),
      /** up to the end of this day: the journal as it stood then */
      to: dayText.optional(),
    }),
    answer: pageOf(posting),
  }),
  readPosting: route('GET /api/postings/:id', {
    summary: { zh: '一笔分录、它的关联分录组与单据', en: 'one posting with its linked set and document' },
    access: 'ledger.read',
    params: idParams,
    answer: posting.extend({
      setHash: z.string(),
      chain: z.string(),
      set: z.array(posting),
      /** what settled or released a reservation, or the reservation this one resolves */
      related: z.array(posting),
    }),
  }),
  listAccounts: route('GET /api/accounts', {
    summary: { zh: '账户余额（可查任一日终）', en: 'accounts and their balances as of any day' },
    access: 'ledger.read',
    query: pageQuery.extend({
      adoptionId: idText.optional(),
      code: z.enum(Object.keys(accountKinds) as [AccountCode]).optional(),
      q: plainText(80).optional(),
      asOf: dayText.optional(),
    }),
    answer: pageOf(balance),
  }),
  readAccount: route('GET /api/accounts/:id', {
    summary: { zh: '一个账户的余额', en: 'one account' },
    access: 'ledger.read',
    params: idParams,
    query: z.object({ asOf: dayText.optional() }),
    answer: balance,
  }),
  readLedgerStatement: route('GET /api/ledger-statement', {
    summary: {
      zh: '对账单：任一账户、券、资金池或单位，截至任一日或任一序号',
      en: 'statement of any account, voucher, pool or firm, as of any day or sequence',
    },
    access: 'ledger.read',
    query: asOfQuery.merge(pageQuery).extend({
      /** id of an account, a programme's adoption (its pools) or a firm; a credit code; or the number of a voucher or claim */
      of: plainText(80, 1),
      /** the first day that is listed; what came before is the opening balance */
      from: dayText.optional(),
    }),
    answer: z.object({ of: z.string(), funds: z.array(statement) }),
    refusals: ['pool.as_of_twice', 'ledger.nothing_known', 'ledger.period_backwards'],
  }),
  startProof: route('POST /api/proofs', {
    summary: {
      zh: '开始核验账本或重放决定',
      en: 'start a verification of the ledger or a replay of decisions',
    },
    access: 'ledger.verify',
    body: z.object({ kind: z.enum(proofKinds) }),
    answer: proof,
    refusals: ['ledger.proof_running'],
  }),
  listProofs: route('GET /api/proofs', {
    summary: { zh: '核验与重放记录', en: 'verifications and replays so far' },
    access: 'ledger.verify',
    query: pageQuery.extend({ kind: z.enum(proofKinds).optional() }),
    answer: pageOf(proof),
  }),
  readProof: route('GET /api/proofs/:id', {
    summary: { zh: '一次核验或重放的结果', en: 'one verification or replay with its results' },
    access: 'ledger.verify',
    params: idParams,
    answer: proof.extend({
      funds: z.array(proofFund),
      /** documents beside the ledger: the same sum from either */
      agreement: z.array(
        z.object({ id: z.string(), documentsFen: fenText, ledgerFen: fenText, ok: z.boolean() }),
      ),
      decisions: z.array(z.object({ kind: z.string(), count: z.number().int(), wrong: z.number().int() })),
      differences: z.array(difference),
    }),
  }),
} as const
