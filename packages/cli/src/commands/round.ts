// `suanquan round replay FILE`: what the published list and the draw come to, held against what was published. Offline: the
// file is what the round's page gives; no server is asked and none is believed.
import { publishedRound, routes } from '@suanquan/api'
import { refuse, type Decision, type Hash } from '@suanquan/core'
import { formatFen } from '@suanquan/core/money'
import { listText, replayRound, type PublishedRound, type RoundReplay } from '@suanquan/core/voucher'
import { Command } from 'commander'
import { hash } from 'node:crypto'
import { said } from '../language.ts'
import { checkFailed, emit, Refused } from '../output.ts'
import { readText } from '../read-file.ts'

interface Options {
  readonly shown?: string
  readonly list?: boolean
  readonly json?: boolean
}

const EXAMPLE = 'suanquan round replay FP-2024-00001.json'
const sm3: Hash = (bytes) => hash('sm3', bytes, 'buffer')

export function roundCommand(): Command {
  const replay = new Command('replay')
    .description(
      said({
        zh: '由公布的名单和开奖结果重新算出分配结果，逐个编号与公布的核对',
        en: 'works the awards out again from the published list and draw, and compares number by number',
      }),
    )
    .argument('<file>', said({ zh: '批次的公开数据（JSON）', en: 'the public data of the round (JSON)' }))
    .option(
      '--shown <result>',
      said({ zh: '自己查到的开奖结果，代替文件里的', en: 'what the draw showed by your own source' }),
    )
    .option(
      '--list',
      said({ zh: '只输出名单原文，可用别的 SM3 工具核对', en: 'print the list as it is hashed' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  ${EXAMPLE}`)
    .action((file: string, options: Options) => {
      const published = granted(readRound(readText(file)))
      if (options.list === true) {
        process.stdout.write(listText(published))
        return
      }
      const round = options.shown === undefined ? published : { ...published, shown: options.shown }
      const made = granted(replayRound(round, sm3))
      const { seed } = made.result
      emit(
        { number: round.number, same: made.same, listHash: round.listHash, seed, lines: made.lines },
        { json: options.json, text: () => textOf(round, made) },
      )
      if (!made.same) checkFailed()
    })
  return new Command('round')
    .description(said({ zh: '资金不足时的分配批次', en: 'Rounds in which short money is divided.' }))
    .addHelpText('after', `\n  ${EXAMPLE}`)
    .addCommand(replay)
}

function readRound(text: string): Decision<PublishedRound, 'round.file_unfit'> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('round.file_unfit', { what: 'JSON' })
  }
  const read = routes.readRound.answer.safeParse(value)
  if (read.success) return { ok: true, value: publishedRound(read.data) }
  const [issue] = read.error.issues
  return refuse('round.file_unfit', { what: issue?.path.join('.') || 'JSON' })
}

function granted<Value>(decision: Decision<Value, string>): Value {
  if (!decision.ok) throw new Refused(decision.refusal)
  return decision.value
}

function textOf(round: PublishedRound, { lines, seedSame, same, result }: RoundReplay): string {
  const rows = lines.map(({ turn, number, awardFen, same: each }) =>
    [
      String(turn).padStart(5),
      number,
      formatFen(awardFen).padStart(16),
      each ? '' : said({ zh: '与公布的不同', en: 'differs from what was published' }),
    ]
      .join('  ')
      .trimEnd(),
  )
  const wrong = lines.filter((line) => !line.same).length
  return [
    `${said({ zh: '名单指纹', en: 'hash of the list' })}  ${round.listHash}`,
    ...(result.seed === null ? [] : [`${said({ zh: '种子', en: 'seed' })}  ${result.seed}`]),
    ...rows,
    same
      ? said({
          zh: `${round.number}：${lines.length} 个编号与公布的完全相同`,
          en: `${round.number}: all ${lines.length} numbers are as published`,
        })
      : said({
          zh: `${round.number}：${seedSame ? '' : '种子不同，'}${wrong} 个编号与公布的不同`,
          en: `${round.number}: ${seedSame ? '' : 'the seed and '}${wrong} numbers differ from what was published`,
        }),
  ].join('\n')
}
