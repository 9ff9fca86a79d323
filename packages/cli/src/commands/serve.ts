// Serves portal and API from the data folder or DATABASE_URL until it is told to end. It starts empty: the first call
// prints the token with which the first administrator signs up; demo accounts cannot exist here.
import {
  channelSettings,
  logLevels,
  signingSettings,
  startServer,
  type LogLevel,
  type Site,
} from '@suanquan/server'
import { Command, InvalidArgumentError, Option } from 'commander'

import { said } from '../language.ts'
import { dataOption, withStore } from '../store.ts'

interface ServeOptions {
  readonly data: string
  readonly host: string
  readonly port: number
  readonly name: string
  readonly englishName: string
  readonly jurisdiction: string
  readonly contact: string
  readonly secureCookies?: boolean
  readonly log: LogLevel
  readonly documentFont?: string
  readonly documentBoldFont?: string
}

export function serveCommand(): Command {
  return new Command('serve')
    .description(
      said({
        zh: '运行平台（门户和接口），直到收到结束信号。首次运行为空库，并打印首位管理员的登记口令。',
        en: 'Serves portal and API until it is told to end. It starts empty and prints the first administrator’s token.',
      }),
    )
    .addOption(dataOption())
    .option('--host <address>', said({ zh: '监听地址', en: 'address to listen on' }), '127.0.0.1')
    .option(
      '--port <number>',
      said({ zh: '端口，被占用时取下一个；也可用 PORT', en: 'port, the next free one if taken; or PORT' }),
      port,
      port(process.env['PORT'] || '3000'),
    )
    .requiredOption(
      '--jurisdiction <code>',
      said({ zh: '行政区划代码，六位', en: 'division code, six digits' }),
      sixDigits,
    )
    .requiredOption('--name <text>', said({ zh: '平台名称（中文）', en: 'name of the site in Chinese' }))
    .option(
      '--english-name <text>',
      said({ zh: '平台名称（英文）', en: 'name of the site in English' }),
      'Compute vouchers',
    )
    .requiredOption(
      '--contact <text>',
      said({ zh: '咨询电话或邮箱，显示在门户上', en: 'telephone or mail shown in the portal' }),
    )
    .option(
      '--secure-cookies',
      said({ zh: '门户经 HTTPS 访问时使用', en: 'when the portal is reached by HTTPS' }),
    )
    .addOption(
      new Option('--log <level>', said({ zh: '日志级别（写到标准错误）', en: 'level of the log, on stderr' }))
        .choices(logLevels)
        .default('info'),
    )
    .option(
      '--document-font <file>',
      said({
        zh: '生成文书用的中文字体（TTF 或 OTF）；不指明时用 npm 包 @expo-google-fonts/noto-sans-sc',
        en: 'Chinese letters for documents (TTF or OTF); the npm package @expo-google-fonts/noto-sans-sc when left out',
      }),
    )
    .option('--document-bold-font <file>', said({ zh: '同一字体的粗体', en: 'the same in bold' }))
    .addHelpText(
      'after',
      `\n  suanquan serve --jurisdiction 110000 --name 算力券平台 --contact 010-12345 --data ./data`,
    )
    .action((options: ServeOptions) =>
      withStore({ ...options, keep: true }, ({ address }) => serve(options, address)),
    )
}

async function serve(
  options: ServeOptions,
  address: Parameters<typeof startServer>[0]['address'],
): Promise<void> {
  const { data: dataFolder, host, port: wanted, jurisdiction, contact, secureCookies = false } = options
  const { documentFont: regular, documentBoldFont: bold } = options
  const site: Site = { name: { zh: options.name, en: options.englishName }, jurisdiction, contact }
  const server = await startServer({
    address,
    dataFolder,
    site,
    host,
    port: wanted,
    secureCookies,
    logLevel: options.log,
    channels: channelSettings(process.env),
    signing: signingSettings(process.env),
    ...(regular === undefined ? {} : { documentFonts: { regular, ...(bold === undefined ? {} : { bold }) } }),
  })
  try {
    const token = await server.setupToken()
    if (token !== null) {
      say({
        zh: `首位管理员请在 ${server.url}/set-up 用此口令登记：${token}`,
        en: `the first administrator signs up at ${server.url}/set-up with this token: ${token}`,
      })
    }
    say({ zh: `正在服务：${server.url}（Ctrl-C 结束）`, en: `serving at ${server.url} (Ctrl-C ends it)` })
    await toldToEnd()
  } finally {
    await server.stop()
  }
  say({ zh: '已结束', en: 'ended' })
}

function toldToEnd(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })
}

function say(sentence: Parameters<typeof said>[0]): void {
  process.stdout.write(`${said(sentence)}\n`)
}

function port(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number
  throw new InvalidArgumentError(said({ zh: '端口应为 0 至 65535', en: 'a port is 0 to 65535' }))
}

function sixDigits(text: string): string {
  if (/^\d{6}$/.test(text)) return text
  throw new InvalidArgumentError(
    said({ zh: '行政区划代码应为六位数字', en: 'a division code has six digits' }),
  )
}
