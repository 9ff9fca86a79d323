// Supervision over a folder of tables: findings with their evidence, what could not be judged, and the firms by band. It
// reads and says; it changes nothing.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { isDay } from '@suanquan/core/calendar'
import {
  detectors,
  lossRate,
  indexWorld,
  readWorld,
  rowsOf,
  supervise,
  superviseApplication,
  type ApplicationReport,
  type Band,
  type Standing,
  type StoredWorld,
  type SupervisionReport,
  type WorldIndex,
} from '@suanquan/core/supervision'
import { Command } from 'commander'

import { said, type Sentence } from '../language.ts'
import { emit, Refused, WrongUse } from '../output.ts'

interface Options {
  readonly since?: string
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
      said({ zh: '只列此日及以后的疑点', en: 'only findings that touch this day or later' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText(
      'after',
      '\n  suanquan supervise ./world\n  suanquan supervise ./world --since 2024-06-01 --json',
    )
    .action(run)
    .addCommand(applicationCommand())
}

function applicationCommand(): Command {
  return (
    new Command('application')
      .description(
        said({
          zh: '先对目录运行全部规则，再逐件判断新的申请：每件是一个目录，放该申请带来的各表新行。只列与申请企业有关的疑点。',
          en: 'Runs every rule over a folder, then judges new applications one by one: each is a folder with the rows it brings. Lists what concerns the firm that applies.',
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

function judge(folder: string, applications: readonly string[], { json }: Options): void {
  const index = indexOf(folder)
  const last = supervise(index, { hash })
  const judged = applications.map((application) => {
    const rows = worldOf(application)
    const from = performance.now()
    const report = superviseApplication(index, last, rowsOf(rows), { hash })
    if (!report.ok) throw new Refused(report.refusal)
    return { application, milliseconds: Math.round(performance.now() - from), ...report.value }
  })
  emit(judged, {
    json,
    text: () => judged.map((one) => applicationLines(one).join('\n')).join('\n\n'),
  })
}

function applicationLines(judged: ApplicationReport & { readonly application: string }): string[] {
  const names = new Map(detectors.map(({ id, name }) => [id, name]))
  const { application, firm, band, score, found } = judged
  return [
    ...found.map(
      ({ detector, severity, subject }) =>
        `${detector.padEnd(5)} ${names.get(detector)!.padEnd(20)} ${severity.toFixed(2)} ${subject.table} ${subject.id}`,
    ),
    said({
      zh: `${application}：${firm} ${said(BANDS[band])} ${score.toFixed(2)}，${found.length} 个疑点；由人决定`,
      en: `${application}: ${firm} ${said(BANDS[band])} ${score.toFixed(2)}, ${found.length} findings; people decide`,
    }),
  ]
}

function run(folder: string, { since, json }: Options): void {
  if (since !== undefined && !isDay(since))
    throw new WrongUse({
      zh: `--since 需要日期，例如 2024-06-01`,
      en: '--since takes a day such as 2024-06-01',
    })
  const index = indexOf(folder)
  const report = supervise(index, { hash, since })
  emit({ ...report, lossRate: lossRate(index) ?? null }, { json, text: () => lines(report).join('\n') })
}

function worldOf(folder: string): StoredWorld {
  if (!existsSync(folder))
    throw new WrongUse({ zh: `没有目录 ${folder}`, en: `there is no folder ${folder}` })
  const read = readWorld((file) => {
    const path = join(folder, file)
    return existsSync(path) ? bytesOf(path) : undefined
  })
  if (!read.ok) throw new Refused(read.refusal)
  return read.value
}

function indexOf(folder: string): WorldIndex {
  return indexWorld(worldOf(folder))
}

/** The bytes of a file without a copy: tables have hundreds of megabytes. */
function bytesOf(path: string): Uint8Array {
  const { buffer, byteOffset, length } = readFileSync(path)
  return new Uint8Array(buffer, byteOffset, length)
}

function hash(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

const MOST_FIRMS = 20

function lines(report: SupervisionReport): string[] {
  const names = new Map(detectors.map(({ id, name }) => [id, name]))
  const rows = report.standings.map(
    (standing) =>
      `${standing.detector.padEnd(5)} ${names.get(standing.detector)!.padEnd(20)} ${told(standing)}`,
  )
  const firms = report.firms.slice(0, MOST_FIRMS).map(({ firm, score, band, findings }) => {
    const own = report.findings.filter(({ id }) => findings.includes(id)).map(({ detector }) => detector)
    return `${said(BANDS[band]).padEnd(8)} ${score.toFixed(2)} ${firm} ${own.join(' ')}`
  })
  const held = report.firms.filter(({ band }) => band === 'hold').length
  const reviewed = report.firms.filter(({ band }) => band === 'review').length
  return [
    ...rows,
    '',
    ...firms,
    ...(report.firms.length > MOST_FIRMS
      ? [said({ zh: `……共 ${report.firms.length} 家`, en: `… ${report.firms.length} firms in all` })]
      : []),
    '',
    said({
      zh: `${report.findings.length} 个疑点；建议暂缓兑付 ${held} 家、复核 ${reviewed} 家；由人决定`,
      en: `${report.findings.length} findings; ${held} firms to hold, ${reviewed} to review; people decide`,
    }),
  ]
}

const BANDS: Readonly<Record<Band, Sentence>> = {
  none: { zh: '无', en: 'none' },
  watch: { zh: '关注', en: 'watch' },
  review: { zh: '复核', en: 'review' },
  hold: { zh: '暂缓', en: 'hold' },
}

function told(standing: Standing): string {
  if (standing.status === 'not_evaluable')
    return said({
      zh: `无法判断，缺少 ${standing.missing.join('、')}`,
      en: `not evaluable, without ${standing.missing.join(', ')}`,
    })
  const undecided = Object.entries(standing.undecided).map(([what, count]) => `${count} × ${what}`)
  const rest =
    undecided.length === 0
      ? ''
      : said({ zh: `；未能判断 ${undecided.join('、')}`, en: `; undecided ${undecided.join(', ')}` })
  return `${standing.findings}${rest}`
}
