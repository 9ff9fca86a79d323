// What a command says and how it ends. stdout carries the result and nothing else; progress and complaints go to
// stderr. Exit 0: it did its job, whatever the verdict; 1: a check failed or a request was refused; 2: wrong use.
import type { Refusal } from '@suanquan/core'
import { language, said, type Sentence } from './language.ts'

export const exitCodes = { done: 0, failed: 1, wrongUse: 2 } as const

export interface Emission<Result> {
  /** the value of the command's `--json` */
  readonly json?: boolean | undefined
  /** for people; its last line says the result */
  readonly text: (result: Result) => string
}

/** Prints a command's result, for people or for machines: one JSON document, amounts as text. */
export function emit<Result>(result: Result, { json, text }: Emission<Result>): void {
  process.stdout.write(`${json === true ? toJson(result) : text(result)}\n`)
}

/** bigint becomes its digits: JSON numbers lose them above 2^53. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item), 2)
}

/** Ends with exit code 1 after the output: a check failed. */
export function checkFailed(): void {
  process.exitCode = exitCodes.failed
}

/** Wrong use that the parser cannot see, such as two options that exclude each other. Exit code 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'

  constructor(sentence: Sentence) {
    super(said(sentence))
  }
}

/** A refusal on its way to the person who asked: thrown by a command, said by `complain`. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** Says what went wrong and answers the exit code. Refusals carry their stable code; the rest is said as it came. */
export async function complain(error: unknown, json: boolean): Promise<number> {
  const refusal = refusalOf(error)
  if (refusal !== undefined) {
    // The catalogue is loaded only when there is something to look up.
    const { sentence, toProblem } = await import('@suanquan/api')
    if (json) process.stdout.write(`${toJson(toProblem(refusal))}\n`)
    process.stderr.write(`${sentence(refusal, language())} [${refusal.code}]\n`)
    return exitCodes.failed
  }
  const message = error instanceof Error ? error.message : String(error)
  if (json) process.stdout.write(`${toJson({ error: message })}\n`)
  process.stderr.write(`${message}\n`)
  if (process.env['SUANQUAN_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return error instanceof WrongUse ? exitCodes.wrongUse : exitCodes.failed
}

function refusalOf(error: unknown): Refusal | undefined {
  const refusal = (error as { refusal?: Refusal } | undefined)?.refusal
  return typeof refusal?.code === 'string' ? refusal : undefined
}

export interface Progress {
  /** How much is done; of `total` where that is known. */
  update(done: number): void
  end(): void
}

/**
 * A progress line on stderr for what takes over a second, on a terminal only.
 * @param total units of work, left out where nobody knows
 */
export function progress(what: Sentence, total?: number): Progress {
  const started = Date.now()
  let shown = 0
  return { update, end }

  function update(done: number): void {
    const now = Date.now()
    if (!process.stderr.isTTY || now - started < 1000 || now - shown < 100) return
    shown = now
    process.stderr.write(`\r\u001B[K${said(what)} ${total === undefined ? done : bar(done / total)}`)
  }

  function end(): void {
    if (shown > 0) process.stderr.write('\r\u001B[K')
  }
}

const WIDTH = 30

function bar(share: number): string {
  const filled = Math.round(Math.min(Math.max(share, 0), 1) * WIDTH)
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor(share * 100)} %`
}
