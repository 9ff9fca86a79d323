// `suanquan evaluate`: one sub-command per design. Reads a file, asks core, prints the result; every number comes with
// its interval, its design grade and the sentences that grade owes the reader.
import { readFileSync } from 'node:fs'
import { sentence } from '@suanquan/api'
import type { Decision } from '@suanquan/core'
import {
  analyseCutoff,
  analyseDensity,
  analyseDifference,
  analyseKink,
  analyseLottery,
  analysePanel,
  parseTable,
  type Table,
} from '@suanquan/core/evaluation'
import { Command, InvalidArgumentError, Option } from 'commander'

interface CommonOptions {
  readonly json?: boolean
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate').description('estimate the effect of a programme from a table')
  const designs = [lottery(), differences(), staggered(), discontinuity(), density(), kink()]
  for (const design of designs)
    command.addCommand(
      design
        .argument('<file>', 'CSV with a header row; empty cells and NA are missing values')
        .option('--json', 'print the whole result as JSON'),
    )
  return command
}

function lottery(): Command {
  return new Command('lottery')
    .description(
      'applicants drawn by lot: difference in means, permutation test, adjusted and per-user effects',
    )
    .requiredOption('--outcome <column>', 'outcome')
    .requiredOption('--treated <column>', '1 for those drawn, 0 for the others')
    .option('--stratum <column>', 'strata the draw was made in')
    .option('--chance <column>', 'stored chance of being drawn')
    .option('--used <column>', '1 for those who used what was offered')
    .option('--covariates <columns>', 'columns known before the draw, separated by commas', list)
    .option('--draws <n>', 'draws of the permutation test (10000, fewer for very long tables)', whole)
    .option('--seed <text>', 'seed of the permutation test', 'lottery')
    .addHelpText(
      'after',
      '\nExample:\n  suanquan evaluate lottery firms.csv --outcome spend --treated drawn --json',
    )
    .action((file: string, options: Parameters<typeof analyseLottery>[1] & CommonOptions) =>
      answer(file, options, (table) => analyseLottery(table, options)),
    )
}

function differences(): Command {
  return new Command('did')
    .description('two groups, two periods: difference in differences')
    .requiredOption('--outcome <column>', 'outcome')
    .requiredOption('--treated <column>', '1 for the treated group')
    .requiredOption('--post <column>', '1 for the later period')
    .option('--cluster <column>', 'unit or district, for clustered errors')
    .option('--covariates <columns>', 'columns separated by commas', list)
    .addHelpText(
      'after',
      '\nExample:\n  suanquan evaluate did stores.csv --outcome fte --treated nj --post after',
    )
    .action((file: string, options: Parameters<typeof analyseDifference>[1] & CommonOptions) =>
      answer(file, options, (table) => analyseDifference(table, options)),
    )
}

function staggered(): Command {
  const control = new Option('--control <group>', 'units to compare with').choices(['never', 'not-yet'])
  return new Command('staggered')
    .description('units treated at different times: one effect per group and period, and their averages')
    .requiredOption('--outcome <column>', 'outcome')
    .requiredOption('--unit <column>', 'firm, district …')
    .requiredOption('--time <column>', 'period: a number, or text such as 2026-03')
    .requiredOption(
      '--first <column>',
      'period in which the unit was first treated; 0, Inf or never if it was not',
    )
    .addOption(control.default('never'))
    .addHelpText(
      'after',
      '\nExample:\n  suanquan evaluate staggered panel.csv --outcome lemp --unit county --time year --first first.treat',
    )
    .action((file: string, options: PanelOptions) =>
      answer(file, options, (table) =>
        analysePanel(table, { ...options, control: options.control === 'never' ? 'never' : 'not_yet' }),
      ),
    )
}

interface PanelOptions extends CommonOptions {
  readonly outcome: string
  readonly unit: string
  readonly time: string
  readonly first: string
  readonly control: 'never' | 'not-yet'
}

function discontinuity(): Command {
  const selector = new Option('--selector <aim>', 'bandwidth: best estimate, or best coverage').choices([
    'mse',
    'coverage',
  ])
  return atCutoff('rd', 'a score cut-off: the jump of the outcome, with a robust interval')
    .option('--treated <column>', 'who was in fact treated (fuzzy design)')
    .addOption(selector.default('mse'))
    .option('--bandwidth <n>', 'instead of the one chosen from the data', real)
    .option('--bias-bandwidth <n>', 'bandwidth of the bias', real)
    .option('--donut <n>', 'leave out rows closer to the cut-off than this', real)
    .addHelpText(
      'after',
      '\nExample:\n  suanquan evaluate rd senate.csv --outcome vote --running margin --cutoff 0 --json',
    )
    .action((file: string, options: Parameters<typeof analyseCutoff>[1] & CommonOptions) =>
      answer(file, options, (table) => analyseCutoff(table, options)),
    )
}

function kink(): Command {
  return atCutoff('kink', 'a cap: the change of the outcome’s slope over the change of the support’s slope')
    .option('--slope-change <n>', 'change of the support’s slope at the cap (minus the rate)', real, 1)
    .option('--bandwidth <n>', 'instead of the one chosen from the data', real)
    .addHelpText(
      'after',
      '\nExample:\n  suanquan evaluate kink contracts.csv --outcome usage --running amount --cutoff 500 --slope-change -0.3',
    )
    .action((file: string, options: Parameters<typeof analyseKink>[1] & CommonOptions) =>
      answer(file, options, (table) => analyseKink(table, options)),
    )
}

function atCutoff(name: string, description: string): Command {
  const kernel = new Option('--kernel <name>', 'weights').choices(['triangular', 'uniform', 'epanechnikov'])
  return new Command(name)
    .description(description)
    .requiredOption('--outcome <column>', 'outcome')
    .requiredOption('--running <column>', 'score or amount that decides')
    .requiredOption('--cutoff <n>', 'where it decides; a row exactly there counts as above', real)
    .addOption(kernel.default('triangular'))
}

function density(): Command {
  return new Command('density')
    .description('does the density of the score jump at the cut-off? (it should not)')
    .requiredOption('--running <column>', 'score or amount that decides')
    .requiredOption('--cutoff <n>', 'where it decides', real)
    .option('--bandwidth <n>', 'instead of the ones chosen from the data', real)
    .addHelpText('after', '\nExample:\n  suanquan evaluate density senate.csv --running margin --cutoff 0')
    .action((file: string, options: Parameters<typeof analyseDensity>[1] & CommonOptions) =>
      answer(file, options, (table) => analyseDensity(table, options)),
    )
}

interface Answer {
  readonly estimate: number
  readonly se: number
  readonly ci: readonly [number, number]
  readonly pValue: number
  readonly effect?: { readonly grade: string; readonly word: string; readonly cautions: readonly string[] }
  readonly bandwidth?: number
  readonly nLeft?: number
  readonly nRight?: number
  readonly groupTime?: readonly (Pick<Answer, 'estimate' | 'se' | 'ci'> & {
    readonly group: number | string
    readonly time: number | string
  })[]
}

function answer(file: string, options: CommonOptions, analyse: (table: Table) => Decision<Answer>): void {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    console.error(`cannot read ${file}`)
    process.exitCode = 2
    return
  }
  const table = parseTable(text)
  const result = table.ok ? analyse(table.value) : table
  if (!result.ok) {
    if (options.json) console.log(JSON.stringify({ refusal: result.refusal }, null, 2))
    console.error(sentence(result.refusal, 'zh'))
    console.error(sentence(result.refusal, 'en'))
    process.exitCode = 1
    return
  }
  if (options.json) console.log(JSON.stringify(result.value, null, 2))
  else console.log(inWords(result.value))
}

const WORDS: Readonly<Record<string, string>> = {
  net_effect: 'net effect (净效果)',
  controlled_difference: 'controlled difference, not a net effect',
  change: 'change over time, not a net effect',
  self_report: 'self-report, not a net effect',
}

function inWords(result: Answer): string {
  const { estimate, se, ci, pValue, effect, groupTime = [] } = result
  const number = (value: number): string => Number(value.toPrecision(7)).toString()
  const interval = (bounds: Answer['ci']): string => `95% [${number(bounds[0])}, ${number(bounds[1])}]`
  const lines = groupTime.map(
    (cell) =>
      `${cell.group} in ${cell.time}: ${number(cell.estimate)}  se ${number(cell.se)}  ${interval(cell.ci)}`,
  )
  if (result.nLeft !== undefined && result.nRight !== undefined) {
    const width = result.bandwidth === undefined ? '' : `bandwidth ${number(result.bandwidth)}, `
    lines.push(`${width}${result.nLeft} rows left and ${result.nRight} right of the cut-off`)
  }
  lines.push(`estimate ${number(estimate)}  se ${number(se)}  ${interval(ci)}  p ${number(pValue)}`)
  if (effect) {
    if (effect.cautions.includes('cannot_exclude_zero'))
      lines.push('不能排除零效果 (no effect cannot be excluded)')
    lines.push(`design grade ${effect.grade}: ${WORDS[effect.word] ?? effect.word}`)
  }
  return lines.join('\n')
}

function list(text: string): string[] {
  return text.split(',').map((name) => name.trim())
}

function real(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('needs a number')
  return value
}

function whole(text: string): number {
  const value = real(text)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('needs a whole number above zero')
  return value
}
