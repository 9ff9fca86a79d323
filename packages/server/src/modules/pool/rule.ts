// By which rule a programme divides what there is when it is too little; first come, first served where it names none.
import type { Programme } from '@suanquan/core/policy'
import type { ShortageRule } from '@suanquan/core/voucher'

const RULES = {
  first_come: 'first_come',
  prorata: 'pro_rata',
  order_then_prorata: 'merit_shared',
  order: 'merit',
  lottery: 'lottery',
} as const satisfies Record<NonNullable<Programme['allocation']>['whenShort'], ShortageRule>

export function ruleOf({ allocation }: Pick<Programme, 'allocation'>): ShortageRule {
  return allocation === undefined ? 'first_come' : RULES[allocation.whenShort]
}
