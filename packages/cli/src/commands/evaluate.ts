// `suanquan evaluate`: one sub-command per design. Reads a table, asks core, prints the result; every number comes with
// its interval, its design grade and the sentences that grade owes the reader.
import type { Decision } from '@suanquan/core'
import {
  analyseCutoff,
  analyseDensity,
  analyseDifference,
  analyseKink,
  analyseLottery,
  analysePanel,
  parseTable,
  type CutoffQuestion,
  type DifferenceQuestion,
  type KinkQuestion,
  type LotteryQuestion,
  type PanelQuestion,
  type Table,
} from '@suanquan/core/evaluation'
import { Command, InvalidArgumentError, Option } from 'commander'
import { said, type Sentence } from '../language.ts'
import { emit, Refused } from '../output.ts'
import { readText } from '../read-file.ts'
import { cutoffLines, densityLines, differenceLines, lotteryLines, panelLines } from './show-estimate.ts'

interface Common {
  readonly json?: boolean
  readonly outcomeUnit?: string
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description(
      said({
        zh: '从数据表估计政策效果：每个数值都带区间、设计等级和应有的说明。数据为 CSV，首行为列名，空格或 NA 为缺失。',
        en: 'Estimates the effect of a programme from a table: every number with its interval, its design grade and what that grade owes the reader. The table is CSV with a header row; empty and NA are missing.',
      }),
    )
    .addHelpText(
      'after',
      '\n  suanquan evaluate rd scores.csv --outcome spend --running score --cutoff 60' +
        '\n  suanquan evaluate staggered panel.csv --outcome spend --unit firm --time year --first start --json',
    )
  for (const design of [lottery(), differences(), staggered(), discontinuity(), density(), kink()])
    command.addCommand(design)
  return command
}

function design(name: string, description: Sentence, example: string): Command {
  return new Command(name)
    .description(said(description))
    .argument('<file>', said({ zh: 'CSV 数据表', en: 'CSV table' }))
    .option(
      '--outcome-unit <text>',
      said({ zh: '结果的单位，写在数值后', en: 'unit of the outcome, printed behind it' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  suanquan evaluate ${name} ${example}`)
}

const OUTCOME = ['--outcome <column>', { zh: '结果列', en: 'outcome' }] as const
const RUNNING = [
  '--running <column>',
  { zh: '评分（或金额）列', en: 'score or amount that decides' },
] as const
const CUTOFF = {
  zh: '断点；恰在断点上的算在右侧',
  en: 'where it decides; a row exactly there lies on the right',
}
const BANDWIDTH = { zh: '带宽，缺省由数据选取', en: 'bandwidth, instead of the one chosen from the data' }
const COVARIATES = { zh: '协变量列，以逗号分隔', en: 'covariates, separated by commas' }

function lottery(): Command {
  return design(
    'lottery',
    {
      zh: '抽签：均值差、置换检验、协变量调整、使用者效应与缺失界限',
      en: 'drawn by lot: difference in means, permutation test, adjusted and per-user effects, bounds',
    },
    'firms.csv --outcome spend --treated drawn --used redeemed',
  )
    .requiredOption(OUTCOME[0], said(OUTCOME[1]))
    .requiredOption(
      '--treated <column>',
      said({ zh: '中签为 1，否则为 0', en: '1 for those drawn, 0 for the others' }),
    )
    .option('--stratum <column>', said({ zh: '分层抽签的层', en: 'strata the draw was made in' }))
    .option('--chance <column>', said({ zh: '记录的中签概率', en: 'stored chance of being drawn' }))
    .option('--used <column>', said({ zh: '实际使用为 1', en: '1 for those who used what was offered' }))
    .option('--covariates <columns>', said(COVARIATES), list)
    .option('--draws <n>', said({ zh: '置换次数', en: 'draws of the permutation test' }), whole)
    .option('--seed <text>', said({ zh: '置换检验的种子', en: 'seed of the permutation test' }))
    .action((file: string, options: LotteryQuestion & Common) =>
      answer(file, options, (table) => analyseLottery(table, options), lotteryLines),
    )
}

function differences(): Command {
  return design(
    'did',
    { zh: '两组两期双重差分', en: 'two groups, two periods: difference in differences' },
    'stores.csv --outcome fte --treated nj --post after --cluster store',
  )
    .requiredOption(OUTCOME[0], said(OUTCOME[1]))
    .requiredOption('--treated <column>', said({ zh: '处理组为 1', en: '1 for the treated group' }))
    .requiredOption('--post <column>', said({ zh: '后期为 1', en: '1 for the later period' }))
    .option(
      '--cluster <column>',
      said({ zh: '聚类：企业或区县', en: 'unit or district, for clustered errors' }),
    )
    .option('--covariates <columns>', said(COVARIATES), list)
    .action((file: string, options: DifferenceQuestion & Common) =>
      answer(file, options, (table) => analyseDifference(table, options), differenceLines),
    )
}

function staggered(): Command {
  const control = new Option(
    '--control <group>',
    said({ zh: '对照组：从未处理或尚未处理', en: 'compare with units never, or not yet, treated' }),
  ).choices(['never', 'not-yet'])
  return design(
    'staggered',
    {
      zh: '分批推开：逐组逐期效应及其平均',
      en: 'treated at different times: one effect per group and period, and their averages',
    },
    'panel.csv --outcome lemp --unit county --time year --first first.treat',
  )
    .requiredOption(OUTCOME[0], said(OUTCOME[1]))
    .requiredOption('--unit <column>', said({ zh: '企业、区县等', en: 'firm, district …' }))
    .requiredOption(
      '--time <column>',
      said({ zh: '时期：数字或 2026-03', en: 'period: a number, or text such as 2026-03' }),
    )
    .requiredOption(
      '--first <column>',
      said({
        zh: '首次处理的时期；从未处理写 0、Inf 或 never',
        en: 'first treated period; 0, Inf or never if it was not',
      }),
    )
    .addOption(control.default('never'))
    .action(
      (
        file: string,
        { control, ...options }: Omit<PanelQuestion, 'control'> & Common & { control: string },
      ) =>
        answer(
          file,
          options,
          (table) => analysePanel(table, { ...options, control: control === 'never' ? 'never' : 'not_yet' }),
          panelLines,
        ),
    )
}

function discontinuity(): Command {
  const selector = new Option(
    '--selector <aim>',
    said({
      zh: '带宽目标：估计最准或区间最可靠',
      en: 'bandwidth for the best estimate or the best coverage',
    }),
  ).choices(['mse', 'coverage'])
  return atCutoff(
    'rd',
    {
      zh: '分数线断点：结果的跳跃及稳健区间',
      en: 'a score cut-off: the jump of the outcome with a robust interval',
    },
    'senate.csv --outcome vote --running margin --cutoff 0',
  )
    .option(
      '--treated <column>',
      said({ zh: '实际是否处理（模糊断点）', en: 'who was in fact treated (fuzzy design)' }),
    )
    .addOption(selector.default('mse'))
    .option('--bias-bandwidth <n>', said({ zh: '偏差的带宽', en: 'bandwidth of the bias' }), real)
    .option(
      '--donut <n>',
      said({ zh: '剔除距断点小于此值的行', en: 'leave out rows closer to the cut-off' }),
      real,
    )
    .action((file: string, options: CutoffQuestion & Common) =>
      answer(file, options, (table) => analyseCutoff(table, options), cutoffLines),
    )
}

function kink(): Command {
  return atCutoff(
    'kink',
    {
      zh: '封顶处的拐点：结果斜率变化除以补助斜率变化',
      en: 'a cap: change of the outcome’s slope over that of the support’s',
    },
    'contracts.csv --outcome usage --running amount --cutoff 6666667 --slope-change -0.3',
  )
    .option(
      '--slope-change <n>',
      said({
        zh: '补助斜率在封顶处的变化（比例的负值），缺省 1',
        en: 'change of the support’s slope (minus the rate); 1 if left out',
      }),
      real,
    )
    .action((file: string, options: KinkQuestion & Common) =>
      answer(file, options, (table) => analyseKink(table, options), cutoffLines),
    )
}

function atCutoff(name: string, description: Sentence, example: string): Command {
  const kernel = new Option('--kernel <name>', said({ zh: '核函数', en: 'weights' }))
  return design(name, description, example)
    .requiredOption(OUTCOME[0], said(OUTCOME[1]))
    .requiredOption(RUNNING[0], said(RUNNING[1]))
    .requiredOption('--cutoff <n>', said(CUTOFF), real)
    .addOption(kernel.choices(['triangular', 'uniform', 'epanechnikov']).default('triangular'))
    .option('--bandwidth <n>', said(BANDWIDTH), real)
}

function density(): Command {
  return design(
    'density',
    {
      zh: '评分密度在断点处是否跳跃（不应跳跃）',
      en: 'does the density of the score jump at the cut-off? (it should not)',
    },
    'senate.csv --running margin --cutoff 0',
  )
    .requiredOption(RUNNING[0], said(RUNNING[1]))
    .requiredOption('--cutoff <n>', said(CUTOFF), real)
    .option('--bandwidth <n>', said(BANDWIDTH), real)
    .action((file: string, options: Parameters<typeof analyseDensity>[1] & Common) =>
      answer(file, options, (table) => analyseDensity(table, options), densityLines),
    )
}

function answer<Answer>(
  file: string,
  { json, outcomeUnit }: Common,
  analyse: (table: Table) => Decision<Answer>,
  lines: (answer: Answer, unit?: string) => readonly string[],
): void {
  const table = parseTable(readText(file))
  const result = table.ok ? analyse(table.value) : table
  if (!result.ok) throw new Refused(result.refusal)
  emit(result.value, { json, text: (shown) => lines(shown, outcomeUnit).join('\n') })
}

function list(text: string): string[] {
  return text.split(',').map((name) => name.trim())
}

function real(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError(said({ zh: '须为数值', en: 'needs a number' }))
  return value
}

function whole(text: string): number {
  const value = real(text)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError(said({ zh: '须为正整数', en: 'needs a whole number above zero' }))
  return value
}
