// Any route of a running platform from the command line, with a real session: what has no page yet, or has to be done
// from a script. Who may do what is decided there, as for the portal; this command knows nothing of its own.
import {
  routes,
  urlOf,
  type CallInput,
  type DownloadedFile,
  type RouteName,
  type Routes,
} from '@suanquan/api'
import { Command } from 'commander'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { said } from '../language.ts'
import { emit, Refused, toJson, WrongUse } from '../output.ts'
import { signInAs, visit } from '../visit.ts'

interface Options {
  readonly url: string
  readonly login?: string
  readonly set: readonly string[]
  readonly body?: string
  readonly text: readonly string[]
  readonly file?: string
  readonly out?: string
}

export function apiCommand(): Command {
  return new Command('api')
    .description(
      said({
        zh: '调用运行中平台的任一接口；不带参数时列出全部接口。密码取自环境变量 SUANQUAN_PASSWORD',
        en: 'calls any route of a running platform, or lists them all; the password comes from SUANQUAN_PASSWORD',
      }),
    )
    .argument('[route]', said({ zh: '接口名', en: 'name of the route' }))
    .option(
      '--url <address>',
      said({ zh: '平台地址', en: 'address of the platform' }),
      'http://127.0.0.1:3000',
    )
    .option('--login <name>', said({ zh: '以谁的身份；公开接口不必', en: 'as whom; not for public routes' }))
    .option(
      '--set <name=value>',
      said({ zh: '路径或查询参数，可重复', en: 'a param of path or query, repeatable' }),
      gather,
      [],
    )
    .option('--body <file>', said({ zh: '请求内容（JSON 文件）', en: 'the body, a JSON file' }))
    .option(
      '--text <name=file>',
      said({
        zh: '请求内容中某一项取自文本文件，可重复',
        en: 'a field of the body from a text file, repeatable',
      }),
      gather,
      [],
    )
    .option('--file <file>', said({ zh: '要上传的文件', en: 'the file to upload' }))
    .option(
      '--out <file>',
      said({
        zh: '下载的文件存到哪里；不指明时写到标准输出',
        en: 'where a download goes; the standard output when left out',
      }),
    )
    .addHelpText('after', `\n  ${EXAMPLES.join('\n  ')}`)
    .action((route: string | undefined, options: Options) =>
      route === undefined ? list() : callRoute(route, options),
    )
}

const EXAMPLES = [
  'suanquan api',
  'suanquan api readVoucherStatement --login clerk --set id=… --set language=zh --out statement.pdf',
  'suanquan api importOrganisations --login admin --body organisations.json',
  'suanquan api checkImport --login admin --set kind=credit --set source=市信用中心 --set asOf=2024-05-01 --file credit.xlsx',
  'suanquan api confirmImport --login admin --set id=… --body rows.json',
  'suanquan api downloadImportErrors --login admin --set id=… > errors.xlsx',
  'suanquan api createAdoption --login author --text programmeText=programme.yaml --text adoptionText=adoption.yaml',
]

function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function list(): void {
  const names = Object.keys(routes) as RouteName[]
  const width = Math.max(...names.map((name) => name.length))
  const lines = names.map((name) => {
    const { method, path, summary } = routes[name]
    return `${name.padEnd(width)}  ${said(summary)}  ${method} ${path}`
  })
  const last = said({ zh: `共 ${names.length} 个接口`, en: `${names.length} routes` })
  emit(lines, { text: () => [...lines, last].join('\n') })
}

async function callRoute(name: string, options: Options): Promise<void> {
  if (!Object.hasOwn(routes, name)) {
    throw new WrongUse({
      zh: `没有名为“${name}”的接口：suanquan api 列出全部`,
      en: `there is no route "${name}": suanquan api lists them all`,
    })
  }
  const input = inputOf(name as RouteName, options)
  const client = visit(options.url)
  if (options.login !== undefined) await signInAs(client, options.login)
  const call = client[name as RouteName] as (input: unknown) => ReturnType<typeof client.readSite>
  const answer = await call(input)
  if (options.login !== undefined && name !== 'signOut') await client.signOut()
  if (!answer.ok) throw new Refused(answer.problem)
  if (routes[name as RouteName].transport === 'download') {
    keep(answer.value as unknown as DownloadedFile, options.out)
  } else {
    emit(answer.value, { text: toJson })
  }
}

/** A download goes into the file that is named, else to the standard output as it is. */
function keep({ bytes, mediaType }: DownloadedFile, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(bytes)
    return
  }
  writeFileSync(out, bytes)
  const kept = { file: out, bytes: bytes.length, mediaType }
  emit(kept, {
    text: () =>
      said({ zh: `已存为 ${out}（${bytes.length} 字节）`, en: `kept as ${out} (${bytes.length} bytes)` }),
  })
}

function inputOf(name: RouteName, options: Options): CallInput<Routes[RouteName]> {
  const given = Object.fromEntries(options.set.map((each) => pair(each, '--set')))
  const inPath = [...routes[name].path.matchAll(/:(\w+)/g)].map(([, param]) => param!)
  const missing = inPath.find((param) => given[param] === undefined)
  if (missing !== undefined) {
    const path = urlOf(name, {}, {})
    throw new WrongUse({
      zh: `${path} 需要 --set ${missing}=…`,
      en: `${path} needs --set ${missing}=…`,
    })
  }
  const of = (chosen: boolean): Record<string, string> =>
    Object.fromEntries(Object.entries(given).filter(([param]) => inPath.includes(param) === chosen))
  const texts = options.text.map((each) => {
    const [field, file] = pair(each, '--text')
    return [field, read(file).toString('utf8')] as const
  })
  const body = options.body === undefined ? {} : parsed(options.body)
  return {
    params: of(true),
    query: of(false),
    body: { ...body, ...Object.fromEntries(texts) },
    ...(options.file === undefined ? {} : { file: upload(options.file) }),
  } as CallInput<Routes[RouteName]>
}

function upload(path: string): { name: string; bytes: Uint8Array; mediaType: string } {
  return { name: basename(path), bytes: read(path), mediaType: 'application/octet-stream' }
}

function pair(text: string, option: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw new WrongUse({ zh: `${option} 应写作 名称=值`, en: `${option} is written name=value` })
}

function parsed(path: string): Record<string, unknown> {
  const text = read(path).toString('utf8')
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new WrongUse({ zh: `${path} 不是合法的 JSON：${why}`, en: `${path} is not JSON: ${why}` })
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    throw new WrongUse({ zh: `读不到文件 ${path}`, en: `cannot read the file ${path}` })
  }
}
