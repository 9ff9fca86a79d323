// `suanquan scorecard`: the two accounts of a programme's year from a file of facts with their sources. What is not
// known is printed as not known, with what is still needed.
import { readFileSync } from 'node:fs'
import { sentence } from '@suanquan/api'
import {
  financeForm,
  parseFacts,
  scorecard,
  type MeasureResult,
  type Scorecard,
} from '@suanquan/core/evaluation'
import { Command, InvalidArgumentError } from 'commander'

interface ScorecardOptions {
  readonly year: number
  readonly facts: string
  readonly json?: boolean
  readonly financeForm?: boolean
}

export function scorecardCommand(): Command {
  return new Command('scorecard')
    .description(
      'the economic and the social account of a programme: every number with its interval and grade',
    )
    .argument('<programme>', 'programme id or path, as it is to be printed')
    .requiredOption('--year <year>', 'the year of the account', year)
    .requiredOption(
      '--facts <file>',
      'YAML or JSON: input name → value, source, cutOn (and ci, grade for effects)',
    )
    .option('--finance-form', 'rows in the order of the finance bureau’s form (财预〔2020〕10号)')
    .option('--json', 'print the whole scorecard as JSON')
    .addHelpText('after', '\nExample:\n  suanquan scorecard demo-2026 --year 2026 --facts facts.yaml')
    .action(run)
}

function run(programme: string, options: ScorecardOptions): void {
  let text: string
  try {
    text = readFileSync(options.facts, 'utf8')
  } catch {
    console.error(`cannot read ${options.facts}`)
    process.exitCode = 2
    return
  }
  const facts = parseFacts(text)
  if (!facts.ok) {
    if (options.json) console.log(JSON.stringify({ refusal: facts.refusal }, null, 2))
    console.error(sentence(facts.refusal, 'zh'))
    console.error(sentence(facts.refusal, 'en'))
    process.exitCode = 1
    return
  }
  const card = scorecard(programme, options.year, facts.value)
  if (options.json) console.log(JSON.stringify(options.financeForm ? financeForm(card) : card, null, 2))
  else if (options.financeForm)
    for (const { dimension, weight, rows } of financeForm(card).dimensions)
      print(`${dimension} (${weight})`, rows)
  else inWords(card)
}

function inWords(card: Scorecard): void {
  print('经济账 economic account', card.economic)
  print('社会账 social account', card.social)
  console.log('\nclaims of others, shown, never used in a formula')
  for (const { grade, about, stated } of card.claims) console.log(`  ${grade}  ${about}: ${stated}`)
  const rows = [...card.economic, ...card.social]
  const known = rows.filter(({ outcome }) => outcome.status === 'known').length
  const next = card.stillNeeded.slice(0, 5).map(({ input }) => input)
  console.log(
    `\n${known} of ${rows.length} measures known${next.length > 0 ? `; next needed: ${next.join(', ')}` : ''}`,
  )
}

function print(title: string, rows: readonly MeasureResult[]): void {
  console.log(`\n${title}`)
  for (const row of rows) console.log(`  ${row.indicator}  ${row.name.padEnd(36)} ${outcomeOf(row)}`)
}

function outcomeOf({ outcome, unit }: MeasureResult): string {
  if (outcome.status === 'unknown') return `unknown: needs ${outcome.missing.join(', ')}`
  if (outcome.status === 'undefined') return 'undefined: nothing to divide by'
  const number = (value: number): string => Number(value.toPrecision(6)).toString()
  const interval = outcome.interval ? ` [${number(outcome.interval[0])}, ${number(outcome.interval[1])}]` : ''
  const grade = outcome.grade ? `  grade ${outcome.grade} ${outcome.word}` : ''
  const cautions = outcome.cautions.length > 0 ? `  (${outcome.cautions.join(', ')})` : ''
  return `${number(outcome.value)} ${unit}${interval}${grade}${cautions}`
}

function year(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 2000 || value > 2100)
    throw new InvalidArgumentError('needs a year')
  return value
}
