// A determination for people: conditions with reasons and clauses, the amount as a receipt, what is still needed; the
// last line says the result.
import { formatFen } from '@suanquan/core/money'
import { sentence } from '@suanquan/api'
import {
  emptiedBy,
  failureCodes,
  writeRate,
  type ConditionFinding,
  type Determination,
  type Programme,
  type Step,
} from '@suanquan/core/policy'

import { language, said, type Sentence } from '../language.ts'

const MARKS = { true: '✓', false: '✗', unknown: '?' } as const

export function determinationLines(found: Determination, programme: Programme): string[] {
  const authority = found.authority
    ? found.authority[language()]
    : said({ zh: '未经采用，仅供试算', en: 'not adopted: for trial only' })
  return [
    `${programme.title[language()]} ${programme.version} · ${authority}`,
    '',
    governedLine(found),
    ...found.conditions.flatMap(conditionLines),
    '',
    ...found.steps.map((step) => stepLine(step)),
    ...found.leftOut.map((leg) => `  – ${leg.id}: ${leg.text[language()]}`),
    ...neededLines(found, programme),
    '',
    said(resultOf(found)),
  ]
}

function governedLine({ governed }: Determination): string {
  const mark = MARKS[String(governed.verdict) as 'true']
  const span = `${governed.from} … ${governed.to ?? ''}`
  return `${mark} ${said({ zh: '适用范围', en: 'governed' })}: ${governed.by} ${governed.on ?? '?'} (${span})${cited(governed.cite)}`
}

function conditionLines(item: ConditionFinding): string[] {
  const mark = MARKS[String(item.verdict) as 'true']
  const head = `${mark} ${item.text[language()]}${cited(item.cite)}`
  const reason = item.fail ? [`    ${item.fail[language()]}`] : []
  const failure = item.failure === undefined ? [] : [`    ${failureWords(item.failure)}`]
  return [head, ...reason, ...failure]
}

function failureWords(reason: string): string {
  const code = Object.hasOwn(failureCodes, reason)
    ? failureCodes[reason as keyof typeof failureCodes]
    : reason
  return sentence({ code, params: {} }, language())
}

function cited(cite: string | undefined): string {
  return cite === undefined ? '' : ` [${cite}]`
}

const KINDS: Readonly<Record<Step['kind'], Sentence>> = {
  base: { zh: '基数', en: 'base' },
  round: { zh: '取整', en: 'round' },
  leg: { zh: '核对', en: 'leg' },
  rate: { zh: '比例', en: 'rate' },
  cap: { zh: '限额', en: 'cap' },
  within: { zh: '不超过', en: 'within' },
}

function stepLine(step: Step): string {
  const amount = step.amount === null ? '?' : formatFen(step.amount)
  const detail = [
    step.rate ? writeRate(step.rate) : '',
    step.rounding ? `${step.rounding.to} ${step.rounding.mode}` : '',
    step.text?.[language()] ?? '',
    step.headroom === undefined ? '' : leftOf(step),
    step.failure === undefined ? '' : failureWords(step.failure),
  ].filter((part) => part !== '')
  const mark = step.binding ? '◀' : ' '
  return `${amount.padStart(18)} ${mark} ${said(KINDS[step.kind])} ${step.id}: ${detail.join(' · ')}${cited(step.cite)}`
}

function leftOf(step: Step): string {
  if (step.headroom === null || step.headroom === undefined)
    return said({ zh: '限额未定', en: 'limit not set' })
  const counted = step.limit !== null && step.limit !== undefined && step.limit < 100n
  const left = counted ? String(step.headroom) : formatFen(step.headroom)
  const known = step.balanceKnown === false ? said({ zh: '（按未使用计）', en: ' (taken as unused)' }) : ''
  return `${said({ zh: '剩余', en: 'left' })} ${left}${known}`
}

function neededLines({ needed }: Determination, programme: Programme): string[] {
  if (needed.length === 0) return []
  const labels = needed.map((name) => {
    const label = name.startsWith('p.')
      ? programme.parameters[name.slice(2)]?.label
      : programme.facts.facts[name]?.label
    return `  ${name}${label ? `  ${label[language()]}` : ''}`
  })
  return ['', said({ zh: '还需要：', en: 'still needed:' }), ...labels]
}

/** The result in one sentence. */
export function resultOf(found: Determination): Sentence {
  const { outcome, failed, needed, binding } = found
  const yuan = formatFen(found.ceilingFen ?? 0n)
  const by =
    binding === null ? { zh: '', en: '' } : { zh: `（受 ${binding} 限制）`, en: ` (cut by ${binding})` }
  switch (outcome) {
    case 'supported':
      return { zh: `结果：最高 ${yuan} 元${by.zh}`, en: `result: at most ${yuan} yuan${by.en}` }
    case 'not_governed':
      return { zh: '结果：不适用本办法', en: 'result: the programme does not govern this case' }
    case 'not_eligible':
      return { zh: `结果：不予支持：${failed.join('、')}`, en: `result: not supported: ${failed.join(', ')}` }
    case 'exhausted':
      return { zh: `结果：限额已用完${by.zh}`, en: `result: the limit is used up${by.en}` }
    case 'nothing': {
      const step = emptiedBy(found)
      const at = step === undefined ? { zh: '', en: '' } : KINDS[step.kind]
      return {
        zh: `结果：没有可支持的金额（${at.zh}之后为零）`,
        en: `result: nothing to support (zero after the ${at.en})`,
      }
    }
    default:
      return {
        zh: `结果：未定，还需要 ${needed.length} 项`,
        en: `result: unknown, ${needed.length} more needed`,
      }
  }
}
