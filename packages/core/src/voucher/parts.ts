// What is granted in parts: each is reserved apart and is a payable of its own, numbered after the grant.
import type { Fen } from '../money/index.ts'
import type { Approval } from './plans.ts'
import type { Source } from './sources.ts'

/** One part of an approved amount, with the pools that pay it. */
export interface ApprovedPart {
  readonly amountFen: Fen
  readonly sources?: readonly Source[]
}

export function partsIn({ amountFen, sources, parts }: Approval): readonly ApprovedPart[] {
  return parts ?? [sources === undefined ? { amountFen } : { amountFen, sources }]
}

/** The number of what is payable: a grant that is paid in parts numbers them. */
export function partNumber(number: string, approval: Pick<Approval, 'parts'>, part: number): string {
  return approval.parts === undefined ? number : `${number}-${part + 1}`
}
