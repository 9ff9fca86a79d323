// 文号: which acts are decisions that are numbered, and how a number is written: 发文机关代字, a word for the kind, the year in
// hexagonal brackets, the running number (《党政机关公文格式》GB/T 9704—2012, 7.2.5).
import { assert } from '../assert.ts'

export const decisionKinds = {
  approval: { zh: '准', en: 'approval' },
  refusal: { zh: '驳', en: 'refusal' },
  correction: { zh: '补', en: 'correction' },
  objection: { zh: '异', en: 'objection' },
  claim: { zh: '兑', en: 'claim' },
  appeal: { zh: '复', en: 'appeal' },
  notice: { zh: '示', en: 'notice' },
  clawback: { zh: '追', en: 'clawback' },
  rectification: { zh: '更', en: 'correction of an amount' },
  opening: { zh: '期', en: 'opening statement' },
} as const

export type DecisionKind = keyof typeof decisionKinds

const OF_APPLICATION: Readonly<Record<string, DecisionKind>> = {
  approve: 'approval',
  approve_waiting: 'approval',
  select: 'approval',
  refuse: 'refusal',
  pass_over: 'refusal',
  request_correction: 'correction',
  dismiss: 'objection',
  uphold: 'objection',
  affirm: 'appeal',
  change: 'appeal',
  change_waiting: 'appeal',
  remand: 'appeal',
}

const OF_CLAIM: Readonly<Record<string, DecisionKind>> = {
  approve: 'claim',
  refuse: 'claim',
  affirm: 'appeal',
  change: 'appeal',
}

const OF_CLAWBACK: Readonly<Record<string, DecisionKind>> = {
  drop: 'clawback',
  demand: 'clawback',
  revoke: 'clawback',
  annul: 'clawback',
  annul_recovered: 'clawback',
}

const OF_RECTIFICATION: Readonly<Record<string, DecisionKind>> = {
  reject: 'rectification',
  rectify: 'rectification',
  demand: 'rectification',
}

const NUMBERED = {
  application: OF_APPLICATION,
  claim: OF_CLAIM,
  // its papers carry the project's own number
  project: {} as Readonly<Record<string, DecisionKind>>,
  clawback: OF_CLAWBACK,
  rectification: OF_RECTIFICATION,
  // the thread is its paper
  dispute: {} as Readonly<Record<string, DecisionKind>>,
} as const

/** The kind of decision that an event is, or null: what people ask for or the platform does is none. */
export function decisionKind(about: keyof typeof NUMBERED, event: string): DecisionKind | null {
  const kinds = NUMBERED[about]
  return Object.hasOwn(kinds, event) ? kinds[event]! : null
}

export interface NumberParts {
  /** 发文机关代字 */
  readonly code: string
  readonly kind: DecisionKind
  readonly year: number
  /** from 1 */
  readonly value: number
}

export function writeDecisionNumber({ code, kind, year, value }: NumberParts): string {
  assert(value > 0, 'decisions are counted from one')
  return `${code}${decisionKinds[kind].zh}〔${year}〕${value}号`
}

/** An authority that states no code of its own goes by its name, without what stands in brackets after it. */
export function codeOf(authority: string, stated: string | null): string {
  return stated ?? authority.replace(/[（(][^（）()]*[）)]/gu, '').trim()
}
