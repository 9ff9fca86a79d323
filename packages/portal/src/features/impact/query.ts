import type { ImpactChange } from '@suanquan/api'
import type { Answer } from '../../client/call.ts'

export type Impact = Answer<'readImpact'>

export interface ImpactQuery {
  readonly programme: string
  readonly from?: string
  readonly to?: string
  readonly change?: ImpactChange
  readonly page: number
  readonly size: number
}
