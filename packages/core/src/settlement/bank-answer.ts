// 银行回单: what a bank answers to a batch, line by line. An answer names an instruction id; its amount must be the instructed
// one, to the fen: a part of a payment is not taken for the whole. The same answer again changes nothing. Money that comes
// back after it was paid is an answer of its own, never an edit of the first.
import type { Day } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'

export type Outcome = 'paid' | 'returned'

/** One line of an answer as it was read; null: not said. */
export interface AnswerLine {
  /** where it stands in the file */
  readonly row: number
  readonly instructionId: string
  readonly amountFen: Fen | null
  /** `waits`: the bank has not decided yet */
  readonly outcome: Outcome | 'waits' | null
  readonly onDay: Day | null
  readonly reference: string | null
  readonly reason: string | null
}

/** What is known of an instruction: what was sent, and the last answer to it. */
export interface Instructed {
  readonly instructionId: string
  readonly amountFen: Fen
  readonly state: 'pending' | Outcome
}

export type AnswerFault =
  | 'unknown_id'
  | 'repeated'
  | 'amount_missing'
  | 'amount_differs'
  | 'outcome_unknown'
  | 'reason_missing'
  | 'day_missing'
  | 'day_future'
  | 'day_before_approval'
  | 'paid_after_return'

export interface JudgedLine {
  readonly line: AnswerLine
  /** `take` is news, `known` was answered so before, `waits` is not decided yet */
  readonly verdict: 'take' | 'known' | 'waits' | 'fault'
  readonly fault: AnswerFault | null
}

export interface AnswerRules {
  readonly instructed: readonly Instructed[]
  readonly approvedOn: Day
  readonly today: Day
  /** an XML status need not repeat the amount: the id is the bank's word for the whole instruction */
  readonly amountRequired: boolean
}

export function judgeAnswers(lines: readonly AnswerLine[], rules: AnswerRules): readonly JudgedLine[] {
  const known = new Map(rules.instructed.map((each) => [each.instructionId, each]))
  const seen = new Set<string>()
  return lines.map((line): JudgedLine => {
    const instruction = known.get(line.instructionId)
    const fault = instruction === undefined ? 'unknown_id' : faultOf(line, instruction, seen, rules)
    seen.add(line.instructionId)
    if (fault !== null) return { line, verdict: 'fault', fault }
    if (line.outcome === 'waits') return { line, verdict: 'waits', fault: null }
    return { line, verdict: instruction!.state === line.outcome ? 'known' : 'take', fault: null }
  })
}

function faultOf(
  line: AnswerLine,
  instruction: Instructed,
  seen: ReadonlySet<string>,
  { approvedOn, today, amountRequired }: AnswerRules,
): AnswerFault | null {
  if (seen.has(line.instructionId)) return 'repeated'
  if (line.outcome === null) return 'outcome_unknown'
  if (line.amountFen === null && amountRequired) return 'amount_missing'
  if (line.amountFen !== null && line.amountFen !== instruction.amountFen) return 'amount_differs'
  if (line.outcome === 'waits') return null
  if (line.outcome === 'returned' && (line.reason ?? '').trim() === '') return 'reason_missing'
  if (line.onDay === null) return 'day_missing'
  if (line.onDay > today) return 'day_future'
  if (line.onDay < approvedOn) return 'day_before_approval'
  // what came back is paid by another batch, under another id
  return instruction.state === 'returned' && line.outcome === 'paid' ? 'paid_after_return' : null
}
