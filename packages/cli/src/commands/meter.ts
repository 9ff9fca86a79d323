// Use from a centre's scheduler, by file. Without a provider the file is only read: what it holds and whether it can be
// taken; with one it is imported, merged and rated.
import { toProblem } from '@suanquan/api'
import { readCreditCode } from '@suanquan/core/party'
import { readSlurmJson, readSlurmPsv, type UsageRecord } from '@suanquan/core/metering'
import { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { said } from '../language.ts'
import { emit, Refused, WrongUse } from '../output.ts'
import { dataOption, withStore } from '../store.ts'

interface Options {
  readonly data: string
  readonly json?: boolean
  readonly provider?: string
}

export function meterCommand(): Command {
  const importing = new Command('import')
    .description(said({ zh: '导入用量', en: 'import use' }))
    .addCommand(slurmCommand())
  return new Command('meter')
    .description(said({ zh: '计量：从文件导入用量', en: 'metering: import use from files' }))
    .addCommand(importing)
    .addHelpText('after', `\n  ${EXAMPLE}`)
}

const EXAMPLE = 'suanquan meter import slurm sacct.json --provider 91990103MA0000000X --data ./data'

function slurmCommand(): Command {
  return new Command('slurm')
    .description(
      said({
        zh: 'Slurm 记账（sacct --json，或 epoch 时间的 -P 文本）。不写 --provider 时只检查文件',
        en: 'Slurm accounting (sacct --json, or -P text with epoch times). Without --provider the file is only checked',
      }),
    )
    .argument('<file>', said({ zh: '文件', en: 'file' }))
    .addOption(dataOption())
    .option('--provider <credit code>', said({ zh: '供给方信用代码', en: 'credit code of the provider' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  suanquan meter import slurm sacct.json\n  ${EXAMPLE}`)
    .action((file: string, options: Options) =>
      options.provider === undefined ? check(file, options) : importFile(file, options.provider, options),
    )
}

function check(path: string, { json }: Options): void {
  const bytes = bytesOf(path)
  const text = Buffer.from(bytes.subarray(0, 100)).toString('latin1')
  const read = text.startsWith('Cluster|') ? readSlurmPsv(bytes) : readSlurmJson(bytes)
  if (!read.ok) throw new Refused(read.refusal)
  const byAccount = sums(read.value.records)
  emit(
    { records: read.value.records.length, source: read.value.source, accounts: byAccount },
    { json, text: () => summary(read.value.records.length, byAccount) },
  )
}

interface AccountSum {
  readonly account: string
  readonly qos: string
  readonly records: number
  readonly billingSeconds: number
  readonly gpuSeconds: number
  readonly shardSeconds: number
}

function sums(records: readonly UsageRecord[]): AccountSum[] {
  const found = new Map<string, AccountSum>()
  for (const { account, qos, elapsedSeconds, billing, gpus, shards } of records) {
    const key = `${account}/${qos}`
    const sum = found.get(key) ?? {
      account,
      qos,
      records: 0,
      billingSeconds: 0,
      gpuSeconds: 0,
      shardSeconds: 0,
    }
    found.set(key, {
      ...sum,
      records: sum.records + 1,
      billingSeconds: sum.billingSeconds + elapsedSeconds * billing,
      gpuSeconds: sum.gpuSeconds + elapsedSeconds * gpus,
      shardSeconds: sum.shardSeconds + elapsedSeconds * shards,
    })
  }
  return [...found.values()].sort((a, b) => (a.account + a.qos < b.account + b.qos ? -1 : 1))
}

function summary(records: number, accounts: readonly AccountSum[]): string {
  const lines = accounts.map(
    (sum) =>
      `${sum.account} ${sum.qos}: ${sum.records} · billing·s ${sum.billingSeconds} · GPU·s ${sum.gpuSeconds} · shard·s ${sum.shardSeconds}`,
  )
  const result = said({
    zh: `文件完整，共 ${records} 条记录；加 --provider 即可导入`,
    en: `the file is whole: ${records} records; add --provider to import it`,
  })
  return [...lines, result].join('\n')
}

async function importFile(path: string, provider: string, options: Options): Promise<void> {
  const code = readCreditCode(provider)
  if (!code.ok) throw new Refused(code.refusal)
  const bytes = bytesOf(path)
  const { connect, importUsageByOperator, migrate } = await import('@suanquan/server')
  const imported = await withStore(options, async ({ address }) => {
    await migrate(address)
    const database = connect({ ...address, role: 'app', connections: 1 })
    try {
      const file = { providerCreditCode: code.value.code, fileName: basename(path), bytes, at: Date.now() }
      return await importUsageByOperator(database, file)
    } finally {
      await database.close()
    }
  })
  if (!imported.ok) throw new Refused(imported.refusal)
  const { records, added, superseded, unchanged, conflicts, unmatched, ratedFen, problems } = imported.value
  const lines = problems.map(
    (problem) => `${problem.code} ×${problem.count}: ${said(toProblem(problem).message)}`,
  )
  const result = said({
    zh: `共 ${records} 条：新增 ${added}，更新 ${superseded}，不变 ${unchanged}，矛盾 ${conflicts}，无合同 ${unmatched}；计费 ${ratedFen} 分`,
    en: `${records} records: ${added} new, ${superseded} updated, ${unchanged} unchanged, ${conflicts} in conflict, ${unmatched} without a contract; rated ${ratedFen} fen`,
  })
  emit(imported.value, { json: options.json, text: () => [...lines, result].join('\n') })
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw new WrongUse({ zh: `读不到文件 ${path}`, en: `cannot read the file ${path}` })
  }
}
