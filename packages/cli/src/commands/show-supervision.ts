// What supervision found, for the people who decide: a work list by firm, each rule in words, what would clear it, and
// what could not be judged.
import { findingWord, type FindingWord } from '@suanquan/api'
import type {
  ApplicationReport,
  Band,
  Finding,
  FirmScore,
  Standing,
  SupervisionReport,
  WorldIndex,
} from '@suanquan/core/supervision'

import { language, said, type Sentence } from '../language.ts'
import type { Oddities, Supervised } from './supervised-world.ts'

interface NamedScore extends FirmScore {
  /** null where no table has the firm */
  readonly name: string | null
}

const MOST_FIRMS = 20
const MOST_CLAUSES = 3

const BANDS: Readonly<Record<Band, Sentence>> = {
  none: { zh: '无', en: 'none' },
  watch: { zh: '关注', en: 'watch' },
  review: { zh: '复核', en: 'review' },
  hold: { zh: '暂缓（建议，待人工决定）', en: 'hold (advice, people decide)' },
}

const STOPS: Sentence = {
  zh: '确定性条款成立，可先行暂停支付：',
  en: 'a decisive clause stands, payment may be stopped at once: ',
}
const STOPS_NOT: Sentence = {
  zh: '无确定性条款，不得自动暂停支付',
  en: 'no decisive clause, nothing may stop payment by itself',
}

/** @param all every firm, not only the first twenty */
export function listed({ index, report, oddities }: Supervised, all: boolean): string[] {
  const { firms, findings, standings } = report
  const shown = all ? firms : firms.slice(0, MOST_FIRMS)
  const left = firms.length - shown.length
  const of = (band: Band): number => firms.filter((firm) => firm.band === band).length
  const decisive = firms.filter((firm) => firm.decisive.length > 0).length
  return [
    ...standings.map((standing) => `${ruleName(standing.detector)}: ${told(standing)}`),
    ...warnings(oddities),
    '',
    ...shown.flatMap((firm, place) => [
      `${place + 1}. ${headOf({ ...firm, name: nameOf(index, firm.firm) })}`,
      ...ofFirm(firm, findings),
    ]),
    ...(left > 0
      ? [
          said({
            zh: `另有 ${left} 家未列出，用 --all 列出全部，用 --firm 编号 看一家`,
            en: `${count(left, 'firm')} more not shown: --all lists all, --firm ID shows one whole`,
          }),
        ]
      : []),
    '',
    nothing(report) ??
      said({
        zh: `${findings.length} 个疑点；建议暂缓 ${of('hold')} 家、复核 ${of('review')} 家，其中 ${decisive} 家有确定性条款；由人决定`,
        en: `${count(findings.length, 'finding')}; ${count(of('hold'), 'firm')} to hold, ${of('review')} to review, ${decisive} with a decisive clause; people decide`,
      }),
  ]
}

/** One firm with everything that is said about it. */
export function shownFirm(firm: NamedScore, findings: readonly Finding[]): string[] {
  const own = findings.filter(({ firms }) => firms.includes(firm.firm))
  return [headOf(firm), ...own.flatMap((finding) => wholeFinding(finding))]
}

export function applicationLines(
  judged: ApplicationReport & NamedScore & { readonly application: string },
): string[] {
  const { application, found, standings, known } = judged
  const missing = standings.filter(({ status }) => status === 'not_evaluable')
  const without = standings.filter(
    (standing) =>
      standing.from === 'application' && standing.status === 'evaluated' && standing.examined === 0,
  )
  const last = standings.filter(({ from, status }) => from === 'last_run' && status === 'evaluated')
  const ids = (some: readonly { readonly detector: string }[]): string =>
    some.map(({ detector }) => detector).join(' ')
  const notes: (string | false)[] = [
    known > 0 &&
      said({
        zh: `申请中有 ${known} 行已在数据目录中，内容相同`,
        en: `${count(known, 'row')} of the application stand in the world already, word for word`,
      }),
    without.length > 0 &&
      said({
        zh: `没有该企业可查的数据：${ids(without)}`,
        en: `nothing of the firm to examine: ${ids(without)}`,
      }),
    last.length > 0 &&
      said({
        zh: `沿用上次全量运行的结论：${ids(last)}`,
        en: `as the last full run left it: ${ids(last)}`,
      }),
  ]
  return [
    ...shownFirm(judged, found),
    ...missing.map((standing) => `${ruleName(standing.detector)}: ${told(standing)}`),
    ...notes.filter((note) => note !== false),
    said({
      zh: `${application}：${judged.firm} ${said(BANDS[judged.band])} ${judged.score.toFixed(2)}${missing.length > 0 ? `（${missing.length} 条规则无法判断，分值只是下限）` : ''}，${found.length} 个疑点；由人决定`,
      en: `${application}: ${judged.firm} ${said(BANDS[judged.band])} ${judged.score.toFixed(2)}${missing.length > 0 ? ` (at least: ${count(missing.length, 'rule')} not evaluable)` : ''}, ${count(found.length, 'finding')}; people decide`,
    }),
  ]
}

/** Where no rule had a row to look at, no findings do not mean that all is well. */
function nothing({ standings }: SupervisionReport): string | undefined {
  if (standings.some((standing) => standing.status === 'evaluated' && standing.examined > 0)) return undefined
  return said({
    zh: '没有任何数据可查：什么也没有检查，不能视为没有问题',
    en: 'nothing was examined: there were no rows to judge, which does not mean that all is well',
  })
}

export function nameOf(index: WorldIndex, firm: string): string | null {
  return index.find('firms', firm)?.name ?? null
}

function headOf({ firm, name, band, score, decisive }: NamedScore): string {
  const stops =
    decisive.length > 0 ? `${said(STOPS)}${count(decisive.length, 'finding', '个疑点')}` : said(STOPS_NOT)
  const known = name ?? said({ zh: '（登记表中没有）', en: '(not in the register)' })
  return `${known} ${firm} · ${said(BANDS[band])} ${score.toFixed(2)} · ${stops}`
}

function ofFirm(firm: FirmScore, findings: readonly Finding[]): string[] {
  const named = findings.filter(({ id }) => firm.findings.includes(id) || firm.decisive.includes(id))
  return named.flatMap((finding) => [
    ...briefly(finding),
    `      ${said({ zh: '可澄清：', en: 'cleared by: ' })}${words('clear', finding.clears)}`,
  ])
}

function briefly(finding: Finding): string[] {
  const { clauses } = finding
  const main = clauses.slice(0, MOST_CLAUSES).map(clauseLine)
  const more = clauses.length - main.length
  const rest = more > 0 ? said({ zh: `；另 ${more} 条`, en: `; ${more} more` }) : ''
  return [`   ${titleOf(finding)}: ${main.join('; ')}${rest}`]
}

function wholeFinding(finding: Finding): string[] {
  const results: Readonly<Record<Finding['innocent'][number]['result'], Sentence>> = {
    not_found: { zh: '已查，没有', en: 'looked for, not found' },
    possible: { zh: '可能', en: 'possible' },
    not_evaluable: { zh: '无法判断', en: 'not evaluable' },
  }
  return [
    `   ${titleOf(finding)} · ${finding.subject.table} ${finding.subject.id}`,
    ...finding.clauses.flatMap((clause) => [
      `      ${clauseLine(clause)}`,
      `        ${said({ zh: '依据：', en: 'stands on: ' })}${clause.rows.map(({ table, id }) => `${table} ${id}`).join(', ')}`,
    ]),
    ...finding.innocent.map(
      ({ explanation, result }) =>
        `      ${said({ zh: '正常原因', en: 'innocent explanation' })} ${word('innocent', explanation)}: ${said(results[result])}`,
    ),
    `      ${said({ zh: '可澄清：', en: 'cleared by: ' })}${words('clear', finding.clears)}`,
  ]
}

function titleOf({ detector, severity, decisive }: Finding): string {
  const mark = decisive ? said({ zh: '【确定性】', en: '[decisive] ' }) : ''
  return `${mark}${ruleName(detector)} ${severity.toFixed(2)}`
}

function clauseLine({ code, values }: Finding['clauses'][number]): string {
  const shown = Object.entries(values).map(
    ([name, value]) => `${word('value', name)} ${valueText(name, value)}`,
  )
  return shown.length === 0 ? word('clause', code) : `${word('clause', code)} (${shown.join(', ')})`
}

function valueText(name: string, value: string | number | boolean): string {
  if (typeof value !== 'number') return String(value)
  if (name.endsWith('Fen')) {
    const yuan = (value / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    return said({ zh: `${yuan} 元`, en: `CNY ${yuan}` })
  }
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 })
}

function warnings({ unknownFiles, dangling }: Oddities): string[] {
  return [
    ...unknownFiles.map((file) =>
      said({
        zh: `注意：${file} 不是任何数据表的文件，没有读取`,
        en: `warning: no table has the file ${file}, it was not read`,
      }),
    ),
    ...dangling.map(({ table, column, to, rows, ids, example }) =>
      said({
        zh: `注意：${table}.${column} 有 ${rows} 行（${ids} 个编号）在 ${to.join('、')} 中查不到，例如 ${example}`,
        en: `warning: ${table}.${column} points nowhere in ${count(rows, 'row')} (${count(ids, 'id')} not in ${to.join(' or ')}), such as ${example}`,
      }),
    ),
  ]
}

function told(standing: Standing): string {
  if (standing.status === 'not_evaluable')
    return said({
      zh: `无法判断，缺少 ${standing.missing.join('、')}`,
      en: `not evaluable, without ${standing.missing.join(', ')}`,
    })
  const { examined, empty, findings, undecided } = standing
  if (examined === 0)
    return said({
      zh: `没有检查任何数据，${empty.join('、')} 为空表`,
      en: `nothing examined, no rows in ${empty.join(', ')}`,
    })
  const open = Object.entries(undecided).map(([what, many]) => `${many} × ${what}`)
  return [
    said({
      zh: `${findings} 个疑点（查了 ${examined} 行）`,
      en: `${count(findings, 'finding')} in ${count(examined, 'row')}`,
    }),
    ...(empty.length > 0
      ? [said({ zh: `空表 ${empty.join('、')}`, en: `no rows in ${empty.join(', ')}` })]
      : []),
    ...(open.length > 0
      ? [said({ zh: `未能判断 ${open.join('、')}`, en: `undecided ${open.join(', ')}` })]
      : []),
  ].join(said({ zh: '；', en: '; ' }))
}

function ruleName(id: string): string {
  return `${id} ${word('detector', id)}`
}

function word(kind: FindingWord, code: string): string {
  return findingWord(kind, code, language()) ?? code
}

function words(kind: FindingWord, codes: readonly string[]): string {
  return codes.map((code) => word(kind, code)).join(said({ zh: '、', en: ', ' }))
}

/** A number with its noun, one or many; Chinese with its measure word. */
function count(many: number, noun: string, zh = ''): string {
  return said({
    zh: `${many} ${zh}`.trim(),
    en: `${many.toLocaleString('en-US')} ${noun}${many === 1 ? '' : 's'}`,
  })
}
