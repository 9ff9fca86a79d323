// A backup from the command line: made beside a running server, checked without one, restored into an empty database that
// then proves itself.
import {
  agreementOf,
  checkBackup,
  connect,
  makeBackup,
  migrate,
  replayDecisions,
  restoreBackup,
  verifyLedger,
  type Backup,
  type Checked,
  type Restored,
} from '@suanquan/server'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { said } from '../language.ts'
import { checkFailed, emit, progress, WrongUse } from '../output.ts'
import { dataOption, withStore, type Store } from '../store.ts'

interface Options {
  readonly data: string
  readonly to: string
  readonly json?: boolean
  readonly passphraseFile?: string
  readonly digest?: string
}

export function backupCommand(): Command {
  return new Command('backup')
    .description(
      said({
        zh: '把整个平台（数据库和附件）备份成一个文件，可与运行中的服务同时进行。不覆盖已有文件；中断不留半份。',
        en: 'Writes the whole platform, database and uploads, into one file, beside a running server too. Nothing is written over; what breaks off leaves nothing.',
      }),
    )
    .addOption(dataOption())
    .option(
      '--to <file>',
      said({ zh: '文件，或存放备份的目录', en: 'a file, or the folder of backups' }),
      '.',
    )
    .addOption(passphraseOption())
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addCommand(verifyCommand())
    .addHelpText(
      'after',
      '\n  suanquan backup --data ./data --to /backups\n  suanquan backup verify /backups/suanquan-20261122T020000Z.tar',
    )
    .action(async (options: Options) => {
      const at = Date.now()
      const shown = progress({ zh: '备份（字节）', en: 'backing up (bytes)' })
      const backup = await withStore({ data: options.data, existing: true }, ({ address }) =>
        makeBackup({
          address,
          dataFolder: options.data,
          file: fileFor(options.to, at),
          passphrase: passphraseOf(options),
          at,
          version: version(),
          progress: shown.update,
        }),
      )
      shown.end()
      emit(backup, { json: options.json, text: madeText })
    })
}

function verifyCommand(): Command {
  return new Command('verify')
    .description(
      said({
        zh: '不用数据库，检查一份备份是否完整、未改动、次序正确、本版本可读',
        en: 'checks without a database that a backup is whole, unchanged, in order and readable by this version',
      }),
    )
    .argument('<file>', said({ zh: '备份文件', en: 'the backup' }))
    .addOption(passphraseOption())
    .addOption(digestOption())
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', '\n  suanquan backup verify /backups/suanquan-20261122T020000Z.tar')
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>()
      const shown = progress({ zh: '检查', en: 'checking' }, sizeOf(file))
      const { digest } = options
      const checked = await checkBackup({
        file,
        passphrase: passphraseOf(options),
        ...(digest === undefined ? {} : { digest }),
        progress: shown.update,
      })
      shown.end()
      emit(checked, { json: options.json, text: checkedText })
    })
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      said({
        zh: '把备份恢复到空数据库：先检查文件，一次性载入并逐表比对，再核验账本、重放全部决定。中断后可以重做。',
        en: 'Restores a backup into an empty database: checks the file, loads it whole or not at all, compares table by table, then proves the ledger and replays every decision. After an interruption it may be given again.',
      }),
    )
    .argument('<file>', said({ zh: '备份文件', en: 'the backup' }))
    .addOption(dataOption())
    .addOption(passphraseOption())
    .addOption(digestOption())
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', '\n  suanquan restore /backups/suanquan-20261122T020000Z.tar --data ./restored')
    .action(async (file: string, options: Options) => {
      const total = sizeOf(file)
      const steps = {
        check: progress({ zh: '检查', en: 'checking' }, total),
        load: progress({ zh: '载入', en: 'loading' }, total),
      }
      const { digest } = options
      const result = await withStore(options, async ({ address }) => {
        const restored = await restoreBackup({
          file,
          address,
          dataFolder: options.data,
          passphrase: passphraseOf(options),
          ...(digest === undefined ? {} : { digest }),
          progress: (step, bytes) => steps[step].update(bytes),
        })
        for (const step of Object.values(steps)) step.end()
        return { ...restored, migrated: await migrate(address), proof: await prove(address) }
      })
      emit(result, { json: options.json, text: restoredText })
      if (result.proof.wrong.length > 0) checkFailed()
    })
}

interface Proof {
  readonly postings: number
  readonly decisions: number
  /** empty: proved */
  readonly wrong: readonly string[]
}

async function prove(address: Store['address']): Promise<Proof> {
  const database = connect({ ...address, role: 'app', connections: 2 })
  const shown = progress({ zh: '核验账本', en: 'proving the ledger' })
  try {
    const funds = await verifyLedger(database, undefined, shown.update)
    const { decisions, differences } = await replayDecisions(database)
    const sums = await agreementOf(database.kysely)
    return {
      postings: funds.reduce((sum, { postings }) => sum + Number(postings), 0),
      decisions,
      wrong: [
        ...funds.flatMap(({ fund, findings }) =>
          findings.map(({ check, detail }) => `ledger ${fund.ledger} ${check}: ${detail}`),
        ),
        ...differences.map(({ kind, objectId }) => `replay ${kind} ${objectId}`),
        ...sums
          .filter(({ documentsFen, ledgerFen }) => documentsFen !== ledgerFen)
          .map(({ id, documentsFen, ledgerFen }) => `${id}: ${documentsFen} ≠ ${ledgerFen}`),
      ],
    }
  } finally {
    shown.end()
    await database.close()
  }
}

function passphraseOption(): Option {
  const meaning = said({
    zh: '口令文件：加密备份（含密钥）。没有口令的备份不含密钥',
    en: 'file with the passphrase: encrypts, keys included; a backup without one carries no keys',
  })
  return new Option('--passphrase-file <file>', meaning)
}

function digestOption(): Option {
  const meaning = said({
    zh: '备份时打印并另行保管的摘要',
    en: 'the digest that was printed when it was made and kept apart',
  })
  return new Option('--digest <hex>', meaning)
}

function passphraseOf({ passphraseFile }: Options): string | null {
  if (passphraseFile === undefined) return null
  if (!existsSync(passphraseFile)) {
    throw new WrongUse({
      zh: `口令文件“${passphraseFile}”不存在`,
      en: `there is no passphrase file "${passphraseFile}"`,
    })
  }
  return readFileSync(passphraseFile, 'utf8').replace(/\r?\n$/, '')
}

/** In a folder a backup is named after its moment. */
function fileFor(to: string, at: number): string {
  if (!existsSync(to) || !statSync(to).isDirectory()) return to
  const moment = new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')
  return join(to, `suanquan-${moment}.tar`)
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

function contentText({ manifest, digest }: Pick<Checked, 'manifest' | 'digest'>): string[] {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  const { head, tables, files, funds, leftOut } = manifest
  return [
    said({
      zh: `快照时间 ${head.madeAt}，版本 ${head.madeBy}，${head.database}，${head.encryption === null ? '未加密' : '已加密'}`,
      en: `snapshot of ${head.madeAt}, version ${head.madeBy}, ${head.database}, ${head.encryption === null ? 'not encrypted' : 'encrypted'}`,
    }),
    said({
      zh: `${tables.length} 张表 ${rows} 行，${files.count} 个附件 ${files.bytes} 字节`,
      en: `${tables.length} tables with ${rows} rows, ${files.count} uploads of ${files.bytes} bytes`,
    }),
    ...funds.map(({ ledger, nextSequence, chain }) =>
      said({
        zh: `资金 ${ledger}：下一序号 ${nextSequence}，链 ${chain}`,
        en: `fund ${ledger}: next sequence ${nextSequence}, chain ${chain}`,
      }),
    ),
    ...leftOut.map(({ what, why }) =>
      said({ zh: `未包含 ${what}：${why.zh}`, en: `left out ${what}: ${why.en}` }),
    ),
    said({ zh: `摘要 ${digest}（请另行保管）`, en: `digest ${digest} (keep it apart)` }),
  ]
}

function madeText(backup: Backup): string {
  const result = said({
    zh: `已备份到 ${backup.file}，${backup.bytes} 字节`,
    en: `backed up to ${backup.file}, ${backup.bytes} bytes`,
  })
  return [...contentText(backup), result].join('\n')
}

function checkedText(checked: Checked): string {
  const result = checked.opened
    ? said({ zh: '备份完整，各部分与哈希一致', en: 'the backup is whole, every part has its hash' })
    : said({
        zh: '备份完整，哈希一致；已加密，未给口令，内容没有打开',
        en: 'the backup is whole by its hashes; it is encrypted and was not opened without its passphrase',
      })
  return [...contentText(checked), result].join('\n')
}

function restoredText(restored: Restored & { readonly proof: Proof }): string {
  const { proof, uncertainMessages } = restored
  const messages = said({
    zh: `${uncertainMessages} 条待发消息改为“不确定”：备份之后是否已发出不得而知，由管理员决定`,
    en: `${uncertainMessages} messages that waited are uncertain: they may have left since, an administrator decides`,
  })
  const result =
    proof.wrong.length === 0
      ? said({
          zh: `已恢复；账本 ${proof.postings} 笔分录核验无误，${proof.decisions} 项决定重放一致`,
          en: `restored; ${proof.postings} postings proved, ${proof.decisions} decisions replay the same`,
        })
      : said({
          zh: `已恢复，但核验发现 ${proof.wrong.length} 处问题`,
          en: `restored, but the proofs found ${proof.wrong.length} things wrong`,
        })
  const doubts = uncertainMessages > 0 ? [messages] : []
  return [...contentText(restored), ...doubts, ...proof.wrong.slice(0, 20), result].join('\n')
}
