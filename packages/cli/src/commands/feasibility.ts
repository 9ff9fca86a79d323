// `suanquan feasibility review PROPOSAL.yaml`: reads a proposal, asks core, prints the review. A verdict is an answer,
// so that its exit code is 0; a proposal that cannot be read is refused.
import { readFileSync } from 'node:fs'
import { refuse, type Refusal } from '@suanquan/core'
import { readProposal, reviewFeasibility, type FeasibilityReview } from '@suanquan/core/feasibility'
import { Command, InvalidArgumentError } from 'commander'
import { feasibilityReport } from './feasibility-report.ts'
import type { Language } from './feasibility-text.ts'

interface ReviewOptions {
  readonly paths: number
  readonly seed: number
  readonly json?: boolean
}

/** @param language of everything this command prints */
export function feasibilityCommand(language: Language): Command {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
  const review = new Command('review')
    .description(say('评审一份算力中心申报', 'review the proposal of a compute centre'))
    .argument('<proposal>', say('申报文件（YAML 或 JSON）', 'the proposal, YAML or JSON'))
    .option('--paths <n>', say('模拟路径数', 'paths of the simulation'), whole, 10_000)
    .option('--seed <n>', say('随机种子', 'seed of the simulation'), whole, 1)
    .option('--json', say('以 JSON 输出全部结果', 'print the whole result as JSON'))
    .addHelpText('after', '\n  suanquan feasibility review proposal.yaml --paths 10000 --seed 1 --json')
    .action((file: string, options: ReviewOptions) => {
      const answer = reviewFile(file, options)
      process.stdout.write(`${options.json ? toJson(answer) : feasibilityReport(answer, language)}\n`)
    })
  return new Command('feasibility')
    .description(say('算力中心可行性评审', 'feasibility of compute centres'))
    .addCommand(review)
}

/** Unknown is said, not left out: undefined becomes null. */
function toJson(review: FeasibilityReview): string {
  return JSON.stringify(review, (_, value: unknown) => (value === undefined ? null : value), 2)
}

/** Throws a `Refused` for a file or a proposal that cannot be read. */
export function reviewFile(file: string, options: ReviewOptions): FeasibilityReview {
  const proposal = readProposal(textOf(file))
  if (!proposal.ok) throw new Refused(proposal.refusal)
  const answer = reviewFeasibility(proposal.value, { paths: options.paths, seed: options.seed })
  if (!answer.ok) throw new Refused(answer.refusal)
  return answer.value
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const problem = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new Refused(refuse('feasibility.file_unreadable', { path: file, problem }).refusal)
  }
}

/** A refusal on its way to the person who asked; the command line says its sentence. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

function whole(text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw new InvalidArgumentError('not a whole number')
  return Number(text)
}
