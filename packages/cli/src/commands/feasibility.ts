// `suanquan feasibility review PROPOSAL.yaml`: reads a proposal, asks core, prints the review; `template` prints one to
// fill in. A verdict is an answer,
// so that its exit code is 0; a proposal that cannot be read is refused.
import { readProposal, reviewFeasibility, type FeasibilityReview } from '@suanquan/core/feasibility'
import { Command, InvalidArgumentError } from 'commander'

import { said } from '../language.ts'
import { emit, Refused } from '../output.ts'
import { readText } from '../read-file.ts'
import { feasibilityReport } from './feasibility-report.ts'
import { proposalTemplate } from './feasibility-template.ts'

interface ReviewOptions {
  readonly paths: number
  readonly seed: number
}

export function feasibilityCommand(): Command {
  const example = 'suanquan feasibility review proposal.yaml --paths 10000 --seed 1 --json'
  const review = new Command('review')
    .description(
      said({
        zh: '评审一份算力中心申报：逐项门槛、现金流、模拟、结论与待答问题。申报中不知道的写 unknown。',
        en: 'Reviews the proposal of a compute centre: gates, cash flows, simulation, verdict and open questions.',
      }),
    )
    .argument('<proposal>', said({ zh: '申报文件（YAML 或 JSON）', en: 'the proposal, YAML or JSON' }))
    .option('--paths <n>', said({ zh: '模拟路径数', en: 'paths of the simulation' }), whole, 10_000)
    .option('--seed <n>', said({ zh: '随机种子', en: 'seed of the simulation' }), whole, 1)
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  suanquan feasibility template > proposal.yaml\n  ${example}`)
    .action((file: string, { json, paths, seed }: ReviewOptions & { json?: boolean }) => {
      const answer = reviewFile(file, { paths, seed })
      emit(json ? orNull(answer) : answer, { json, text: () => feasibilityReport(answer) })
    })
  return new Command('feasibility')
    .description(said({ zh: '算力中心可行性评审', en: 'Feasibility of compute centres.' }))
    .addHelpText('after', `\n  ${example}`)
    .addCommand(review)
    .addCommand(templateCommand())
}

function templateCommand(): Command {
  return new Command('template')
    .description(
      said({
        zh: '打印一份带注释的申报模板：填好后用 review 评审；未填的项会作为问题退回。',
        en: 'Prints an annotated proposal to fill in and review; what is left unknown comes back as a question.',
      }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', '\n  suanquan feasibility template > proposal.yaml')
    .action(({ json }: { json?: boolean }) => {
      const template = proposalTemplate()
      emit({ template }, { json, text: () => template.trimEnd() })
    })
}

/** For machines: what is not known is null, not left out. */
function orNull(value: unknown): unknown {
  if (value === undefined) return null
  if (Array.isArray(value)) return value.map(orNull)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, orNull(item)]))
}

function reviewFile(file: string, options: ReviewOptions): FeasibilityReview {
  const proposal = readProposal(readText(file))
  if (!proposal.ok) throw new Refused(proposal.refusal)
  const answer = reviewFeasibility(proposal.value, options)
  if (!answer.ok) throw new Refused(answer.refusal)
  return answer.value
}

function whole(text: string): number {
  if (!/^-?\d{1,15}$/.test(text))
    throw new InvalidArgumentError(said({ zh: '须为整数', en: 'it must be a whole number' }))
  return Number(text)
}
