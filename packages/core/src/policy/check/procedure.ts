// The voucher and the procedure: whose lengths and dates are expressions, since the published texts leave most open.
import type { ImprestTerms, Procedure, Stage, VoucherRule } from '../programme.ts'
import type { Path } from '../shaped.ts'
import type { ProgrammeShape } from '../shape.ts'
import type { Type } from '../types.ts'
import { complain, expressionAt, present, provenance, uniqueIds, type Context } from './context.ts'
import { checkText } from './messages.ts'

type ProcedureShape = NonNullable<ProgrammeShape['procedure']>
type LengthShape = NonNullable<ProcedureShape['stages'][number]['within']>

const DATE: Type = { kind: 'date' }
const MONEY: Type = { kind: 'money' }
const RATE: Type = { kind: 'rate' }

export function checkVoucher(
  context: Context,
  shape: NonNullable<ProgrammeShape['voucher']>,
): VoucherRule | undefined {
  const known = Object.keys(context.names.facts.facts)
  if (!known.includes(shape.bound_to)) {
    const params = { name: shape.bound_to }
    complain(context, ['voucher', 'bound_to'], {
      code: 'policy.unknown_fact',
      params,
      written: shape.bound_to,
      known,
    })
  }
  const usableUntil = expressionAt(context, ['voucher', 'usable_until'], DATE)
  const claimsUntil =
    shape.claims_until === undefined ? undefined : expressionAt(context, ['voucher', 'claims_until'], DATE)
  const origin = provenance(context, ['voucher'], shape, 'voucher')
  if (!usableUntil || (shape.claims_until !== undefined && !claimsUntil)) return undefined
  const { in_parts: inParts, transferable } = shape
  const rule = { boundTo: shape.bound_to, transferable, inParts, usableUntil, claimsUntil, ...origin }
  return present({ ...rule, onExpiry: shape.on_expiry }) as VoucherRule
}

export function checkProcedure(context: Context, shape: ProcedureShape): Procedure | undefined {
  const windows =
    shape.windows === undefined
      ? undefined
      : expressionAt(context, ['procedure', 'windows'], { kind: 'list', of: { kind: 'period' } })
  uniqueIds(context, ['procedure', 'stages'], shape.stages.map((stage) => stage.id)) // prettier-ignore
  const stages = shape.stages.map((stage, index): Stage => {
    const path = ['procedure', 'stages', index]
    const within = stage.within && checkLength(context, [...path, 'within'], stage.within)
    const lasts = stage.lasts && checkLength(context, [...path, 'lasts'], stage.lasts)
    const pays = stage.pays === undefined ? undefined : expressionAt(context, [...path, 'pays'], MONEY)
    const text = checkText(context, [...path, 'text'], stage.text)
    const origin = provenance(context, path, stage, `procedure.${stage.id}`)
    return present({
      id: stage.id,
      actor: stage.actor,
      text,
      within,
      lasts,
      silence: stage.silence,
      pays,
      on: stage.on,
      ...origin,
    }) as Stage
  })
  if (shape.windows !== undefined && !windows) return undefined
  return present({ way: shape.way, windows, stages, review: shape.review }) as Procedure
}

/** Only who deducts at billing waits for money that it has already spent; and an advance without a bound is none. */
export function checkImprest(
  context: Context,
  shape: NonNullable<ProgrammeShape['imprest']>,
): ImprestTerms | undefined {
  const way = context.content.procedure?.way
  if (way !== 'W2')
    complain(context, ['imprest'], { code: 'policy.imprest_without_deduction', params: { way: way ?? '—' } })
  if (shape.share === undefined && shape.amount === undefined)
    complain(context, ['imprest'], { code: 'policy.imprest_unbounded', params: {} })
  const share = shape.share === undefined ? undefined : expressionAt(context, ['imprest', 'share'], RATE)
  const amount = shape.amount === undefined ? undefined : expressionAt(context, ['imprest', 'amount'], MONEY)
  const returnedWithin = checkLength(context, ['imprest', 'returned_within'], shape.returned_within)
  const origin = provenance(context, ['imprest'], shape, 'imprest')
  if (!returnedWithin) return undefined
  return present({ share, amount, beyond: shape.beyond, returnedWithin, ...origin }) as ImprestTerms
}

function checkLength(context: Context, path: Path, shape: LengthShape): Stage['within'] {
  const units = (['workdays', 'days'] as const).filter((unit) => shape[unit] !== undefined)
  const [unit] = units
  if (unit === undefined || units.length > 1) {
    return complain(context, path, { code: 'policy.one_unit', params: {} })
  }
  const length = expressionAt(context, [...path, unit], { kind: 'int' })
  return length && { unit, length }
}
