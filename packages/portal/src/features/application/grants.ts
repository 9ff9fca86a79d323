import type { Answer } from '../../client/call.ts'

/** What a way ends in, as texts tell it apart: a voucher, a project, or money that is paid without one. */
export function grantsOf(way: Answer<'readApplication'>['way']): 'voucher' | 'payable' | 'project' {
  if (way === 'W5') return 'project'
  return way === 'W1' || way === 'W2' ? 'voucher' : 'payable'
}
