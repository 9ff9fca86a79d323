// Who bears the money (省市共担): the shares of the budgets come to the whole, no more and no less.
import { parseRate } from '../../money/index.ts'
import { fundingWeights } from '../funding.ts'
import type { FundingShare } from '../programme.ts'
import type { ProgrammeShape } from '../shape.ts'
import { complain, present, provenance, uniqueIds, type Context } from './context.ts'
import { checkText } from './messages.ts'

export function checkFunding(
  context: Context,
  shapes: NonNullable<ProgrammeShape['funding']>,
): readonly FundingShare[] | undefined {
  const path = ['funding']
  uniqueIds(context, path, shapes.map(({ id }) => id)) // prettier-ignore
  const shares = shapes.flatMap((shape, index) => {
    const share = parseRate(shape.share)
    if (!share.ok) return complain(context, [...path, index, 'share'], share.refusal) ?? []
    const text = checkText(context, [...path, index, 'text'], shape.text)
    const origin = provenance(context, [...path, index], shape, `funding.${shape.id}`)
    return [present({ id: shape.id, share: share.value, text, ...origin })]
  })
  if (shares.length < shapes.length) return undefined
  const { weights, whole } = fundingWeights(shares)
  const sum = weights.reduce((total, weight) => total + weight, 0n)
  if (sum !== whole) complain(context, path, { code: 'policy.shares_not_whole', params: {} })
  return shares
}
