// What a programme's procedure comes to on a governing day, against what its cases say: who does what, when applications
// are taken, how long a voucher is usable, on which proof a claim is paid. Only what a case names is compared.
import type { Instant } from '../../calendar/index.ts'
import { writeValue } from '../message.ts'
import type { Programme } from '../programme.ts'
import { procedureTerms, type ProcedureTerms } from '../summary.ts'
import type { TermsCase, ExpectedTerms } from './read-cases.ts'
import type { CaseDifference } from './run-cases.ts'
import { instantOf, windowTakes, writePeriod } from '../window.ts'

interface Found {
  readonly programme: Programme
  readonly terms: ProcedureTerms
  readonly at: Instant
}

const OUTPUTS: { readonly [Output in keyof ExpectedTerms]-?: (found: Found) => readonly unknown[] } = {
  way: ({ terms }) => [terms.way],
  windows: ({ terms }) => terms.windows.map(writePeriod),
  taken: ({ terms: { windows }, at }) => [
    windows.length === 0 || windows.some((window) => windowTakes(window, at)),
  ],
  stages: ({ terms }) => terms.stages.map(({ actor, id }) => `${actor}:${id}`),
  review: ({ terms }) => terms.review.map(({ tier }) => tier),
  pays: ({ terms, programme }) =>
    terms.stages.flatMap(({ id, paysFen, on = [] }) =>
      paysFen === undefined ? [] : [[`${id}=${money(programme, paysFen)}`, ...on].join(' ')],
    ),
  usable_until: ({ terms }) => [terms.usableUntil],
  claims_until: ({ terms }) => [terms.claimsUntil],
  in_parts: ({ terms }) => [terms.inParts],
  transferable: ({ programme }) => [programme.voucher?.transferable],
  on_expiry: ({ programme }) => [programme.voucher?.onExpiry],
  when_short: ({ programme }) => [programme.allocation?.whenShort],
  legs: ({ programme }) => (programme.redemption?.legs ?? []).map(({ id }) => id),
  evidence: ({ programme }) => Object.keys(programme.documents),
}

function money({ facts }: Programme, fen: bigint): string {
  return writeValue(fen, { kind: 'money' }, { schema: facts, language: 'zh' })
}

/** @param programme with every answer that the case needs */
export function termsDifferences(programme: Programme, { on, at, expect }: TermsCase): CaseDifference[] {
  const terms = procedureTerms(programme, on)
  if (!terms.ok) {
    const actual = `${terms.refusal.code} ${String(terms.refusal.params['needed'])}`
    return [{ output: 'refusal', expected: '', actual }]
  }
  const found = { programme, terms: terms.value, at: instantOf(on, at) }
  return Object.entries(OUTPUTS).flatMap(([output, read]) => {
    const wanted = expect[output as keyof ExpectedTerms]
    if (wanted === undefined) return []
    const expected = [wanted].flat().join(', ')
    const actual = read(found).join(', ')
    return expected === actual ? [] : [{ output, expected, actual }]
  })
}
