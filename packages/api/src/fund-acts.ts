// What two finance officers do with the money of a fund; apart from its routes, so that pages load it alone.
export const fundActKinds = [
  'appropriate',
  'allot',
  'take_back',
  'withdraw',
  'management_share',
  'set_aside',
  'spend',
  'put_back',
  'shared_cap',
  'advance',
  'return_advance',
] as const
