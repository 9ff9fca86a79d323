// Worlds with schemes for supervision: the tables as a folder of CSV, the truth in a folder of its own beside them, where
// `supervise` does not look.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import {
  difficulties,
  generateWorld,
  generatorHash,
  levels,
  writeTruth,
  type Difficulty,
  type Level,
} from '@suanquan/city'
import { fileOf, tableNames, writeTable } from '@suanquan/core/supervision'
import { Command, InvalidArgumentError, Option } from 'commander'

import { said } from '../language.ts'
import { emit, WrongUse } from '../output.ts'

interface Options {
  readonly level: Level
  readonly difficulty: Difficulty
  readonly seed: string
  readonly out: string
  readonly json?: boolean
}

export function worldCommand(): Command {
  return new Command('world')
    .description(
      said({ zh: '监管测试世界', en: 'Worlds with schemes, for tests and rehearsals of supervision.' }),
    )
    .addCommand(generateCommand())
    .addHelpText(
      'after',
      '\n  suanquan world generate --level tiny --difficulty medium --seed 1 --out ./world',
    )
}

function generateCommand(): Command {
  return new Command('generate')
    .description(
      said({
        zh: '按种子生成世界：各表为 CSV，真值写入 truth 子目录',
        en: 'Generates a world from a seed: its tables as CSV, the truth in the folder truth inside.',
      }),
    )
    .addOption(
      new Option('--level <level>', said({ zh: '规模', en: 'size' }))
        .choices(Object.keys(levels))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--difficulty <difficulty>', said({ zh: '隐蔽程度', en: 'how well schemes hide' }))
        .choices(Object.keys(difficulties))
        .default('medium'),
    )
    .addOption(new Option('--seed <n>', said({ zh: '种子', en: 'seed' })).argParser(wholeText).default('1'))
    .requiredOption('--out <dir>', said({ zh: '输出目录（须为空或不存在）', en: 'an empty or new folder' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText(
      'after',
      '\n  suanquan world generate --level small --difficulty hard --seed 7 --out ./world',
    )
    .action(run)
}

/** A whole number, kept as it was written: the seed of the generator is a text. */
function wholeText(text: string): string {
  if (/^\d{1,15}$/.test(text)) return text
  throw new InvalidArgumentError(said({ zh: '应为非负整数', en: 'it is a whole number, not negative' }))
}

function run({ level, difficulty, seed, out, json }: Options): void {
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new WrongUse({ zh: `目录 ${out} 不是空的`, en: `the folder ${out} is not empty` })
  const { world, schemes, hardNegatives } = generateWorld({ level, difficulty, seed })
  mkdirSync(join(out, 'truth'), { recursive: true })
  writeFileSync(join(out, 'truth', 'schemes.csv'), writeTruth(schemes))
  writeFileSync(join(out, 'truth', 'hard-negatives.csv'), `${['firm', ...hardNegatives].join('\n')}\n`)
  const digest = createHash('sha256')
  const rows: Record<string, number> = {}
  for (const table of tableNames) {
    const text = writeTable(table, world[table] ?? [])
    writeFileSync(join(out, fileOf(table)), text)
    digest.update(text)
    rows[table] = world[table]?.length ?? 0
  }
  const result = {
    out,
    level,
    difficulty,
    seed,
    generator: generatorHash,
    world: digest.digest('hex'),
    schemes: schemes.length,
    rows,
  }
  emit(result, {
    json,
    text: () =>
      [
        ...Object.entries(rows).map(([table, count]) => `${table.padEnd(14)} ${count}`),
        `${said({ zh: '生成器', en: 'generator' })} ${generatorHash}`,
        `${said({ zh: '世界', en: 'world' })} ${result.world}`,
        said({
          zh: `已写入 ${out}：${schemes.length} 个违规情形`,
          en: `wrote ${out} with ${schemes.length} schemes`,
        }),
      ].join('\n'),
  })
}
