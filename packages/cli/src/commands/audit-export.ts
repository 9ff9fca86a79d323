// The journal for an auditor's own machine: `audit export` writes it with a verifier that needs nothing of ours, `audit
// check` proves such a folder by our own rules. Neither believes the other.
import { connect, exportByOperator, fundsOf, type Exported } from '@suanquan/server'
import { Command } from 'commander'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readMarker } from '../demo/folder.ts'
import { said } from '../language.ts'
import { checkFailed, emit, WrongUse } from '../output.ts'
import { dataOption, withStore } from '../store.ts'
import { checkBundle } from './audit-check.ts'

interface ExportOptions {
  readonly data: string
  readonly out: string
  readonly personal?: string
  readonly json?: boolean
}

interface CheckOptions {
  readonly key?: string
  readonly seal?: string[]
  readonly json?: boolean
}

const VERIFIER = new URL('../../bin/verify-audit.mjs', import.meta.url)

export function exportCommand(): Command {
  return new Command('export')
    .description(
      said({
        zh: '把全部分录、账户、封印和公钥导出成一个目录，附一个独立的核验程序；审计人员在自己的机器上核对。默认不含持有人和合同号',
        en: 'writes all postings, accounts, seals and public keys into a folder with an independent verifier, to be checked on the auditor’s own machine. Holders and contract numbers are left out by default',
      }),
    )
    .addOption(dataOption())
    .requiredOption('--out <folder>', said({ zh: '目录（新建或为空）', en: 'a new or empty folder' }))
    .option(
      '--personal <reason>',
      said({
        zh: '连同持有人和合同号一起导出；理由记入操作记录和清单',
        en: 'with holders and contract numbers; the reason is kept in the trail and the manifest',
      }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText(
      'after',
      '\n  suanquan audit export --data ./data --out ./audit-2024\n  node ./audit-2024/verify.mjs ./audit-2024',
    )
    .action(async ({ data, out, personal, json }: ExportOptions) => {
      if (existsSync(out) && readdirSync(out).length > 0)
        throw new WrongUse({ zh: `${out} 不是空目录`, en: `${out} is not an empty folder` })
      if (personal !== undefined && personal.trim().length < 4)
        throw new WrongUse({ zh: '--personal 需要写明理由', en: '--personal needs a reason' })
      const exported = await withStore({ data, existing: true }, async ({ address }) => {
        const database = connect({ ...address, role: 'app', connections: 2 })
        try {
          const [fund] = await fundsOf(database.kysely)
          return await exportByOperator(database, {
            jurisdiction: fund?.jurisdiction ?? '000000',
            folder: out,
            at: readMarker(data)?.at ?? Date.now(),
            personalReason: personal?.trim() ?? null,
            verifier: readFileSync(VERIFIER, 'utf8'),
          })
        } finally {
          await database.close()
        }
      })
      emit(exported, { json, text: () => sentence(exported, out) })
    })
}

export function checkCommand(): Command {
  return new Command('check')
    .description(
      said({
        zh: '用本平台自己的规则核对一份审计导出（不需要数据库）',
        en: 'proves an audit export by our own rules, without a database',
      }),
    )
    .argument('<folder>', said({ zh: '导出的目录', en: 'the folder of the export' }))
    .option('--key <id>', said({ zh: '从别处得知的公钥编号', en: 'the id of a key as known from elsewhere' }))
    .option(
      '--seal <ledger:number:root...>',
      said({ zh: '从别处得知的树头', en: 'tree heads as known from elsewhere' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', '\n  suanquan audit check ./audit-2024')
    .action(async (folder: string, { json, key, seal }: CheckOptions) => {
      const found = await checkBundle(folder, { key, seals: seal ?? [] })
      const last =
        found.length === 0
          ? said({ zh: '核对无误', en: 'proved, nothing found' })
          : said({ zh: `核对未通过：${found.length} 处不符`, en: `not proved: ${found.length} findings` })
      emit({ findings: found }, { json, text: () => [...found.slice(0, 50), last].join('\n') })
      if (found.length > 0) checkFailed()
    })
}

function sentence({ funds, files }: Exported, out: string): string {
  const postings = funds.reduce((sum, fund) => sum + fund.postings, 0)
  return said({
    zh: `已导出 ${funds.length} 个账本、${postings} 笔分录（${Object.keys(files).length} 个文件）：node ${out}/verify.mjs ${out}`,
    en: `exported ${funds.length} funds, ${postings} postings, ${Object.keys(files).length} files: node ${out}/verify.mjs ${out}`,
  })
}
