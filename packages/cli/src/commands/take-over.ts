// `suanquan take-over`: a programme that ran elsewhere is taken over from a folder of files, against a running platform and
// with real sessions. What may be done, and by whom, is decided there; the dry run is the platform's own.
import {
  takeOverFileKinds,
  takeOverSheetNames,
  takeOverSheets,
  type AnswerOf,
  type Client,
  type Outcome,
  type Routes,
  type TakeOverFileKind,
} from '@suanquan/api'
import { formatFen } from '@suanquan/core/money'
import { Command, Option } from 'commander'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { language, said } from '../language.ts'
import { checkFailed, emit, Refused, WrongUse } from '../output.ts'
import { signInAs, visit } from '../visit.ts'

type TakeOver = AnswerOf<Routes['readTakeOver']>
type Line = AnswerOf<Routes['listTakeOverLines']>['items'][number]

interface Visiting {
  readonly url: string
  readonly login: string
  readonly json?: boolean
}

interface Checking extends Visiting {
  readonly id?: string
  readonly adoption?: string
  readonly system?: string
  readonly cutOver?: string
}

const EXAMPLES = [
  'suanquan take-over template ./handed-over',
  'suanquan take-over check ./handed-over --login finance --adoption ID --system 旧系统 --cut-over 2024-05-07',
  'suanquan take-over prepare ID --login finance',
  'suanquan take-over confirm ID --login finance2',
]

export function takeOverCommand(): Command {
  return new Command('take-over')
    .description(
      said({
        zh: '接管运行中的措施：模板、校验（试接管）、提交、复核。密码取自环境变量 SUANQUAN_PASSWORD',
        en: 'take over a running programme: templates, dry run, hand in, confirm; the password comes from SUANQUAN_PASSWORD',
      }),
    )
    .addCommand(templateCommand())
    .addCommand(checkCommand())
    .addCommand(prepareCommand())
    .addCommand(confirmCommand())
    .addHelpText('after', `\n  ${EXAMPLES.join('\n  ')}`)
}

function visiting(command: Command): Command {
  return command
    .addOption(
      new Option('--url <address>', said({ zh: '平台地址', en: 'address of the platform' })).default(
        'http://127.0.0.1:3000',
      ),
    )
    .requiredOption('--login <name>', said({ zh: '以谁的身份', en: 'as whom' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
}

function templateCommand(): Command {
  return new Command('template')
    .description(
      said({ zh: '写出各表的 CSV 模板和各列说明', en: 'write a template of each sheet, with its meanings' }),
    )
    .argument('<folder>', said({ zh: '写到哪个目录', en: 'where to' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  ${EXAMPLES[0]}`)
    .action((folder: string, { json }: { json?: boolean }) => {
      mkdirSync(folder, { recursive: true })
      const files = takeOverSheetNames.map((sheet) => {
        const { columns } = takeOverSheets[sheet]
        const rows = [
          columns.map(({ meaning }) => meaning.zh),
          columns.map(({ head, meaning }) => `${head.en}: ${meaning.en}`),
          columns.map(({ head }) => head.zh),
        ]
        const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
        const path = join(folder, `${sheet}.csv`)
        if (existsSync(path))
          throw new WrongUse({
            zh: `${path} 已存在，不覆盖；请换一个目录`,
            en: `${path} is there already and is not overwritten; name another folder`,
          })
        writeFileSync(path, `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`)
        return path
      })
      emit({ files }, { json, text: () => files.join('\n') })
    })
}

function checkCommand(): Command {
  return visiting(
    new Command('check')
      .description(
        said({
          zh: '上传目录里的文件（firms、money、vouchers、claims、closing 的 .csv 或 .xlsx，statement.pdf）并校验，不入账',
          en: 'upload the files of a folder (firms, money, vouchers, claims, closing as .csv or .xlsx, statement.pdf) and check them: a dry run',
        }),
      )
      .argument('<folder>', said({ zh: '文件所在目录', en: 'the folder of the files' }))
      .option('--id <id>', said({ zh: '已开始的接管', en: 'a take-over that was begun' }))
      .option('--adoption <id>', said({ zh: '接管哪项措施', en: 'the programme to take over' }))
      .option('--system <name>', said({ zh: '原系统名称', en: 'name of the old system' }))
      .option('--cut-over <day>', said({ zh: '接管日', en: 'the last day of the old system' })),
  )
    .addHelpText('after', `\n  ${EXAMPLES[1]}`)
    .action(check)
}

async function session({ url, login }: Visiting): Promise<Client> {
  const client = visit(url)
  await signInAs(client, login)
  return client
}

function must<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Refused(outcome.problem)
  return outcome.value
}

async function check(folder: string, options: Checking): Promise<void> {
  const files = filesIn(folder)
  const client = await session(options)
  const params = { id: options.id ?? (await begun(client, options)) }
  for (const { kind, path } of files) {
    const file = { name: basename(path), bytes: readFileSync(path), mediaType: 'application/octet-stream' }
    must(await client.uploadTakeOverFile({ params, query: { kind }, file }))
  }
  const takeOver = must(await client.checkTakeOver({ params }))
  const lines = await refusedLines(client, params.id)
  emit({ ...takeOver, lines }, { json: options.json, text: () => reportText(takeOver, lines) })
  const report = takeOver.report!
  if (report.refused + report.differences > 0) checkFailed()
}

async function begun(client: Client, { adoption, system, cutOver }: Checking): Promise<string> {
  if (adoption === undefined || system === undefined || cutOver === undefined)
    throw new WrongUse({
      zh: '请用 --id 指明已开始的接管，或用 --adoption、--system 和 --cut-over 开始一次',
      en: 'name a take-over with --id, or begin one with --adoption, --system and --cut-over',
    })
  const body = { adoptionId: adoption, systemName: system, cutOverOn: cutOver }
  return must(await client.openTakeOver({ body })).id
}

function filesIn(folder: string): readonly { readonly kind: TakeOverFileKind; readonly path: string }[] {
  const found = takeOverFileKinds.flatMap((kind) => {
    const path = (kind === 'statement' ? ['pdf'] : ['csv', 'xlsx'])
      .map((ending) => join(folder, `${kind}.${ending}`))
      .find((each) => existsSync(each))
    return path === undefined ? [] : [{ kind, path }]
  })
  if (found.length > 0) return found
  throw new WrongUse({
    zh: `${folder} 里没有接管文件；文件名见 suanquan take-over check --help`,
    en: `no files of a take-over in ${folder}; their names are in suanquan take-over check --help`,
  })
}

async function refusedLines(client: Client, id: string): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (let page = 1; ; page++) {
    const query = { outcome: 'refused', page, size: 200 } as const
    const { items, total } = must(await client.listTakeOverLines({ params: { id }, query }))
    lines.push(...items)
    if (lines.length >= total || items.length === 0) return lines
  }
}

function reportText(takeOver: TakeOver, lines: readonly Line[]): string {
  const report = takeOver.report!
  const refused = lines.flatMap(({ sheet, row, reasons }) =>
    reasons.map(({ column, message }) =>
      said({
        zh: `${takeOverSheets[sheet].title.zh} 第 ${row ?? '—'} 行 ${column?.zh ?? ''}：${message.zh}`,
        en: `${takeOverSheets[sheet].title.en}, row ${row ?? '—'}, ${column?.en ?? ''}: ${message.en}`,
      }),
    ),
  )
  const differences = report.comparisons.flatMap(({ scope, key, figures }) =>
    figures
      .filter(({ found, stated }) => found !== stated)
      .map(({ figure, found, stated }) => `${scope} ${key} ${figure}: ${yuan(found)} / ${yuan(stated)}`),
  )
  const sheets = report.sheets.map(({ sheet, rows }) => `${takeOverSheets[sheet].title[language()]} ${rows}`)
  const result = said({
    zh: `接管 ${takeOver.number}（${takeOver.id}）：${report.refused} 处要改正，${report.differences} 处与结账表不一致`,
    en: `take-over ${takeOver.number} (${takeOver.id}): ${report.refused} to mend, ${report.differences} differences from the closing statement`,
  })
  return [sheets.join(' · '), ...refused, ...differences, result].join('\n')
}

function yuan(fen: string | null): string {
  return fen === null ? '—' : formatFen(BigInt(fen))
}

function prepareCommand(): Command {
  return visiting(
    new Command('prepare')
      .description(said({ zh: '把校验通过的接管提交复核', en: 'hand a clean take-over in for confirmation' }))
      .argument('<id>', said({ zh: '接管', en: 'the take-over' })),
  )
    .addHelpText('after', `\n  ${EXAMPLES[2]}`)
    .action(async (id: string, options: Visiting) => {
      const client = await session(options)
      const { report } = must(await client.readTakeOver({ params: { id } }))
      const done = must(await client.prepareTakeOver({ params: { id }, body: { hash: hashOf(report) } }))
      emit(done, {
        json: options.json,
        text: () =>
          said({
            zh: `接管 ${done.number} 已提交，须由另一位财政人员复核`,
            en: `take-over ${done.number} is handed in; another finance officer confirms it`,
          }),
      })
    })
}

function confirmCommand(): Command {
  return visiting(
    new Command('confirm')
      .description(
        said({
          zh: '复核并入账（须为另一人）',
          en: 'confirm and post, as another person than who prepared it',
        }),
      )
      .argument('<id>', said({ zh: '接管', en: 'the take-over' })),
  )
    .addHelpText('after', `\n  ${EXAMPLES[3]}`)
    .action(async (id: string, options: Visiting) => {
      const client = await session(options)
      const { report } = must(await client.readTakeOver({ params: { id } }))
      const body = { decision: 'confirm' as const, hash: hashOf(report), reason: '' }
      const done = must(await client.decideTakeOver({ params: { id }, body }))
      emit(done, {
        json: options.json,
        text: () =>
          said({
            zh: `接管 ${done.number} 已入账，期初报表 ${done.statementNumber ?? ''}`,
            en: `take-over ${done.number} is posted; opening statement ${done.statementNumber ?? ''}`,
          }),
      })
    })
}

function hashOf(report: TakeOver['report']): string {
  if (report !== null) return report.hash
  throw new WrongUse({
    zh: '还没有校验；先运行 suanquan take-over check',
    en: 'it was not checked yet; run suanquan take-over check first',
  })
}
