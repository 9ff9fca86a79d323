// What a claim takes of its papers is what its legs counted: a paper that counts nothing leaves the use to those that do.
import type { ClaimEvidence, Invoice, Payment } from '@suanquan/core/settlement'
import { expect, it } from 'vitest'
import { papersUsed } from './used-papers.ts'

const buyer = '91330100BUYER00001'
const seller = '91330100SELLER0001'

const invoice = (number: string, said: Partial<Invoice> = {}): Invoice => ({
  number,
  issuedOn: '2026-03-01',
  seller,
  buyer,
  amountFen: 10_000n,
  redLetterOf: null,
  excludedFen: 0n,
  usedFen: 0n,
  ...said,
})

const payment = (reference: string, said: Partial<Payment> = {}): Payment => ({
  reference,
  paidOn: '2026-03-02',
  payer: buyer,
  payee: seller,
  amountFen: 10_000n,
  usedFen: 0n,
  ...said,
})

it('takes nothing of a paper that counts nothing, however early it is listed', () => {
  const evidence: ClaimEvidence = {
    legs: ['metered', 'contract', 'invoice', 'payment'],
    claimedOn: '2026-03-31',
    contract: {
      contractNo: 'C-1',
      buyer,
      seller,
      amountFen: 100_000n,
      signedOn: '2026-01-01',
      termFrom: '2026-01-01',
      termUntil: '2026-12-31',
      prices: [],
      shard: null,
    },
    contractExcludedFen: 0n,
    contractUsedFen: 0n,
    lines: [],
    meteredUsedFen: 0n,
    invoices: [
      invoice('others', { buyer: seller }),
      invoice('later', { issuedOn: '2026-04-01' }),
      invoice('own'),
    ],
    payments: [payment('before', { paidOn: '2025-12-31' }), payment('own')],
    deductedFen: 0n,
    askedFen: null,
  }
  expect(papersUsed(evidence, 10_000n)).toEqual([
    { kind: 'invoice', number: 'others', used_fen: 0n },
    { kind: 'invoice', number: 'later', used_fen: 0n },
    { kind: 'invoice', number: 'own', used_fen: 10_000n },
    { kind: 'payment', number: 'before', used_fen: 0n },
    { kind: 'payment', number: 'own', used_fen: 10_000n },
  ])
})
