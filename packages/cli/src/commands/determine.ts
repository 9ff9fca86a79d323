// One determination with its reasons, from a file of facts. It loads no database: balances come from the file or count
// as unused.
import {
  adopt,
  determine,
  determineRedemption,
  hasErrors,
  readAdoption,
  readInput,
  type Determination,
  type Programme,
} from '@suanquan/core/policy'
import { Command } from 'commander'

import { said } from '../language.ts'
import { checkFailed, emit, Refused } from '../output.ts'
import { readText } from '../read-file.ts'
import { diagnosticLines, readProgramme } from './programme-files.ts'
import { determinationLines } from './show-determination.ts'

interface Options {
  readonly facts: string
  readonly on?: string
  readonly award?: string
  readonly adoption?: string
  readonly redemption?: boolean
  readonly json?: boolean
}

export function determineCommand(): Command {
  return new Command('determine')
    .description(
      said({
        zh: '按政策文件测算一个案例，列出全部理由。事实文件为 YAML 或 JSON：直接写事实，或写 facts、balances、on。',
        en: 'Determines one case by a programme, with all reasons. The facts are YAML or JSON: the facts alone, or facts, balances and on.',
      }),
    )
    .argument('<programme>', said({ zh: '政策文件或其目录', en: 'a programme file or its folder' }))
    .requiredOption('--facts <file>', said({ zh: '事实文件', en: 'file of facts' }))
    .option('--on <date>', said({ zh: '发放或拨付日期', en: 'day of issue or payment' }))
    .option('--award <id>', said({ zh: '奖补项目', en: 'which award' }))
    .option('--adoption <file>', said({ zh: '采用记录', en: 'adoption record' }))
    .option('--redemption', said({ zh: '测算兑付', en: 'determine a payment' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText(
      'after',
      '\n  suanquan determine programmes/beijing/2023-compute-voucher --facts firm.yaml' +
        '\n  suanquan determine programmes/nanning/2025-compute-reward --facts unit.json --json',
    )
    .action(run)
}

function run(path: string, options: Options): void {
  const file = readProgramme(path)
  if (!file) return
  const programme = inForce(file.programme, options.adoption)
  if (!programme) return
  const { diagnostics, input } = readInput(programme, readText(options.facts), options.facts)
  if (!input) return complainOf(diagnosticLines(diagnostics))
  const { on, award } = options
  const asked = { ...input, ...(on === undefined ? {} : { on }), ...(award === undefined ? {} : { award }) }
  const decision = options.redemption ? determineRedemption(programme, asked) : determine(programme, asked)
  if (!decision.ok) throw new Refused(decision.refusal)
  const text = (found: Determination): string => determinationLines(found, programme).join('\n')
  emit(decision.value, { json: options.json, text })
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
