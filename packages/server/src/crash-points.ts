// Where a server may die, by name. Tests of faults let it die there; a server that is started any other way has a function
// that does nothing, and neither an option of the command line nor the environment can give it another one. What must hold
// afterwards is the same everywhere: what was acknowledged is there once, what was not is there whole or not at all.

export const crashPoints = {
  'command.keyed': 'a command has taken its idempotency key and holds its first lock',
  'command.stored': 'a command has decided and stored; trail and postings are still to come',
  'command.written': 'trail and messages are written, the postings are not',
  'command.posted': 'the postings of a command that has some are written, the commit is not',
  'command.committed': 'the commit is made, the answer is neither kept nor sent',
  'command.answered': 'the answer is kept and not sent',
  'tick.decided': 'the platform itself has decided and stored; the postings are still to come',
  'tick.posted': 'its postings are written, the commit is not',
  'tick.committed': 'its commit is made, the next case is not begun',
  'job.ran': 'a job has done its work and not recorded its run',
  'outbox.taken': 'a message is taken under a lease and not sent',
  'outbox.sent': 'a message is sent and that is not recorded',
  'outbox.recorded': 'what came of a message is recorded, the next is not begun',
  'seal.keyed': 'a signing key is in its place and not published',
  'seal.signed': 'a seal is signed and not kept',
  'seal.kept': 'a seal is kept, the next is not begun',
} as const satisfies Readonly<Record<string, string>>

export type CrashPoint = keyof typeof crashPoints

/** Called at each point as it is passed. */
export type Crash = (point: CrashPoint) => void

export const neverCrashes: Crash = () => undefined
