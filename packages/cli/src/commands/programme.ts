// The author's side of a programme: what there is, what a file says, whether it holds, whether its cases pass and what
// they would not notice.
import { mutationScore, programmeSummary, runCases, type MutationScore } from '@suanquan/core/policy'
import { Command } from 'commander'

import { said } from '../language.ts'
import { checkFailed, emit } from '../output.ts'
import { explainLines, showLines } from './explain-programme.ts'
import { combineCommand, competitionCommand } from './programme-compare.ts'
import { diffCommand } from './programme-diff.ts'
import { docsCommand } from './programme-docs.ts'
import { formatCommand, schemaCommand } from './programme-format.ts'
import { sweepCommand } from './programme-sweep.ts'
import { sarifLog } from './sarif.ts'
import {
  casesBeside,
  diagnosticLines,
  diagnosticRecord,
  readProgramme,
  readProgrammes,
  shippedProgrammes,
} from './programme-files.ts'

interface Json {
  readonly json?: boolean
}

const PATHS = { zh: '政策文件或目录', en: 'programme files or folders' }

export function programmeCommand(): Command {
  const command = new Command('programme')
    .description(said({ zh: '查看、检查和测试政策文件', en: 'Shows, checks and tests programme files.' }))
    .addHelpText(
      'after',
      '\n  suanquan programme list\n  suanquan programme check programmes' +
        '\n  suanquan programme test programmes/beijing --mutate' +
        '\n  suanquan programme explain programmes/nanning/2025-compute-reward',
    )
  command.addCommand(listCommand())
  command.addCommand(showCommand())
  command.addCommand(checkCommand())
  command.addCommand(testCommand())
  command.addCommand(explainCommand())
  command.addCommand(
    diffCommand(
      subcommand(
        'diff',
        {
          zh: '比较两个版本；给出企业名单时说明谁增谁减',
          en: 'compares two versions, and over a table of firms who gains and who loses',
        },
        'diff programmes/hangzhou/2024-compute-voucher programmes/hangzhou/2025-compute-voucher --population firms.csv',
      ),
    ),
  )
  command.addCommand(combineCommand())
  command.addCommand(competitionCommand())
  command.addCommand(sweepCommand())
  const docs = {
    zh: '由政策文件生成办事指南（中英文）',
    en: 'makes guide pages from programmes, in both languages',
  }
  command.addCommand(
    docsCommand(subcommand('docs', docs, 'docs programmes/beijing/2023-compute-voucher --out pages')),
  )
  const format = { zh: '统一文件的排版，注释保留', en: 'lays files out in one way, comments kept' }
  command.addCommand(formatCommand(subcommand('fmt', format, 'fmt programmes --check')))
  const schema = { zh: '输出编辑器用的 JSON Schema', en: 'prints the JSON Schema for editors' }
  command.addCommand(
    schemaCommand(subcommand('schema', schema, 'schema cases > programmes/cases.schema.json')),
  )
  return command
}

function subcommand(
  name: string,
  text: { readonly zh: string; readonly en: string },
  example: string,
): Command {
  return new Command(name)
    .description(said(text))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  suanquan programme ${example}`)
}

function listCommand(): Command {
  return subcommand('list', { zh: '列出政策文件', en: 'lists programmes' }, 'list programmes')
    .argument('[paths...]', said(PATHS))
    .action((paths: string[], { json }: Json) => {
      const files = readProgrammes(paths.length > 0 ? paths : [shippedProgrammes])
      const rows = files.map(({ path, programme, diagnostics }) => ({
        path,
        id: programme?.id ?? null,
        version: programme?.version ?? null,
        status: programme?.status ?? null,
        title: programme?.title ?? null,
        errors: diagnostics.length,
      }))
      const lines = rows.map((row) => {
        const title = row.title
          ? said(row.title)
          : said({ zh: `${row.errors} 处错误`, en: `${row.errors} errors` })
        return `${`${row.id ?? row.path}@${row.version ?? '?'}`.padEnd(40)} ${row.status ?? '-'}  ${title}`
      })
      const last = said({ zh: `共 ${rows.length} 个政策文件`, en: `${rows.length} programmes` })
      emit(rows, { json, text: () => [...lines, last].join('\n') })
    })
}

function showCommand(): Command {
  const text = { zh: '条款、参数、条件和程序', en: 'clauses, numbers, conditions and procedure' }
  return subcommand('show', text, 'show programmes/beijing/2023-compute-voucher')
    .argument('<path>', said(PATHS))
    .action((path: string, { json }: Json) => {
      const file = readProgramme(path)
      if (file) emit(programmeSummary(file.programme), { json, text: (it) => showLines(it).join('\n') })
    })
}

function explainCommand(): Command {
  const text = {
    zh: '逐条说明规则：判断式、条款、依据等级',
    en: 'each rule with its expression, clause and grade',
  }
  return subcommand('explain', text, 'explain programmes/nanning/2025-compute-reward')
    .argument('<path>', said(PATHS))
    .action((path: string, { json }: Json) => {
      const file = readProgramme(path)
      if (file) emit(file.programme, { json, text: (it) => explainLines(it).join('\n') })
    })
}

function checkCommand(): Command {
  return subcommand('check', { zh: '检查政策文件', en: 'checks programme files' }, 'check programmes')
    .argument('[paths...]', said(PATHS))
    .option('--sarif', said({ zh: '输出 SARIF 2.1.0', en: 'print SARIF 2.1.0' }))
    .action((paths: string[], { json, sarif }: Json & { readonly sarif?: boolean }) => {
      const files = readProgrammes(paths.length > 0 ? paths : [shippedProgrammes])
      const diagnostics = files.flatMap((file) => file.diagnostics)
      const wrong = files.filter((file) => !file.programme).length
      if (wrong > 0) checkFailed()
      if (sarif) return emit(sarifLog(diagnostics), { json: true, text: () => '' })
      const errors = diagnostics.filter((item) => item.severity === 'error').length
      const warnings = diagnostics.length - errors
      const verdict = {
        zh: wrong === 0 ? '没有错误' : `${wrong} 个有错误，共 ${errors} 处`,
        en: wrong === 0 ? 'no errors' : `${wrong} with errors, ${errors} in all`,
      }
      const also = {
        zh: warnings === 0 ? '' : `，${warnings} 处警告`,
        en: warnings === 0 ? '' : `, ${warnings} warnings`,
      }
      const last = said({
        zh: `检查 ${files.length} 个政策文件：${verdict.zh}${also.zh}`,
        en: `${files.length} programmes checked: ${verdict.en}${also.en}`,
      })
      const result = { checked: files.length, wrong, diagnostics: diagnostics.map(diagnosticRecord) }
      emit(result, { json, text: () => [...diagnosticLines(diagnostics), last].join('\n') })
    })
}

/** The least share of planted faults that cases must notice, in hundredths of a per cent. */
const LEAST_SCORE = 9_500

function testCommand(): Command {
  const text = {
    zh: '运行用例；--mutate 植入错误看用例能否发现',
    en: 'runs the worked cases; --mutate plants faults to see if they notice',
  }
  return subcommand('test', text, 'test programmes/beijing --mutate')
    .argument('[paths...]', said(PATHS))
    .option('--mutate', said({ zh: '计算变异得分', en: 'compute the mutation score' }))
    .action((paths: string[], { json, mutate }: Json & { readonly mutate?: boolean }) => {
      const files = readProgrammes(paths.length > 0 ? paths : [shippedProgrammes])
      const results = files.map((file) => testOne(file, mutate === true))
      const failed = results.filter((result) => !result.ok).length
      if (failed > 0) checkFailed()
      const cases = results.reduce((sum, result) => sum + result.passed, 0)
      const last = said({
        zh: `${results.length} 个政策文件，${cases} 个用例通过${failed === 0 ? '' : `，${failed} 个文件未通过`}`,
        en: `${results.length} programmes, ${cases} cases passed${failed === 0 ? '' : `, ${failed} files failed`}`,
      })
      const lines = results.flatMap((result) => result.lines)
      emit(results, { json, text: () => [...lines, last].join('\n') })
    })
}

interface Tested {
  readonly path: string
  readonly ok: boolean
  readonly passed: number
  readonly total: number
  readonly score?: Pick<MutationScore, 'basisPoints' | 'killed' | 'survivors' | 'equivalent'>
  readonly lines: readonly string[]
}

function testOne(file: ReturnType<typeof readProgrammes>[number], mutate: boolean): Tested {
  const { path, programme, diagnostics } = file
  const none = { path, ok: false, passed: 0, total: 0 }
  if (!programme) return { ...none, lines: diagnosticLines(diagnostics) }
  const cases = casesBeside(path)
  if (!cases)
    return {
      ...none,
      lines: [said({ zh: `${path}：旁边没有 cases.yaml`, en: `${path}: no cases.yaml beside it` })],
    }
  const run = runCases(programme, cases.text, cases.path)
  const faults = diagnosticLines(run.diagnostics)
  const failures = run.results
    .filter((result) => !result.passed)
    .flatMap((result) => [
      `${cases.path}:${result.line}:${result.column}: ${result.name}`,
      ...result.differences.map(({ output, expected, actual }) =>
        said({
          zh: `    ${output}：应为 ${expected}，实为 ${actual}`,
          en: `    ${output}: expected ${expected}, got ${actual}`,
        }),
      ),
    ])
  const passes = faults.length === 0 && failures.length === 0
  const total = run.results.length
  const head = `${passes ? '✓' : '✗'} ${programme.id}@${programme.version}: ${run.passed}/${total}`
  const tested = { path, passed: run.passed, total }
  if (!mutate || !passes) return { ...tested, ok: passes, lines: [...faults, ...failures, head] }
  const { basisPoints, killed, survivors, equivalent } = mutationScore(programme, cases.text, cases.path)
  const score = { basisPoints, killed, survivors, equivalent }
  return { ...tested, ok: basisPoints >= LEAST_SCORE, score, lines: [head, ...scoreLines(score)] }
}

function scoreLines({ basisPoints, killed, survivors, equivalent }: NonNullable<Tested['score']>): string[] {
  const percent = `${Math.floor(basisPoints / 100)}.${String(basisPoints % 100).padStart(2, '0')} %`
  const total = killed + survivors.length
  return [
    said({
      zh: `  变异得分 ${percent}（${killed}/${total}）`,
      en: `  mutation score ${percent} (${killed}/${total})`,
    }),
    ...survivors.map((name) => said({ zh: `  未被发现：${name}`, en: `  survived: ${name}` })),
    ...equivalent.map(({ mutant, reason }) =>
      said({ zh: `  等价：${mutant}（${reason}）`, en: `  equivalent: ${mutant} (${reason})` }),
    ),
  ]
}
