// The reckoning and the conditions of a determination as tables: each line with its clause, the line that limited the
// amount marked, each fact with its source. The same on decisions and on statements of claims.
import type { DeterminationView } from '../policy/index.ts'
import type { Block, PaperRow } from './paper.ts'
import type { Voice } from './words.ts'

type Step = DeterminationView['steps'][number]
type Condition = DeterminationView['conditions'][number]

/** How the amount came about, line by line; the total closes it. */
export function reckoningTable(determination: DeterminationView, voice: Voice): Block {
  const { say } = voice
  const shown = determination.steps.filter(tells)
  return {
    kind: 'table',
    columns: [
      { label: say('步骤', 'Step') },
      { label: say('依据', 'Clause'), width: 'narrow' },
      { label: say('金额', 'Amount'), numeric: true },
    ],
    rows: shown.map((step) => reckoningRow(step, voice)),
    empty: say('没有可列的步骤。', 'No steps.'),
  }
}

/** A rounding that changes nothing tells nothing. */
function tells({ kind, amountFen }: Step, index: number, steps: readonly Step[]): boolean {
  return kind !== 'round' || amountFen !== steps[index - 1]?.amountFen
}

function reckoningRow(step: Step, voice: Voice): PaperRow {
  const { say, pick } = voice
  const note = noteOf(step, voice)
  const why = step.binding
    ? [say('此项限定了金额。', 'This line limited the amount.'), note].filter((text) => text !== '').join(' ')
    : note
  return {
    cells: [pick(step.text), voice.clause(step.clause), valueOf(step, voice)],
    ...(step.kind === 'total' ? { stress: 'total' as const } : {}),
    ...(step.binding ? { stress: 'binding' as const } : {}),
    ...(why === '' ? {} : { why }),
  }
}

function valueOf(step: Step, { say, money }: Voice): string {
  if (step.kind === 'cap' && step.headroomFen !== null) {
    return step.counts
      ? say(`还可 ${step.headroomFen} 次`, `${step.headroomFen} more`)
      : money(BigInt(step.headroomFen))
  }
  const amount = step.kind === 'within' ? step.limitFen : step.amountFen
  return amount === null ? '—' : money(BigInt(amount))
}

function noteOf(step: Step, { say, money }: Voice): string {
  if (step.kind === 'rate' && step.rate !== null) {
    return say(`按 ${readRate(step.rate)} 计算`, `at ${readRate(step.rate)}`)
  }
  if (step.kind !== 'cap' || step.counts || step.limitFen === null) return ''
  const [limit, used] = [money(BigInt(step.limitFen)), money(BigInt(step.usedFen ?? '0'))]
  return say(`上限 ${limit}，此前已用 ${used}。`, `Cap ${limit}, ${used} used before.`)
}

/** `1/5` reads 20%; a fraction that is no short percentage stays a fraction. */
function readRate(rate: string): string {
  const [numerator = '', denominator = '1'] = rate.split('/')
  const scaled = BigInt(numerator) * 10_000n
  if (scaled % BigInt(denominator) !== 0n) return rate
  const digits = (scaled / BigInt(denominator)).toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '') + '%'
}

/** Each condition with what came of it; one that is not met says why. */
export function conditionTable({ conditions }: DeterminationView, voice: Voice): Block {
  const { say, pick } = voice
  return {
    kind: 'table',
    columns: [
      { label: say('条件', 'Condition') },
      { label: say('依据', 'Clause'), width: 'narrow' },
      { label: say('结果', 'Result'), width: 'narrow' },
    ],
    rows: conditions.map((condition) => {
      const failed = condition.verdict === 'failed' && condition.fail !== null
      return {
        cells: [pick(condition.text), voice.clause(condition.clause), verdictOf(condition, voice)],
        ...(failed ? { stress: 'binding' as const, why: pick(condition.fail!) } : {}),
      }
    }),
    empty: say('本措施没有条件。', 'The programme has no conditions.'),
  }
}

function verdictOf({ verdict, decidedBy }: Condition, { say }: Voice): string {
  if (verdict === 'held') return say('符合', 'met')
  if (verdict === 'failed') return say('不符合', 'not met')
  return decidedBy === 'machine' ? say('尚不清楚', 'not known yet') : say('待人认定', 'a reviewer decides')
}

/** The line that limited the amount, in one sentence; empty where none did. */
export function bindingSentence(determination: DeterminationView, voice: Voice): string {
  const binding = determination.steps.find((step) => step.binding)
  if (binding === undefined) return ''
  const clause =
    binding.clause === null
      ? ''
      : voice.say(`（${voice.clause(binding.clause)}）`, ` (${voice.clause(binding.clause)})`)
  return voice.say(
    `限定本次金额的是：${voice.pick(binding.text)}${clause}。`,
    `What limited the amount: ${voice.pick(binding.text)}${clause}.`,
  )
}
