// Where documents are printed and workbooks written: in a thread of its own, one after the other, so that setting a long statement holds up no
// request. The queue, the length of a document and the time it may take are bounded. The thread ends when it has had
// nothing to do for a while and gives its memory back.
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Logger } from 'pino'
import { Worker } from 'node:worker_threads'
import { findFonts, type FontSetting } from './fonts.ts'
import type { Paper } from './paper.ts'
import { carryOut, type Done, type Job } from './press-job.ts'
import type { ExportedTable, Imprint } from './table.ts'

export type PressCode = 'documents.no_font' | 'documents.busy' | 'documents.too_long'

export interface Press {
  readonly print: (paper: Paper) => Promise<Decision<Uint8Array, PressCode>>
  /** a table as a workbook */
  readonly tabulate: (
    table: ExportedTable,
    imprint: Imprint,
  ) => Promise<Decision<Uint8Array, 'documents.busy'>>
  readonly stop: () => Promise<void>
}

/** How many documents may wait, how many lines one may have, how long the setting of one may take. */
const WAITING = 16
const LINES = 4000
const PATIENCE_MS = 60_000
const IDLE_MS = 60_000
const THREAD_MB = 512

export interface PressOptions {
  readonly fonts: FontSetting | undefined
  readonly log: Logger
}

export function openPress({ fonts: setting, log }: PressOptions): Press {
  const thread = pressThread()
  let waiting = 0
  /** @returns null when too many wait, or it takes too long */
  async function queued<Kind extends Job['kind']>(
    job: Extract<Job, { kind: Kind }>,
  ): Promise<Done[Kind] | null> {
    if (waiting >= WAITING) return null
    waiting++
    try {
      return (await thread.run(job)) as Done[Kind] | null
    } finally {
      waiting--
    }
  }
  return {
    print: async (paper) => {
      const fonts = findFonts(setting)
      if (!fonts.ok) return fonts
      const lines = linesOf(paper)
      if (lines > LINES) return refuse('documents.too_long', { lines, maximum: LINES })
      const printed = await queued({ kind: 'paper', paper, fonts: fonts.value })
      if (printed === null) return refuse('documents.busy')
      if (!printed.ok) return printed
      const { missing, bytes } = printed.value
      if (missing.length > 0) log.warn({ missing, subject: paper.subject }, 'letters that the font lacks')
      return accept(bytes)
    },
    tabulate: async (table, imprint) => {
      const bytes = await queued({ kind: 'table', table, imprint })
      return bytes === null ? refuse('documents.busy') : accept(bytes)
    },
    stop: thread.stop,
  }
}

function linesOf({ blocks }: Paper): number {
  return blocks.reduce((sum, block) => sum + ('rows' in block ? block.rows.length : 1), 0)
}

interface Thread {
  readonly run: (job: Job) => Promise<Done[Job['kind']] | null>
  readonly stop: () => Promise<void>
}

/** Run from the sources, as the tests do, there is no thread that could read them: then it is done in place. */
function pressThread(): Thread {
  if (import.meta.url.endsWith('.ts')) return { run: carryOut, stop: () => Promise.resolve() }
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()
  async function stop(): Promise<void> {
    clearTimeout(idle)
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }
  async function run(job: Job): Promise<Done[Job['kind']] | null> {
    clearTimeout(idle)
    worker ??= new Worker(new URL('./press-thread.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MB },
    })
    worker.unref()
    const done = await answerOf(worker, job)
    if (done === null) await stop()
    else idle = setTimeout(() => void stop(), IDLE_MS).unref()
    return done
  }
  return {
    run: (job) => {
      const done = last.then(() => run(job))
      last = done.catch(() => stop())
      return done
    },
    stop,
  }
}

/** What the thread answers, null when it takes too long. Only its own listeners go: the thread has others. */
function answerOf(worker: Worker, job: Job): Promise<Done[Job['kind']] | null> {
  return new Promise((resolve, reject) => {
    const done = (then: () => void) => (): void => {
      clearTimeout(patience)
      worker.off('message', answered).off('error', failed).off('exit', ended)
      then()
    }
    const answered = (answer: Done[Job['kind']]): void => done(() => resolve(answer))()
    const failed = (error: Error): void => done(() => reject(error))()
    const ended = done(() => reject(new Error('the press ended while it printed')))
    const patience = setTimeout(
      done(() => resolve(null)),
      PATIENCE_MS,
    )
    worker.once('message', answered).once('error', failed).once('exit', ended)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(job)
  })
}
