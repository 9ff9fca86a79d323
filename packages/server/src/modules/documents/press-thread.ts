// The thread of the press: a job comes, what was made goes back.
import { parentPort } from 'node:worker_threads'
import { carryOut, type Job } from './press-job.ts'

parentPort?.on('message', (job: Job) => {
  void answer(job)
})

/** What breaks ends the thread: the press reports it and starts another for the next job. */
async function answer(job: Job): Promise<void> {
  const done = await carryOut(job)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(done)
}
