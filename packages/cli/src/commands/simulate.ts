// `suanquan simulate`: programmes on the firms of a city before a yuan is paid. The support of every firm comes from the
// policy engine that decides in production; how firms answer is assumed or stated, and the result is called an estimate.
import { isDay } from '@suanquan/core/calendar'
import {
  affordability,
  compareVersions,
  parseTable,
  policyEvaluator,
  populationOf,
  readFirms,
  readSetting,
  schedulesOf,
  simulate,
  summariseDraws,
  type DrawResults,
  type FirmClass,
  type Population,
  type Setting,
  type SimulatedPolicy,
  type SimulationInput,
} from '@suanquan/core/evaluation'
import { parseMoney } from '@suanquan/core/money'
import { factsRead, hasErrors, readInput, type Programme } from '@suanquan/core/policy'
import { refuse, type Decision } from '@suanquan/core'
import { Command, InvalidArgumentError, Option } from 'commander'

import { said } from '../language.ts'
import { emit, progress, Refused, WrongUse } from '../output.ts'
import { readText } from '../read-file.ts'
import { diagnosticLines, programmeNamed } from './programme-files.ts'
import { simulationLines, type ProgrammeOutcome, type SimulationReport } from './show-simulation.ts'

interface Options {
  readonly population: string
  readonly budget: number
  readonly facts?: string
  readonly setting?: string
  readonly months: number
  readonly draws: number
  readonly seed: string
  readonly queue: SimulationInput['queue']
  readonly award?: string
  readonly on?: string
  readonly spendFact: string
  readonly json?: boolean
}

const DESCRIPTION = {
  zh:
    '在一个城市的企业上模拟一项或几项政策：谁得益、花多少钱、能否负担。结果是估计，不是实测。\n' +
    '企业表为 CSV：size,industry,district,median_spend（元/年）,adopts（不补也用算力的概率）；\n' +
    '可另有 ownership,age_years,log_spread,local_share,score。对所有企业都成立的事实写在 --facts（同 determine）。\n' +
    '设定文件（YAML）可写 behaviour、pricePerCompute、treasury、limits、borrowed、administration、freeCompute；未写的用明示的假定。',
  en:
    'Simulates programmes on the firms of a city: who gains, what it costs, whether the city can carry it. An estimate, not a finding.\n' +
    'The firms are CSV: size,industry,district,median_spend (yuan a year),adopts (chance to use compute unaided);\n' +
    'ownership,age_years,log_spread,local_share,score may be added. Facts that hold for every firm stand in --facts (as for determine).\n' +
    'The setting (YAML) may hold behaviour, pricePerCompute, treasury, limits, borrowed, administration, freeCompute; the rest is assumed and says so.',
}

export function simulateCommand(): Command {
  const option = (flags: string, zh: string, en: string): Option => new Option(flags, said({ zh, en }))
  return new Command('simulate')
    .description(said(DESCRIPTION))
    .argument('<programmes...>', said({ zh: '政策文件、目录或编号', en: 'files, folders or ids' }))
    .addOption(option('--population <csv>', '企业表', 'table of firms').makeOptionMandatory())
    .addOption(
      option('--budget <amount>', '资金池，如 3000万元', 'the pool: yuan, or 3000万元')
        .argParser(yuan)
        .makeOptionMandatory(),
    )
    .addOption(option('--facts <file>', '对所有企业成立的事实', 'facts that hold for every firm'))
    .addOption(option('--setting <file>', '行为假定与财政、算力情况', 'behaviour, treasury and free compute'))
    .addOption(option('--months <n>', '月数', 'months').argParser(whole).default(12))
    .addOption(option('--draws <n>', '抽样次数', 'draws').argParser(whole).default(200))
    .addOption(option('--seed <text>', '随机种子', 'seed').default('simulation'))
    .addOption(
      option('--queue <rule>', '排队规则', 'who comes first')
        .choices(['first_come', 'lottery', 'score'])
        .default('first_come'),
    )
    .addOption(option('--award <id>', '奖补项目', 'which award'))
    .addOption(option('--on <date>', '发放日期', 'day of issue').argParser(day))
    .addOption(
      option('--spend-fact <fact>', '代表年支出的事实', 'the fact that carries the spend').default(
        'contract.amount',
      ),
    )
    .addOption(option('--json', '输出 JSON', 'print JSON'))
    .addHelpText(
      'after',
      '\n  suanquan simulate programmes/beijing/2023-compute-voucher --population firms.csv --facts common.yaml --budget 3000万元' +
        '\n  suanquan simulate cn.beijing.compute_voucher cn.chengdu.compute_voucher --population firms.csv --facts common.yaml --budget 30000000 --json',
    )
    .action((names: string[], options: Options) =>
      emit(run(names, options), {
        json: options.json,
        text: (report) => simulationLines(report).join('\n'),
      }),
    )
}

function run(names: readonly string[], options: Options): SimulationReport {
  const firms = granted(readFirms(granted(parseTable(readText(options.population)))))
  const population = granted(populationOf(firms.firms))
  const setting = granted(readSetting(options.setting === undefined ? undefined : readText(options.setting)))
  const programmes = names.map((name) => programmeNamed(name))
  const line = progress({ zh: '模拟', en: 'simulating' }, programmes.length * options.draws)
  const runs = programmes.map((programme, index) => {
    const input = inputOf(programme, { population, setting, options })
    const draws = granted(
      simulate(input, 0, options.draws, (done) => line.update(index * options.draws + done)),
    )
    return { outcome: outcomeOf(programme, { input, draws, setting }), draws }
  })
  line.end()
  const [base, ...variants] = runs
  return {
    label: 'simulated_estimate',
    months: options.months,
    draws: options.draws,
    seed: options.seed,
    queue: options.queue,
    budget: options.budget,
    firms: population.classOf.length,
    assumptions: setting.behaviour,
    pricePerCompute: setting.pricePerCompute,
    assumedColumns: firms.assumed,
    programmes: runs.map(({ outcome }) => outcome),
    comparisons: variants.map(({ outcome, draws }) => {
      const { changePerFirm: _, ...compared } = granted(compareVersions(base!.draws, draws))
      return { base: base!.outcome.id, variant: outcome.id, ...compared }
    }),
  }
}

function inputOf(
  programme: Programme,
  { population, setting, options }: { population: Population; setting: Setting; options: Options },
): SimulationInput {
  const policy = policyOf(programme, options)
  const evaluators = population.classes.map((firmClass) => granted(policyEvaluator(policy, firmClass)))
  return {
    population,
    // to a yuan, which is what programmes round to
    schedules: granted(schedulesOf(evaluators[0]!, population)),
    behaviour: setting.behaviour,
    pool: options.budget,
    queue: options.queue,
    batchMonths: 1,
    months: options.months,
    pricePerCompute: setting.pricePerCompute.value,
    seed: options.seed,
  }
}

function policyOf(programme: Programme, { facts: file, award, on, spendFact }: Options): SimulatedPolicy {
  const read = file === undefined ? undefined : readInput(programme, readText(file), file)
  if (read && (!read.input || hasErrors(read.diagnostics))) {
    throw new WrongUse({
      zh: diagnosticLines(read.diagnostics).join('\n'),
      en: diagnosticLines(read.diagnostics).join('\n'),
    })
  }
  if (!Object.hasOwn(programme.facts.facts, spendFact))
    throw new Refused(refuse('policy.unknown_fact', { fact: spendFact }).refusal)
  const asked = new Set(factsRead(programme))
  return {
    programme,
    common: read?.input?.facts ?? {},
    factsOf: (firm) => Object.fromEntries(classFacts(firm).filter(([fact]) => asked.has(fact))),
    spendFact,
    ...(award === undefined ? {} : { award }),
    ...(on === undefined ? {} : { on }),
  }
}

/** What the class of a firm says of it; the size only where it is one that programmes know. */
function classFacts({ size, industry, district }: FirmClass): [string, string][] {
  return [
    ['applicant.industry', industry],
    ['applicant.region', district],
    ['applicant.size', size],
  ]
}

function outcomeOf(
  { id, version, title }: Programme,
  { input, draws, setting }: { input: SimulationInput; draws: DrawResults; setting: Setting },
): ProgrammeOutcome {
  const summary = summariseDraws(input, [draws])
  const { median, p5, p95 } = summary.redeemed
  const { administration, treasury, limits, borrowed, freeCompute } = setting
  const cost = {
    median: median + administration,
    p5: p5 + administration,
    p95: p95 + administration,
  }
  const called = summary.burn.map(({ compute }) => compute)
  const balances = [{ chipClass: 'all', called, free: freeCompute }]
  return {
    id,
    version,
    title,
    cost,
    summary,
    affordability: affordability(cost, { treasury, limits, borrowed }, balances),
  }
}

function granted<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Refused(decision.refusal)
  return decision.value
}

function yuan(text: string): number {
  const money = parseMoney(/^\d+(\.\d+)?$/.test(text) ? `${text}元` : text)
  if (money.ok && money.value > 0n) return Number(money.value) / 100
  throw new InvalidArgumentError(
    said({
      zh: '须为金额，如 30000000 或 3000万元',
      en: 'it must be an amount such as 30000000 or 3000万元',
    }),
  )
}

function whole(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(said({ zh: '须为正整数', en: 'it must be a whole number above zero' }))
}

function day(text: string): string {
  if (isDay(text)) return text
  throw new InvalidArgumentError(
    said({ zh: '须为日期，如 2026-01-31', en: 'it must be a day such as 2026-01-31' }),
  )
}
