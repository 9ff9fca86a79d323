// `suanquan scorecard`: the two accounts of a programme's year from a file of facts with their sources. What is not
// known is printed as not known, with what is still needed.
import {
  financeForm,
  parseFacts,
  scorecard,
  type FinanceForm,
  type MeasureResult,
  type Scorecard,
} from '@suanquan/core/evaluation'
import { Command, InvalidArgumentError } from 'commander'
import { said } from '../language.ts'
import { emit, Refused } from '../output.ts'
import { readText } from '../read-file.ts'
import { cautionWords } from './caution-words.ts'
import { claimLine, inputName, measureName, padded, unitName } from './scorecard-words.ts'
import { effectWords, number } from './show-estimate.ts'

interface Options {
  readonly year: number
  readonly facts: string
  readonly json?: boolean
  readonly financeForm?: boolean
}

export function scorecardCommand(): Command {
  return new Command('scorecard')
    .description(
      said({
        zh: '一项政策一年的两本账：经济账与社会账，每个数值都带来源、区间与设计等级。',
        en: 'The economic and the social account of a programme’s year: every number with its source, interval and design grade.',
      }),
    )
    .argument('<programme>', said({ zh: '政策编号', en: 'programme id' }))
    .requiredOption('--year <year>', said({ zh: '年度', en: 'the year of the account' }), year)
    .requiredOption(
      '--facts <file>',
      said({
        zh: 'YAML 或 JSON：输入名 → value、source、cutOn（效果另有 ci、grade）',
        en: 'YAML or JSON: input name → value, source, cutOn (effects also ci, grade)',
      }),
    )
    .option(
      '--finance-form',
      said({ zh: '按财预〔2020〕10号自评表排列', en: 'in the order of the finance bureau’s form' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', '\n  suanquan scorecard demo-2026 --year 2026 --facts facts.yaml')
    .action(run)
}

function run(programme: string, { year, facts: file, json, financeForm: asForm }: Options): void {
  const facts = parseFacts(readText(file))
  if (!facts.ok) throw new Refused(facts.refusal)
  const card = scorecard(programme, year, facts.value)
  if (asForm) emit(financeForm(card), { json, text: (form) => formLines(form, card).join('\n') })
  else emit(card, { json, text: (shown) => cardLines(shown).join('\n') })
}

function cardLines(card: Scorecard): string[] {
  const rows = [...card.economic, ...card.social]
  const known = rows.filter(({ outcome }) => outcome.status === 'known').length
  const next = card.stillNeeded.slice(0, 5).map(({ input }) => inputName(input))
  const needed =
    next.length === 0
      ? ''
      : said({ zh: `；最需补充：${next.join('、')}`, en: `; next needed: ${next.join(', ')}` })
  return [
    said({
      zh: `${card.programme} ${card.year} 年两本账`,
      en: `${card.programme}, ${card.year}: the two accounts`,
    }),
    ...block(said({ zh: '经济账', en: 'economic account' }), card.economic),
    ...block(said({ zh: '社会账', en: 'social account' }), card.social),
    '',
    said({ zh: '他人说法（仅供对照，不参与计算）', en: 'claims of others, shown, never used in a formula' }),
    ...card.claims.map((claim) => `  ${claimLine(claim)}`),
    '',
    said({ zh: `${rows.length} 项指标中已知 ${known} 项`, en: `${known} of ${rows.length} measures known` }) +
      needed,
  ]
}

function formLines({ dimensions, basis }: FinanceForm, { programme, year }: Scorecard): string[] {
  const title = said({
    zh: `${programme} ${year} 年绩效自评表`,
    en: `${programme}, ${year}: self-assessment form`,
  })
  const names = {
    decision: { zh: '决策', en: 'decision' },
    process: { zh: '过程', en: 'process' },
    output: { zh: '产出', en: 'output' },
    benefit: { zh: '效益', en: 'benefit' },
  }
  const blocks = dimensions.flatMap(({ dimension, weight, rows }) =>
    block(`${said(names[dimension])} (${weight})`, rows),
  )
  const assumed = said({
    zh: '权重为假定值，以财政部门要求为准',
    en: 'weights are assumed until the bureau states its own',
  })
  return [title, ...blocks, ...(basis === 'assumed' ? ['', assumed] : [])]
}

function block(title: string, rows: readonly MeasureResult[]): string[] {
  return [
    '',
    title,
    ...rows.map((row) => `  ${row.indicator}  ${padded(measureName(row.name), 44)} ${outcomeText(row)}`),
  ]
}

function outcomeText({ outcome, unit }: MeasureResult): string {
  if (outcome.status === 'unknown') {
    const missing = outcome.missing.map(inputName).join(said({ zh: '、', en: ', ' }))
    return said({ zh: `未知：缺 ${missing}`, en: `unknown: needs ${missing}` })
  }
  if (outcome.status === 'undefined')
    return said({ zh: '无法计算：分母为零', en: 'undefined: nothing to divide by' })
  const interval = outcome.interval ? ` [${number(outcome.interval[0])}, ${number(outcome.interval[1])}]` : ''
  const grade = outcome.grade && outcome.word ? `  ${outcome.grade} ${said(effectWords[outcome.word])}` : ''
  const words = outcome.cautions.map((code) => said(cautionWords[code])).join(said({ zh: '；', en: '; ' }))
  const cautions = words === '' ? '' : `  (${words})`
  return `${number(outcome.value)} ${unitName(unit)}${interval}${grade}${cautions}`
}

function year(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 2000 || value > 2100)
    throw new InvalidArgumentError(said({ zh: '须为年份', en: 'needs a year' }))
  return value
}
