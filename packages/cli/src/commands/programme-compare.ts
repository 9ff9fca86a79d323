// Programmes beside each other and beside the law: all that fit one contract, and what a
// fair-competition review must look at.
import { basename } from 'node:path'

import { formatFen, parseMoney } from '@suanquan/core/money'
import {
  combinationFaults,
  combineProgrammes,
  competitionFindings,
  MOST_CANDIDATES,
  readInput,
  type Combination,
  type CombinationInput,
  type CompetitionKind,
  type Facts,
  type Programme,
} from '@suanquan/core/policy'
import { Command } from 'commander'

import { said, type Sentence } from '../language.ts'
import { checkFailed, emit, WrongUse } from '../output.ts'
import { readText } from '../read-file.ts'
import { diagnosticLines, readProgrammes, shippedProgrammes } from './programme-files.ts'

interface Json {
  readonly json?: boolean
}

const PATHS = { zh: '政策文件或目录', en: 'programme files or folders' }

function subcommand(name: string, text: Sentence, example: string): Command {
  return new Command(name)
    .description(said(text))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  suanquan programme ${example}`)
}

interface CombineOptions extends Json {
  readonly facts: string
  readonly contract: readonly string[]
  readonly other?: string
}

export function combineCommand(): Command {
  const text = {
    zh: '各份合同可得哪些支持，怎样合法组合最多，并证明没有更多的',
    en: 'what supports the contracts of an applicant, the best lawful combination, and the proof that none is better',
  }
  const contract = {
    zh: '合同金额，全部财政资金不超过它；多份合同时，每份一个事实文件',
    en: 'the contract, which all public money may not exceed; of several, a file of facts each',
  }
  return subcommand('combine', text, 'combine --facts firm.yaml --contract 1000万元 programmes')
    .argument('[paths...]', said(PATHS))
    .requiredOption('--facts <file>', said({ zh: '事实文件', en: 'file of facts' }))
    .requiredOption('--contract <amount...>', said(contract))
    .option('--other <amount>', said({ zh: '已得的其他财政资金', en: 'other public money already given' }))
    .action((paths: string[], options: CombineOptions) => {
      const { programmes, input, found } = combined(sound(paths), options)
      if (combinationFaults(programmes, input, found).length > 0) checkFailed()
      const plain = { ...found, candidates: found.candidates.map(candidateRecord) }
      emit(plain, { json: options.json, text: () => combinationLines(found).join('\n') })
    })
}

interface Combined {
  readonly programmes: readonly Programme[]
  readonly input: CombinationInput
  readonly found: Combination
}

function combined(programmes: readonly Programme[], options: CombineOptions): Combined {
  const input = inputOf(programmes[0]!, options)
  const found = combineProgrammes(programmes, input)
  if (found) return { programmes, input, found }
  throw new WrongUse({
    zh: `可得的支持超过 ${MOST_CANDIDATES} 项，或组合太多，请指明较少的政策文件`,
    en: `more than ${MOST_CANDIDATES} awards, or too many combinations of them; name fewer programmes`,
  })
}

function inputOf(programme: Programme, { facts, contract, other }: CombineOptions): CombinationInput {
  const given = { facts: factsIn(programme, facts) }
  const rest = other === undefined ? {} : { otherPublicFen: amountOf(other) }
  const [only] = contract
  if (contract.length === 1 && parseMoney(only!).ok) return { ...given, ...rest, limitFen: amountOf(only!) }
  const contracts = contract.map((file) => {
    const own = factsIn(programme, file)
    return { id: basename(file), facts: own, limitFen: amountOf(String(own['contract.amount'])) }
  })
  return { ...given, contracts, limitFen: 0n }
}

function factsIn(programme: Programme, file: string): Facts {
  const { input, diagnostics } = readInput(programme, readText(file), file)
  if (!input) throw new WrongUse(verbatim(diagnosticLines(diagnostics)))
  return input.facts
}

/** The programmes of the paths, all without a fault. */
function sound(paths: readonly string[]): Programme[] {
  const files = readProgrammes(paths.length > 0 ? paths : [shippedProgrammes])
  const faults = files.filter(({ programme }) => !programme).flatMap(({ diagnostics }) => diagnostics)
  if (faults.length > 0) throw new WrongUse(verbatim(diagnosticLines(faults)))
  return files.flatMap(({ programme }) => programme ?? [])
}

function verbatim(lines: readonly string[]): Sentence {
  return { zh: lines.join('\n'), en: lines.join('\n') }
}

function amountOf(written: string): bigint {
  const read = parseMoney(written)
  if (read.ok) return read.value
  throw new WrongUse({
    zh: `${written} 不是带单位的金额，例如 100万元`,
    en: `${written} is no amount with a unit, such as 100万元`,
  })
}

function candidateRecord({
  programme,
  award,
  contract,
  alone,
}: Combination['candidates'][number]): Record<string, unknown> {
  const { outcome, failed, needed, ceilingFen } = alone
  const name = `${programme.id}@${programme.version}`
  return { programme: name, award: award.id, contract, outcome, failed, needed, ceilingFen }
}

function combinationLines(found: Combination): string[] {
  const { candidates, best, totalFen, certificate } = found
  const open = candidates.filter(({ alone }) => ['supported', 'unknown'].includes(alone.outcome))
  const shown = open.map(({ programme, award, contract, alone: { ceilingFen, needed } }) => {
    const amount = ceilingFen === null ? said({ zh: '未知', en: 'unknown' }) : formatFen(ceilingFen)
    const names = needed.join(said({ zh: '、', en: ', ' }))
    const missing = names === '' ? '' : said({ zh: `，还需要 ${names}`, en: `, needs ${names}` })
    const alone = said({ zh: '单独', en: 'alone' })
    const what = [`${programme.id}@${programme.version}`, award.id, contract].filter((part) => part !== '')
    return `${what.join(' ')}  ${alone} ${amount}${missing}`
  })
  const papers = said({ zh: '材料', en: 'evidence' })
  const chosen = best.map(({ programme, award, contract, fen, evidence }) => {
    const what = [programme, award, contract].filter((part) => part !== '').join(' ')
    return `→ ${what}  ${formatFen(fen)}  ${papers}: ${evidence.join(', ')}`
  })
  const closed = certificate.branches.filter(({ closedBy }) => closedBy !== null).length
  const last = said({
    zh: `最多 ${formatFen(totalFen)} 元；证明：${certificate.branches.length} 个分支，${closed} 个由上界排除，复核通过`,
    en: `${formatFen(totalFen)} yuan at most; proof: ${certificate.branches.length} branches, ${closed} closed by their bound, checked`,
  })
  return [...shown, ...relationLines(found), ...chosen, last]
}

function relationLines({ relations, certificate }: Combination): string[] {
  const name = (place: number): string => {
    const { programme, award, contract } = certificate.requests[place]!
    return [programme, award, contract].filter((part) => part !== '').join(' ')
  }
  return relations.map(({ between: [one, other], relation, by }) => {
    const why = by.map(({ request, condition, cite }) => `${name(request)}: ${cite ?? condition}`).join('; ')
    const word = said(
      relation === 'excluded'
        ? { zh: '不能并用', en: 'not together' }
        : { zh: '共用限额', en: 'share a limit' },
    )
    return `${name(one)} × ${name(other)}  ${word}${why === '' ? '' : ` (${why})`}`
  })
}

const KINDS: Readonly<Record<CompetitionKind, Sentence>> = {
  local_only: { zh: '只认本地供给', en: 'only local supply counts' },
  local_terms: { zh: '本地条件更优', en: 'better terms for local supply' },
  named_provider: { zh: '指定供给方', en: 'providers are named' },
  named_platform: { zh: '指定平台', en: 'a platform is named' },
  closed_list: { zh: '名单之内', en: 'a closed list' },
  origin: { zh: '按产地区别', en: 'told apart by origin' },
}

export function competitionCommand(): Command {
  const text = { zh: '公平竞争审查要看的条款', en: 'what a fair-competition review must look at' }
  return subcommand('competition', text, 'competition programmes/beijing')
    .argument('[paths...]', said(PATHS))
    .action((paths: string[], { json }: Json) => {
      const files = readProgrammes(paths.length > 0 ? paths : [shippedProgrammes])
      const faults = files.filter(({ programme }) => !programme).flatMap(({ diagnostics }) => diagnostics)
      if (faults.length > 0) checkFailed()
      const found = files.flatMap(({ path: file, programme }) =>
        (programme ? competitionFindings(programme) : []).map((finding) => ({ file, ...finding })),
      )
      const lines = found.map(({ file, line, column, kind, article, path, reads }) => {
        const where = said({ zh: `第${article}条`, en: `article ${article}` })
        return `${file}:${line}:${column}: ${said(KINDS[kind])} (${where}): ${path} [${reads.join(', ')}]`
      })
      const last = said({
        zh: `${files.length} 个政策文件，${found.length} 处须由人说明例外并签字`,
        en: `${files.length} programmes, ${found.length} places where people must state an exception and sign`,
      })
      emit(found, { json, text: () => [...diagnosticLines(faults), ...lines, last].join('\n') })
    })
}
