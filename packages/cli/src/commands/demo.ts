// The demo city: in a browser (`npm start`), or with --once a whole programme year without one, told in numbers and
// proved. It works in a data folder of its own and never in a database that DATABASE_URL names.
import { dayNumber } from '@suanquan/core/calendar'
import { startPostgres } from '@suanquan/server'
import { Command, InvalidArgumentError } from 'commander'
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isEmptyFolder, notADemo } from '../demo/folder.ts'
import { liveAndProve } from '../demo/once.ts'
import { withQuickCommits } from '../demo/quick-commits.ts'
import { startDemo } from '../demo/start.ts'
import { storyText, tellStory } from '../demo/story.ts'
import { FIRST_DAY, LAST_DAY } from '../demo/year.ts'
import { said } from '../language.ts'
import { checkFailed, emit, progress, WrongUse } from '../output.ts'

interface Options {
  readonly once?: boolean
  readonly seed: number
  readonly firms?: number
  readonly data?: string
  readonly json?: boolean
}

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      said({
        zh: '示例市：在浏览器里看一年的算力券；加 --once 则不开浏览器跑完一整年，打印经过并证明账本。',
        en: 'The demo city: a year of vouchers in a browser; with --once a whole year without one, told and proved.',
      }),
    )
    .option('--once', said({ zh: '跑完一年、证明账本后结束', en: 'live the year, prove the books, end' }))
    .option('--seed <number>', said({ zh: '随机种子', en: 'seed' }), wholeNumber, 7)
    .option(
      '--firms <number>',
      said({ zh: '申报单位数，12 至 600', en: 'organisations, 12 to 600' }),
      firmCount,
    )
    .option(
      '--data <folder>',
      said({
        zh: '数据目录；默认 ./data，--once 时默认用临时目录',
        en: 'data folder; ./data, or with --once a temporary one',
      }),
    )
    .option('--json', said({ zh: '--once 的结果输出 JSON', en: 'with --once: print JSON' }))
    .addHelpText('after', '\n  suanquan demo\n  suanquan demo --once --seed 7')
    .action((options: Options) => (options.once === true ? once(options) : start(options)))
}

async function once(options: Options): Promise<void> {
  const { folder, temporary } = folderFor(options.data)
  const started = Date.now()
  const postgres = await startPostgres({ folder: join(folder, 'postgres') })
  const bar = progress(
    { zh: '示例市的一年', en: 'the year of the demo city' },
    dayNumber(LAST_DAY) - dayNumber(FIRST_DAY),
  )
  try {
    const { socketFolder: host, port, user } = postgres
    const address = { host, port, user, database: 'postgres' }
    const { demo, books } = await withQuickCommits(address, () =>
      liveAndProve({
        seed: options.seed,
        ...(options.firms === undefined ? {} : { city: { firms: options.firms } }),
        address,
        dataFolder: folder,
        onDay: (day) => bar.update(dayNumber(day) - dayNumber(FIRST_DAY)),
      }),
    )
    bar.end()
    const story = tellStory(demo, books)
    const seconds = Math.round((Date.now() - started) / 100) / 10
    const rssMb = Math.round(process.resourceUsage().maxRSS / 1024)
    const spent = said({
      zh: `用时 ${seconds} 秒，最大内存 ${rssMb} MB`,
      en: `${seconds} s, at most ${rssMb} MB`,
    })
    emit({ ...story, seconds, rssMb }, { json: options.json, text: () => `${spent}\n\n${storyText(story)}` })
    if (!story.ok) checkFailed()
  } finally {
    await postgres.stop()
    if (temporary) rmSync(folder, { recursive: true, force: true })
  }
}

function folderFor(data: string | undefined): { readonly folder: string; readonly temporary: boolean } {
  if (data === undefined) return { folder: mkdtempSync(join(tmpdir(), 'suanquan-demo-')), temporary: true }
  const folder = resolve(data)
  if (!isEmptyFolder(folder)) throw notADemo(folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return { folder, temporary: false }
}

async function start({ seed, firms, data = './data', json }: Options): Promise<void> {
  if (json === true) throw new WrongUse({ zh: '--json 只用于 --once', en: '--json goes with --once' })
  let tenth = 0
  const end = await startDemo({
    folder: resolve(data),
    seed,
    port: portWanted(),
    ...(firms === undefined ? {} : { firms }),
    onOpen: (url, loaded) => {
      say({ zh: `门户：${url}`, en: `the portal: ${url}` })
      if (!loaded)
        say({
          zh: '首次启动：示例市的 2024 年正在经过……',
          en: 'first start: the year 2024 of the demo city passes …',
        })
    },
    onDay: (day, last) => {
      const now = Math.floor(
        ((dayNumber(day) - dayNumber(FIRST_DAY)) * 10) / (dayNumber(last) - dayNumber(FIRST_DAY)),
      )
      if (now > tenth) say({ zh: `  ${day}（${now * 10} %）`, en: `  ${day} (${now * 10} %)` })
      tenth = Math.max(tenth, now)
    },
    onReady: (url, accounts) => {
      const width = Math.max(...accounts.map(({ login }) => login.length))
      for (const { login, name, duty, password } of accounts)
        process.stdout.write(`  ${login.padEnd(width)}  ${password}  ${said(duty)} ${name}\n`)
      say({ zh: `可以登录了：${url}（Ctrl-C 结束）`, en: `ready: sign in at ${url} (Ctrl-C ends it)` })
    },
  })
  await toldToEnd()
  await end()
}

function toldToEnd(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })
}

function say(sentence: Parameters<typeof said>[0]): void {
  process.stdout.write(`${said(sentence)}\n`)
}

function portWanted(): number {
  const port = Number(process.env['PORT'] || '3000')
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new WrongUse({ zh: 'PORT 应为 0 至 65535', en: 'PORT is 0 to 65535' })
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new InvalidArgumentError(said({ zh: '应为非负整数', en: 'it is a whole number, not negative' }))
}

function firmCount(text: string): number {
  const number = wholeNumber(text)
  if (number >= 12 && number <= 600) return number
  throw new InvalidArgumentError(said({ zh: '应为 12 至 600', en: 'it is 12 to 600' }))
}
