// `suanquan capacity reconcile "2300P" --chips "H800:1184"`: what a published figure of compute means. A verdict is an
// answer, `unexplained` too, so that its exit code is 0.
import type { Decision } from '@suanquan/core'
import { hypothesisRule, parseCards, parseClaim, reconcile } from '@suanquan/core/capacity'
import type { Accelerator, Confidence, Definition, Reconciliation } from '@suanquan/core/capacity'
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
      '<claim...>',
      said({
        zh: '公布的数值，如 2300P、4.9万P、1.2EFLOPS、2300P(FP16)',
        en: 'the published figure: 2300P, 4.9万P, 1.2EFLOPS, 2300P(FP16)',
      }),
    )
    .option(
      '--chips <list>',
      said({ zh: '卡型与数量，如 H800:1184,A800:64', en: 'cards and counts: H800:1184,A800:64' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  ${example}`)
    .action((claim: string[], { chips, json }: { chips?: string; json?: boolean }) => {
      const cards = chips === undefined ? [] : granted(parseCards(chips))
      const answer = reconcile(granted(parseClaim(claim.join(' '))), cards)
      const known = { impliedPerCard: null, petaflopsDense16: null, rule: hypothesisRule, ...answer }
      emit(json === true ? known : answer, { json, text: () => reportText(answer) })
    })
  return new Command('capacity')
    .description(said({ zh: '算力的口径与核对', en: 'What figures of compute mean.' }))
    .addHelpText('after', `\n  ${example}`)
    .addCommand(command)
}

function reportText(answer: Reconciliation): string {
  const lines = [...answer.readings.map(readingText), ...answer.clusters.map(clusterText)]
  if (answer.impliedPerCard !== undefined)
    lines.push(
      `${said({ zh: '公布值合每卡', en: 'published per card' })}: ${answer.impliedPerCard.toFixed(4)} P`,
    )
  if (answer.uncounted.length > 0)
    lines.push(
      `${said({ zh: '须先验收或出具证明、暂不计入的卡', en: 'to be accepted or certified before they count' })}: ${answer.uncounted.join(', ')}`,
    )
  if (answer.petaflopsDense16 !== undefined)
    lines.push(
      `${said({ zh: '折合 P_d16（稠密 FP16）', en: 'P_d16 (dense FP16)' })}: ${whole(answer.petaflopsDense16)} P`,
    )
  lines.push(...answer.cards.map(cardText))
  if (answer.impliedPerCard === undefined) lines.push(ruleText())
  return [...lines, `${answer.claim.text}: ${verdictText(answer)}`].join('\n')
}

const SPARSITIES: Readonly<Record<Definition['sparsity'], Sentence>> = {
  dense: { zh: '稠密', en: 'dense' },
  sparse: { zh: '稀疏', en: 'sparse' },
}

function definitionText({ precision, sparsity }: Definition): string {
  return `${said(SPARSITIES[sparsity])} ${precision.toUpperCase()}`
}

function readingText(reading: Reconciliation['readings'][number]): string {
  return `${definitionText(reading)}: ${reading.petaflops.toFixed(1)} P (${differenceText(reading.difference)})`
}

function clusterText(reading: Reconciliation['clusters'][number]): string {
  const as =
    reading.per === 'nominal'
      ? said({ zh: '名义（一卡计 1 P）', en: 'nominal (one card as 1 P)' })
      : definitionText(reading)
  const dense =
    reading.petaflopsDense16 === undefined
      ? said({ zh: 'P_d16 须先验收', en: 'P_d16 only after acceptance' })
      : `P_d16 ${whole(reading.petaflopsDense16)}`
  return `${whole(reading.cards)} × ${reading.model}, ${as}: ${whole(reading.petaflops)} P (${differenceText(reading.difference)}), ${dense}`
}

/** Published over computed. */
function differenceText(difference: number): string {
  const percent = `${(100 * Math.abs(difference)).toFixed(1)} %`
  return difference >= 0
    ? said({ zh: `公布值高 ${percent}`, en: `published ${percent} above` })
    : said({ zh: `公布值低 ${percent}`, en: `published ${percent} below` })
}

const CONFIDENCES: Readonly<Record<Confidence, Sentence>> = {
  high: { zh: '高', en: 'high' },
  medium: { zh: '中', en: 'medium' },
  low: { zh: '低', en: 'low' },
}

function cardText(card: Accelerator): string {
  const { dense, sparse } = card.peaks.fp16 ?? {}
  const peak = [dense, sparse].map((each) => each ?? '–').join('／')
  const measured = card.measuredFp16 ?? '–'
  const confidence = said(CONFIDENCES[card.confidence])
  const remark = card.remark === undefined ? '' : `; ${card.remark}`
  return said({
    zh: `卡表 ${card.model}: FP16 稠密／稀疏 ${peak} TFLOPS，实测 ${measured}，可信度${confidence}，来源 ${card.source}（核对于 ${card.checkedOn}）${remark}`,
    en: `card ${card.model}: FP16 dense/sparse ${peak} TFLOPS, measured ${measured}, confidence ${confidence}, source ${card.source} (checked ${card.checkedOn})${remark}`,
  })
}

function ruleText(): string {
  const { tolerance, clusterCards, mostClusters, mostNominalClusters, podCards, models } = hypothesisRule
  const [percent, pods] = [`${100 * tolerance} %`, podCards.join('／')]
  return said({
    zh: `假设的列法：未给卡型时，只试常用训练卡（${models.join('、')}）的整集群（${clusterCards} 卡，至多 ${mostClusters} 个；一卡计 1 P 时至多 ${mostNominalClusters} 个）或 ${pods} 卡的单元，相差 ${percent} 以内的列出；多个读法只并列，不相加`,
    en: `how hypotheses are made: without cards, only whole clusters (${clusterCards} cards, at most ${mostClusters}; ${mostNominalClusters} at one P a card) or pods (${pods}) of usual training cards (${models.join(', ')}) are tried and listed within ${percent}; readings stand side by side, never summed`,
  })
}

function verdictText(answer: Reconciliation): string {
  const [reading] = answer.readings
  if (answer.status === 'unexplained')
    return said({
      zh: '无法解释：请说明口径、卡型与数量',
      en: 'unexplained: ask for the definition, the cards and their number',
    })
  if (reading === undefined)
    return said({
      zh: `仅为假设（${answer.clusters.length} 种读法）：请提供卡型与数量`,
      en: `hypothesis (${answer.clusters.length} readings): ask for the cards and their number`,
    })
  const as = definitionText(reading)
  if (answer.petaflopsDense16 === undefined)
    return said({
      zh: `仅为假设：按${as}相符，但卡的峰值须先验收或出具证明`,
      en: `hypothesis: it agrees as ${as}, by a peak that is still to be accepted or certified`,
    })
  const dense = whole(answer.petaflopsDense16)
  return said({ zh: `可解释：按${as}，折合稠密 ${dense} P`, en: `explained as ${as}, ${dense} P dense` })
}

function whole(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 })
}

function granted<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Refused(decision.refusal)
  return decision.value
}
