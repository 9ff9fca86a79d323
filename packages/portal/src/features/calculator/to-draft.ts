// What the calculator knows as parts of a draft. What a register holds is not taken over: the register is asked.
import { isDeclarable } from '@suanquan/core/application'
import type { Draft } from '../application/use-draft.ts'

type Facts = Readonly<Record<string, string | boolean>>

/** @returns the draft with everything that it did not hold yet */
export function withCarried(draft: Draft, facts: Facts): Draft {
  const text = (fact: string): string | undefined =>
    typeof facts[fact] === 'string' && facts[fact] !== '' ? facts[fact] : undefined
  const flag = (fact: string): boolean | undefined =>
    typeof facts[fact] === 'boolean' ? facts[fact] : undefined
  const contract = given({
    providerId: text('provider'),
    signedOn: text('contract.signed_on'),
    startsOn: text('contract.starts_on'),
    endsOn: text('contract.ends_on'),
    amountFen: text('contract.amount'),
    excludedFen: text('contract.excluded_amount'),
    use: text('contract.use'),
  })
  const statements = given({
    relatedParties: flag('parties.related'),
    otherCitySubsidy: flag('contract.other_city_subsidy'),
  })
  const declared = given(
    Object.fromEntries(
      Object.entries(facts)
        .filter(([fact, value]) => isDeclarable(fact) && value !== '')
        .map(([fact, value]) => [fact, value]),
    ),
  )
  const all = { ...declared, ...draft.statements.declared }
  return {
    ...draft,
    contract: { ...contract, ...draft.contract } as Draft['contract'],
    statements: {
      ...statements,
      ...draft.statements,
      ...(Object.keys(all).length === 0 ? {} : { declared: all as Record<string, string | boolean> }),
    },
  }
}

function given<Value>(values: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  )
}
