// `suanquan capacity reconcile "2300P" --chips "H800:1184"`: what a published figure of compute means. A verdict is an
// answer, `unexplained` too, so that its exit code is 0.
import type { Decision } from '@suanquan/core'
import { parseCards, parseClaim, reconcile, type Reconciliation } from '@suanquan/core/capacity'
import { Command } from 'commander'

import { said, type Sentence } from '../language.ts'
import { emit, Refused } from '../output.ts'

export function capacityCommand(): Command {
  const example = 'suanquan capacity reconcile "2300P" --chips "H800:1184" --json'
  const command = new Command('reconcile')
    .description(
      said({
        zh: '核对公布的算力：按哪种口径（精度、稠密或稀疏）与所列卡数相符，折合稠密 FP16 多少 P。',
        en: 'Finds the definition (precision, dense or sparse) under which a published figure agrees with its cards, and its dense FP16.',
      }),
    )
    .argument(
      '<claim>',
      said({ zh: '公布的数值，如 2300P、4.9万P', en: 'the published figure: 2300P, 4.9万P, 1.2EFLOPS' }),
    )
    .option('--chips <list>', said({ zh: '卡型与数量', en: 'cards and counts: H800:1184,A800:64' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  ${example}`)
    .action((claim: string, { chips, json }: { chips?: string; json?: boolean }) => {
      const cards = chips === undefined ? [] : granted(parseCards(chips))
      const answer = reconcile(granted(parseClaim(claim)), cards)
      const known = { impliedPerCard: null, petaflopsDense16: null, ...answer }
      emit(json === true ? known : answer, { json, text: () => reportText(answer) })
    })
  return new Command('capacity')
    .description(said({ zh: '算力的口径与核对', en: 'What figures of compute mean.' }))
    .addHelpText('after', `\n  ${example}`)
    .addCommand(command)
}

const verdicts: Readonly<Record<Reconciliation['status'], Sentence>> = {
  explained: { zh: '可解释', en: 'explained' },
  hypothesis: { zh: '仅为假设：请提供卡型与数量', en: 'hypothesis: ask for the cards and their number' },
  unexplained: {
    zh: '无法解释：请说明口径、卡型与数量',
    en: 'unexplained: ask for the definition, the cards and their number',
  },
}

function reportText(answer: Reconciliation): string {
  const percent = (part: number): string => `${part >= 0 ? '+' : ''}${(100 * part).toFixed(1)} %`
  const readings = answer.readings.map(
    (reading) =>
      `${reading.sparsity} ${reading.precision}: ${reading.petaflops.toFixed(1)} P (${percent(reading.difference)})`,
  )
  const clusters = answer.clusters.map(
    (reading) =>
      `${reading.cards} × ${reading.model}, ${reading.per} ${reading.sparsity}: ${reading.petaflops.toFixed(0)} P (${percent(reading.difference)}), P_d16 ${reading.petaflopsDense16.toFixed(0)}`,
  )
  const lines = [...readings, ...clusters]
  if (answer.impliedPerCard !== undefined)
    lines.push(`${said({ zh: '每卡', en: 'per card' })}: ${answer.impliedPerCard.toFixed(4)} P`)
  if (answer.uncounted.length > 0)
    lines.push(`${said({ zh: '须先验收的卡', en: 'to be accepted first' })}: ${answer.uncounted.join(', ')}`)
  if (answer.petaflopsDense16 !== undefined) lines.push(`P_d16: ${answer.petaflopsDense16.toFixed(1)}`)
  return [...lines, `${answer.claim.text}: ${said(verdicts[answer.status])}`].join('\n')
}

function granted<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Refused(decision.refusal)
  return decision.value
}
