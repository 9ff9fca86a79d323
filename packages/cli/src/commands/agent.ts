// The agent at a centre: reads the scheduler's accounting and the devices' monitoring, keeps raw samples, signs what is news
// and sends it. One configuration file; it goes on where it stopped, after days offline too.
import { hex, type Refusal } from '@suanquan/core'
import { sentence } from '@suanquan/api'
import { loadKey } from '@suanquan/server'
import { Command } from 'commander'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig, type AgentConfig } from '../agent/config.ts'
import { runRound, type AgentKey, type RoundReport } from '../agent/round.ts'
import { language, said } from '../language.ts'
import { checkFailed, emit } from '../output.ts'

interface Options {
  readonly config: string
  readonly once?: boolean
  readonly json?: boolean
}

export function agentCommand(): Command {
  return new Command('agent')
    .description(
      said({
        zh: '算力中心的计量代理：读取、签名、上报用量',
        en: 'the agent at a centre: reads, signs and sends use',
      }),
    )
    .addCommand(keyCommand())
    .addCommand(runCommand())
    .addHelpText(
      'after',
      '\n  suanquan agent key --config agent.json\n  suanquan agent run --config agent.json',
    )
}

function keyCommand(): Command {
  return configured(
    new Command('key').description(
      said({
        zh: '显示代理的公钥，供登记；尚无密钥时生成一个。私钥从不显示',
        en: 'shows the agent’s public key, to be enrolled; makes a key where there is none. The private key is never shown',
      }),
    ),
  )
    .addHelpText('after', '\n  suanquan agent key --config agent.json --json')
    .action(({ config, json }: Options) => {
      const { cluster, ...rest } = readConfig(config)
      const { publicKey } = keyOf(rest)
      const shown = {
        cluster,
        id: publicKey.id,
        algorithm: publicKey.algorithm,
        publicKey: hex(publicKey.bytes),
      }
      emit(shown, {
        json,
        text: () => `${shown.cluster}\n${shown.algorithm} ${shown.publicKey}\n${shown.id}`,
      })
    })
}

function runCommand(): Command {
  return configured(
    new Command('run').description(
      said({
        zh: '按配置的间隔读取并上报，直到被停止；--once 只做一轮',
        en: 'reads and sends at the configured interval until it is stopped; --once does one round',
      }),
    ),
  )
    .option('--once', said({ zh: '只做一轮', en: 'one round only' }))
    .addHelpText('after', '\n  suanquan agent run --config agent.json --once')
    .action(async ({ config: path, once, json }: Options) => {
      const config = readConfig(path)
      const { publicKey, privateKey } = keyOf(config)
      const key: AgentKey = { id: publicKey.id, sign: privateKey.sign }
      const stop = new AbortController()
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
      for (;;) {
        const report = await runRound({ config, key, clock: Date.now })
        emit(report, { json, text: textOf })
        if (once === true && report.problems.length > 0) checkFailed()
        if (once === true || stop.signal.aborted) return
        await sleep(config.everyMinutes * 60_000, null, { signal: stop.signal }).catch(() => null)
        if (stop.signal.aborted) return
      }
    })
}

function configured(command: Command): Command {
  return command
    .requiredOption(
      '--config <file>',
      said({ zh: '代理的配置文件（JSON）', en: 'the agent’s configuration (JSON)' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
}

function keyOf({ folder, algorithm }: Pick<AgentConfig, 'folder' | 'algorithm'>): ReturnType<typeof loadKey> {
  return loadKey({ algorithm, file: join(folder, 'keys', 'agent.pem'), pem: null }, folder)
}

function textOf({ made, sent, waiting, answered, problems }: RoundReport): string {
  const lines = problems.map((problem: Refusal) => `${sentence(problem, language())} [${problem.code}]`)
  const result = said({
    zh: `读取 ${made} 批，上报 ${sent} 批，待发 ${waiting} 批`,
    en: `${made} batches read, ${sent} sent, ${waiting} waiting`,
  })
  if (answered > 0)
    lines.push(
      said({ zh: `答复原始样本请求 ${answered} 项`, en: `${answered} questions for raw samples answered` }),
    )
  return [...lines, result].join('\n')
}
