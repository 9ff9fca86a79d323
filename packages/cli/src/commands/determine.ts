// One determination with its reasons, from a file of facts, or one a row from a table of them. It loads no database:
// balances come from the file or count as unused.
import {
  adopt,
  determine,
  determineRedemption,
  hasErrors,
  readAdoption,
  readInput,
  type Determination,
  type DeterminationInput,
  type Programme,
} from '@suanquan/core/policy'
import { Command } from 'commander'

import { said } from '../language.ts'
import { checkFailed, emit, Refused, WrongUse } from '../output.ts'
import { readText } from '../read-file.ts'
import { determineRows } from './determine-population.ts'
import { isPopulation } from './population-table.ts'
import { diagnosticLines, readProgramme } from './programme-files.ts'
import { determinationLines } from './show-determination.ts'

interface Options {
  readonly facts?: string
  readonly population?: string
  readonly on?: string
  readonly award?: string
  readonly adoption?: string
  readonly redemption?: boolean
  readonly out?: string
  readonly skipBroken?: boolean
  readonly json?: boolean
}

export function determineCommand(): Command {
  return new Command('determine')
    .description(
      said({
        zh:
          '按政策文件测算一个案例，列出全部理由。事实文件为 YAML 或 JSON：直接写事实，或写 facts、balances、on。\n' +
          '--population 为 CSV 或 Parquet，逐行测算（每列一项事实，id 列照抄，空格为未知，单位可写在表头，如 contract.amount(万元)；\n' +
          'balances.限额.granted 列为该主体已占用的额度），结果写入 --out（.csv 或 .parquet）；有误的行逐一列出，未加 --skip-broken 时不写结果。',
        en:
          'Determines one case by a programme, with all reasons. The facts are YAML or JSON: the facts alone, or facts, balances and on.\n' +
          'Each row of a --population (CSV or Parquet) is determined: a column a fact, id is carried along, an empty cell is unknown, a\n' +
          'unit may stand in the header, as contract.amount(万元); balances.CAP.granted is what the row has used of a cap. The results go\n' +
          'to --out (.csv or .parquet); broken rows are listed one by one, and nothing is written unless --skip-broken is given.',
      }),
    )
    .argument('<programme>', said({ zh: '政策文件或其目录', en: 'a programme file or its folder' }))
    .option('--facts <file>', said({ zh: '事实文件', en: 'file of facts' }))
    .option(
      '--population <file>',
      said({ zh: '企业名单（CSV 或 Parquet）', en: 'table of cases, CSV or Parquet' }),
    )
    .option('--on <date>', said({ zh: '发放或拨付日期', en: 'day of issue or payment' }))
    .option('--award <id>', said({ zh: '奖补项目', en: 'which award' }))
    .option('--adoption <file>', said({ zh: '采用记录', en: 'adoption record' }))
    .option('--redemption', said({ zh: '测算兑付', en: 'determine a payment' }))
    .option('--out <file>', said({ zh: '逐行测算的结果文件', en: 'file for the results of a population' }))
    .option('--skip-broken', said({ zh: '略过有误的行', en: 'leave out rows that are broken' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText(
      'after',
      '\n  suanquan determine programmes/beijing/2023-compute-voucher --facts firm.yaml' +
        '\n  suanquan determine programmes/nanning/2025-compute-reward --facts unit.json --json' +
        '\n  suanquan determine programmes/beijing/2023-compute-voucher --population firms.parquet --out determined.csv',
    )
    .action(run)
}

async function run(path: string, options: Options): Promise<void> {
  const { facts } = options
  const population = options.population ?? (facts !== undefined && isPopulation(facts) ? facts : undefined)
  checkUse(options, population)
  const file = readProgramme(path)
  if (!file) return
  const programme = inForce(file.programme, options.adoption)
  if (!programme) return
  if (population !== undefined) return determineRows(programme, givenOf(options), { ...options, population })
  const { diagnostics, input } = readInput(programme, readText(facts!), facts!)
  if (!input) return complainOf(diagnosticLines(diagnostics))
  const asked = { ...input, ...givenOf(options) }
  const decision = options.redemption ? determineRedemption(programme, asked) : determine(programme, asked)
  if (!decision.ok) throw new Refused(decision.refusal)
  const text = (found: Determination): string => determinationLines(found, programme).join('\n')
  emit(decision.value, { json: options.json, text })
}

function checkUse({ facts, population: named, out, skipBroken }: Options, population?: string): void {
  if ((facts === undefined) === (named === undefined))
    throw new WrongUse({
      zh: '请用 --facts 指明一个案例，或用 --population 指明企业名单',
      en: 'give one case by --facts, or a table of cases by --population',
    })
  if (population !== undefined && !isPopulation(population))
    throw new WrongUse({
      zh: '企业名单须是 .csv、.tsv 或 .parquet 文件',
      en: 'a population is a .csv, .tsv or .parquet file',
    })
  if (population === undefined && (out !== undefined || skipBroken === true))
    throw new WrongUse({
      zh: '--out 与 --skip-broken 只用于企业名单',
      en: '--out and --skip-broken go with a table of cases',
    })
}

function givenOf({ on, award }: Options): Pick<DeterminationInput, 'on' | 'award'> {
  return { ...(on === undefined ? {} : { on }), ...(award === undefined ? {} : { award }) }
}

/** The programme as it stands, or as an authority adopted it. */
function inForce(programme: Programme, path: string | undefined): Programme | undefined {
  if (path === undefined) return programme
  const { diagnostics, adoption } = readAdoption(readText(path), path)
  if (!adoption || hasErrors(diagnostics)) return complainOf(diagnosticLines(diagnostics))
  const adopted = adopt(programme, adoption)
  if (!adopted.ok) throw new Refused(adopted.refusal)
  return adopted.value
}

function complainOf(lines: readonly string[]): undefined {
  process.stderr.write(`${lines.join('\n')}\n`)
  checkFailed()
}
