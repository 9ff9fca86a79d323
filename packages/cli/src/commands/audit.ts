// The auditor's proofs from the command line.
import { connect, replayDecisions, type Replayed } from '@suanquan/server'
import { Command } from 'commander'
import { said } from '../language.ts'
import { checkFailed, emit, progress } from '../output.ts'
import { dataOption, withStore } from '../store.ts'
import { checkCommand, exportCommand } from './audit-export.ts'

interface Options {
  readonly data: string
  readonly json?: boolean
}

export function auditCommand(): Command {
  return new Command('audit')
    .description(
      said({
        zh: '审计：重放全部决定，导出账本供独立核验',
        en: 'audit: replay every decision, export the journal for independent proof',
      }),
    )
    .addCommand(replayCommand())
    .addCommand(exportCommand())
    .addCommand(checkCommand())
    .addHelpText(
      'after',
      '\n  suanquan audit replay --data ./data\n  suanquan audit export --data ./data --out ./audit-2024',
    )
}

function replayCommand(): Command {
  return new Command('replay')
    .description(
      said({
        zh: '用当时的政策文件、事实和余额把每一项决定重新计算一遍，逐字节比对',
        en: 'computes every decision again from its programme, facts and balances, and compares byte for byte',
      }),
    )
    .addOption(dataOption())
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', '\n  suanquan audit replay --data ./data --json')
    .action(async ({ data, json }: Options) => {
      const shown = progress({ zh: '重放', en: 'replaying' })
      const replayed = await withStore({ data }, async ({ address }) => {
        const database = connect({ ...address, role: 'app', connections: 2 })
        try {
          return await replayDecisions(database, shown.update)
        } finally {
          await database.close()
        }
      })
      shown.end()
      emit(replayed, { json, text: () => sentence(replayed) })
      if (replayed.differences.length > 0) checkFailed()
    })
}

const MOST_SHOWN = 20

function sentence({ decisions, differences, takenOver }: Replayed): string {
  const lines = differences
    .slice(0, MOST_SHOWN)
    .map(({ decisionId, kind, objectId }) => `${kind} ${decisionId} (${objectId})`)
  const elsewhere = takenOver.map(({ number, statementNumber, systemName, vouchers, claims }) =>
    said({
      zh: `接管 ${number}（${statementNumber}，${systemName}）：${vouchers} 张券、${claims} 笔兑付在原系统决定，本平台没有测算，不重放`,
      en: `take-over ${number} (${statementNumber}, ${systemName}): ${vouchers} vouchers and ${claims} claims were decided there; this platform has no determination of them to replay`,
    }),
  )
  const result = said({
    zh: `共重放 ${decisions} 项决定，${differences.length} 项不一致`,
    en: `${decisions} decisions replayed, ${differences.length} differ`,
  })
  return [...lines, ...elsewhere, result].join('\n')
}
