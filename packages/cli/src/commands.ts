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
  serve: {
    zh: '运行平台（门户和接口）',
    en: 'serve portal and API',
    load: async () => (await import('./commands/serve.ts')).serveCommand(),
  },
  demo: {
    zh: '示例市：在浏览器里看一年，或用 --once 跑完一年并证明账本',
    en: 'the demo city, in a browser or --once',
    load: async () => (await import('./commands/demo.ts')).demoCommand(),
  },
  migrate: {
    zh: '把数据库升级到当前版本',
    en: 'bring the database to this version',
    load: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  },
  backup: {
    zh: '备份整个平台，或检查一份备份',
    en: 'back the whole platform up, or check a backup',
    load: async () => (await import('./commands/backup.ts')).backupCommand(),
  },
  restore: {
    zh: '把备份恢复到空数据库并核验',
    en: 'restore a backup into an empty database and prove it',
    load: async () => (await import('./commands/backup.ts')).restoreCommand(),
  },
  ledger: {
    zh: '核验账本、查询余额和流水',
    en: 'prove the ledger, show balances and histories',
    load: async () => (await import('./commands/ledger.ts')).ledgerCommand(),
  },
  feasibility: {
    zh: '评审算力中心的可行性',
    en: 'review the feasibility of a compute centre',
    load: async () => (await import('./commands/feasibility.ts')).feasibilityCommand(),
  },
  user: {
    zh: '在本机添加人员',
    en: 'add people on this machine',
    load: async () => (await import('./commands/user.ts')).userCommand(),
  },
  api: {
    zh: '调用运行中平台的接口',
    en: 'call the routes of a running platform',
    load: async () => (await import('./commands/api.ts')).apiCommand(),
  },
  audit: {
    zh: '审计：重放决定、导出账本供独立核验',
    en: 'audit: replay decisions, export the journal',
    load: async () => (await import('./commands/audit.ts')).auditCommand(),
  },
  archive: {
    zh: '档案：核对归档材料的摘要',
    en: 'archive: check the digests of what is archived',
    load: async () => (await import('./commands/archive.ts')).archiveCommand(),
  },
  key: {
    zh: '查看、更换签名密钥',
    en: 'show or replace the signing key',
    load: async () => (await import('./commands/key.ts')).keyCommand(),
  },
  proof: {
    zh: '核对树头和券的证明，不必相信服务器',
    en: 'check tree heads and a voucher without trusting the server',
    load: async () => (await import('./commands/proof.ts')).proofCommand(),
  },
  round: {
    zh: '复算分配批次：名单、开奖、结果',
    en: 'replay a round: list, draw, result',
    load: async () => (await import('./commands/round.ts')).roundCommand(),
  },
  'take-over': {
    zh: '接管运行中的措施',
    en: 'take over a running programme',
    load: async () => (await import('./commands/take-over.ts')).takeOverCommand(),
  },
  meter: {
    zh: '导入用量',
    en: 'import use',
    load: async () => (await import('./commands/meter.ts')).meterCommand(),
  },
  settle: {
    zh: '核对一个月的计费、账单、券款和自付',
    en: 'check a month to the fen: rated, charged, paid',
    load: async () => (await import('./commands/settle.ts')).settleCommand(),
  },
  export: {
    zh: '导出：FOCUS 1.2 费用与用量',
    en: 'export cost and usage as FOCUS 1.2',
    load: async () => (await import('./commands/export.ts')).exportCommand(),
  },
  agent: {
    zh: '算力中心的计量代理',
    en: 'the metering agent at a centre',
    load: async () => (await import('./commands/agent.ts')).agentCommand(),
  },
  evaluate: {
    zh: '估计政策效果：抽签、双重差分、断点、拐点',
    en: 'estimate an effect: lottery, differences, cut-off, kink',
    load: async () => (await import('./commands/evaluate.ts')).evaluateCommand(),
  },
  scorecard: {
    zh: '一项政策一年的两本账',
    en: 'the two accounts of a programme’s year',
    load: async () => (await import('./commands/scorecard.ts')).scorecardCommand(),
  },
  simulate: {
    zh: '模拟政策：谁得益、花多少、能否负担',
    en: 'simulate programmes: who gains, what it costs',
    load: async () => (await import('./commands/simulate.ts')).simulateCommand(),
  },
  place: {
    zh: '测量任务放置策略',
    en: 'measure how a strategy places tasks',
    load: async () => (await import('./commands/place.ts')).placeCommand(),
  },
  capacity: {
    zh: '核对公布的算力',
    en: 'find what a published figure of compute means',
    load: async () => (await import('./commands/capacity.ts')).capacityCommand(),
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
