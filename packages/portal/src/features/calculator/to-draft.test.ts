import { expect, test } from 'vitest'
import { withCarried } from './to-draft.ts'

const EMPTY = { contract: {}, statements: {}, documents: [] }

test('what was worked out fills an empty draft, and what a register holds is not taken over', () => {
  const facts = {
    'applicant.region': '990101',
    'applicant.on_dishonesty_list': false,
    'contract.signed_on': '2024-05-06',
    'contract.amount': '520000000',
    'contract.use': 'training',
    'parties.related': false,
    provider: '3f0e8a52-0000-4000-8000-000000000001',
  }
  expect(withCarried(EMPTY, facts)).toEqual({
    contract: {
      providerId: '3f0e8a52-0000-4000-8000-000000000001',
      signedOn: '2024-05-06',
      amountFen: '520000000',
      use: 'training',
    },
    statements: { relatedParties: false, declared: { 'applicant.on_dishonesty_list': false } },
    documents: [],
  })
})

test('what the draft holds already stays', () => {
  const draft = { ...EMPTY, contract: { amountFen: '1' }, statements: { relatedParties: true } }
  const carried = withCarried(draft, { 'contract.amount': '2', 'parties.related': false })
  expect(carried).toEqual(draft)
})
