// Supervision over a folder of tables: findings with their evidence, what could not be judged, and the firms by band. It
// reads and says; it changes nothing.
import { realpathSync } from 'node:fs'

import { isDay } from '@suanquan/core/calendar'
import {
  bandOf,
  detectors,
  lossRate,
  noisyOr,
  rowsOf,
  superviseApplication,
  unknownFiles,
  type FirmScore,
} from '@suanquan/core/supervision'
import { refuse } from '@suanquan/core'
import { Command } from 'commander'

import { said } from '../language.ts'
import { emit, progress, Refused, WrongUse } from '../output.ts'
import { filesOf, hash, readFolder, superviseFolder, type Supervised } from './supervised-world.ts'

interface Options {
  readonly since?: string
  readonly firm?: string
  readonly all?: boolean
  readonly json?: boolean
}

export function superviseCommand(): Command {
  return new Command('supervise')
    .description(
      said({
        zh: '对一个目录中的各数据表运行全部监管规则，列出疑点及证据。缺少数据来源的规则标为“无法判断”。',
        en: 'Runs every rule of supervision over a folder of tables and lists findings with their evidence. A rule without its source says so.',
      }),
    )
    .argument('<world>', said({ zh: '数据表所在目录', en: 'folder of tables' }))
    .option(
      '--since <date>',
      said({
        zh: '只列此日及以后或无日期的疑点；企业分值仍按全部疑点计',
        en: 'only findings that touch this day or later, or have no date; firms are scored by all',
      }),
    )
    .option('--firm <id>', said({ zh: '只看一家企业，列出全部依据', en: 'one firm with all its evidence' }))
    .option('--all', said({ zh: '列出全部企业（默认前 20 家）', en: 'all firms, not only the first 20' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText(
      'after',
      '\n  suanquan supervise ./world\n  suanquan supervise ./world --firm F001\n  suanquan supervise ./world --since 2024-06-01 --json',
    )
    .action(run)
    .addCommand(applicationCommand())
}

function applicationCommand(): Command {
  return (
    new Command('application')
      .description(
        said({
          zh: '先对目录运行全部规则，再逐件判断新的申请：每件是一个目录，放一家企业的申请带来的各表新行，互不对照。只列与申请企业有关的疑点，并说明哪些规则无法判断。',
          en: 'Runs every rule over a folder, then judges new applications one by one: each is a folder with the rows that one firm brings; they are not compared with each other. Lists what concerns the firm, and which rules could not judge it.',
        }),
      )
      .argument('<world>', said({ zh: '数据表所在目录', en: 'folder of tables' }))
      .argument('<applications...>', said({ zh: '新申请的目录', en: 'folders of new applications' }))
      .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
      .addHelpText(
        'after',
        '\n  suanquan supervise application ./world ./application-1 ./application-2 --json',
      )
      // The command above takes --json too and would keep it.
      .action((world: string, applications: string[], _: Options, command: Command) =>
        judge(world, applications, command.optsWithGlobals()),
      )
  )
}

async function judge(
  folder: string,
  applications: readonly string[],
  { json, since, firm, all }: Options,
): Promise<void> {
  if (since !== undefined || firm !== undefined || all !== undefined)
    throw new WrongUse({
      zh: '--since、--firm 和 --all 只用于全量运行：申请总是按全部疑点判断',
      en: '--since, --firm and --all are for a full run: an application is judged by all that is known',
    })
  refuseOdd(applications)
  const { index, report: last } = superviseFolder(folder)
  const shown = progress({ zh: '判断申请', en: 'judging applications' }, applications.length)
  const judged = applications.map((application, place) => {
    const rows = rowsOf(readFolder(application))
    const report = superviseApplication(index, last, rows, { hash })
    if (!report.ok) throw new Refused(report.refusal)
    shown.update(place + 1)
    const { firm } = report.value
    const own = rows.firms?.find(({ id }) => id === firm) ?? index.find('firms', firm)
    return { application, name: own?.name ?? null, ...report.value }
  })
  shown.end()
  const { applicationLines } = await import('./show-supervision.ts')
  emit(judged, {
    json,
    text: () => judged.map((one) => applicationLines(one).join('\n')).join('\n\n'),
  })
}

/** A folder that is given twice, or a file that no table has: what would be judged is not what was meant. */
function refuseOdd(applications: readonly string[]): void {
  const seen = new Set<string>()
  for (const folder of applications) {
    const [file] = unknownFiles(filesOf(folder))
    if (file !== undefined) throw refused('supervision.application_file', { file: `${folder}/${file}` })
    const path = realpathSync(folder)
    if (seen.has(path)) throw refused('supervision.application_twice', { folder })
    seen.add(path)
  }
}

function refused(code: string, params: Readonly<Record<string, string>>): Refused {
  return new Refused(refuse(code, params).refusal)
}

async function run(folder: string, { since, firm, all, json }: Options): Promise<void> {
  if (since !== undefined && !isDay(since))
    throw new WrongUse({
      zh: `--since 需要日期，例如 2024-06-01`,
      en: '--since takes a day such as 2024-06-01',
    })
  const supervised = superviseFolder(folder, { since })
  const { listed, nameOf, shownFirm } = await import('./show-supervision.ts')
  if (firm !== undefined) {
    const score = scoreOfOne(supervised, firm)
    const findings = supervised.report.findings.filter(({ firms }) => firms.includes(firm))
    return emit(
      { ...score, found: findings },
      {
        json,
        text: () => shownFirm({ ...score, name: nameOf(supervised.index, firm) }, findings).join('\n'),
      },
    )
  }
  const { index, report, oddities } = supervised
  emit(
    { ...report, ...oddities, lossRate: lossRate(index) ?? null },
    { json, text: () => listed(supervised, all === true).join('\n') },
  )
}

/** A firm that no finding names is clear only where some table knows it. */
function scoreOfOne({ index, report }: Supervised, firm: string): FirmScore {
  const listed = report.firms.find((one) => one.firm === firm)
  if (listed !== undefined) return listed
  const own = report.findings.filter(({ firms }) => firms.includes(firm))
  if (own.length === 0 && index.placeOf('firms', firm) < 0)
    throw refused('supervision.firm_not_listed', { firm })
  const signals = detectors.map(({ id, weight }) =>
    own.reduce(
      (most, finding) => (finding.detector === id ? Math.max(most, weight * finding.severity) : most),
      0,
    ),
  )
  const score = noisyOr(signals)
  return { firm, score, band: bandOf(score), findings: own.map(({ id }) => id), decisive: [] }
}
