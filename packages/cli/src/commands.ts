// The commands of `suanquan`, in the order of the help page. A command's module is loaded only when it is called, so
// that `suanquan determine` never loads a database and `--help` loads nothing. To add one: a file in commands/ that
// exports `<name>Command(): Command`, and a line here.
import type { Command } from 'commander'

export interface CommandEntry {
  readonly zh: string
  readonly en: string
  readonly load: () => Promise<Command>
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  programme: {
    zh: '查看、检查和测试政策文件',
    en: 'show, check and test programme files',
    load: async () => (await import('./commands/programme.ts')).programmeCommand(),
  },
  determine: {
    zh: '按政策文件测算一个案例',
    en: 'determine one case by a programme',
    load: async () => (await import('./commands/determine.ts')).determineCommand(),
  },
  migrate: {
    zh: '把数据库升级到当前版本',
    en: 'bring the database to this version',
    load: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  },
  ledger: {
    zh: '核验账本、查询余额和流水',
    en: 'prove the ledger, show balances and histories',
    load: async () => (await import('./commands/ledger.ts')).ledgerCommand(),
  },
  supervise: {
    zh: '对一个数据世界运行全部监管规则',
    en: 'run supervision over a world of tables',
    load: async () => (await import('./commands/supervise.ts')).superviseCommand(),
  },
  world: {
    zh: '生成带有违规情形和真值的监管测试世界',
    en: 'generate worlds with schemes and their truth',
    load: async () => (await import('./commands/world.ts')).worldCommand(),
  },
}
