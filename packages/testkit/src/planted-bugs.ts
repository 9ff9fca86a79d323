// Would the faults notice? Each bug is planted into the server's source text for one test; dying at its points must then
// lose or double something that is seen.
import type { CrashPoint } from '@suanquan/server'
import type { PlantedBug } from './faults.ts'

export interface Variant {
  readonly says: string
  /** where the server must die for it to show */
  readonly point: CrashPoint
  readonly bugs: readonly PlantedBug[]
}

const run = 'http/run.ts'
const system = 'tick/system-command.ts'
const deliver = 'modules/message/deliver.ts'
const signer = 'signing/signer.ts'
const keyFile = 'signing/key-file.ts'

export const plantedBugs: readonly Variant[] = [
  {
    says: 'idempotency is off: a retry is done again',
    point: 'command.committed',
    bugs: [
      {
        file: run,
        from: 'const earlier = isReplayed(name) ? await claimKey(tx, world, call) : undefined',
        to: 'const earlier = undefined as Awaited<ReturnType<typeof claimKey>>',
      },
    ],
  },
  {
    says: 'the key is taken in a transaction of its own: a retry is answered and nothing was done',
    point: 'command.keyed',
    bugs: [
      {
        file: run,
        from: 'isReplayed(name) ? await claimKey(tx, world, call)',
        to: 'isReplayed(name) ? await claimKey(world.db as never, world, call)',
      },
    ],
  },
  {
    says: 'what is decided has a transaction of its own: a decision without its key, made again by a retry',
    point: 'command.stored',
    bugs: [
      {
        file: run,
        from: 'asked, {\n      tx,\n',
        to: 'asked, {\n      tx: world.db as never,\n',
      },
    ],
  },
  {
    says: 'the postings come after the commit: a decision without its money',
    point: 'command.committed',
    bugs: [
      { file: run, from: '    await postLast(open, asked, decided.value)\n', to: '' },
      {
        file: run,
        from: "  world.crash('command.committed')\n",
        to: "  world.crash('command.committed')\n  await world.database.transaction((open) => postLast(open, asked, outcome))\n",
      },
    ],
  },
  {
    says: 'the postings have a transaction of their own: money without its decision',
    point: 'command.posted',
    bugs: [
      {
        file: run,
        from: 'await postLast(open, asked, decided.value)',
        to: 'await world.database.transaction((other) => postLast(other, asked, decided.value))',
      },
    ],
  },
  {
    says: 'what the platform decides has a transaction of its own: a granted application without a voucher on the books',
    point: 'tick.decided',
    bugs: [
      {
        file: system,
        from: 'decide({ tx: open.kysely,',
        to: 'decide({ tx: world.db as never,',
      },
    ],
  },
  {
    says: 'what the platform posts has a transaction of its own: a voucher on the books that nobody was granted',
    point: 'tick.posted',
    bugs: [
      {
        file: system,
        from: 'const refused = await postPlan(open, act.plan, at)',
        to: 'const { plan } = act\n        const refused = await world.database.transaction((other) => postPlan(other, plan, at))',
      },
    ],
  },
  {
    says: 'what the platform posts comes after its commit: a voucher that is not on the books',
    point: 'tick.committed',
    bugs: [
      {
        file: system,
        from: 'const refused = await postPlan(open, act.plan, at)',
        to: 'const refused = await Promise.resolve<Awaited<ReturnType<typeof postPlan>>>(null)\n        Object.assign(globalThis, { late: act.plan })',
      },
      {
        file: system,
        from: "if (did) world.crash('tick.committed')",
        to: "if (did) world.crash('tick.committed')\n      const { late } = globalThis as { late?: PostingPlan }\n      Object.assign(globalThis, { late: undefined })\n      if (late !== undefined) await world.database.transaction((other) => postPlan(other, late, at))",
      },
    ],
  },
  {
    says: 'a message is recorded as sent before it is sent',
    point: 'outbox.taken',
    bugs: [
      {
        file: deliver,
        from: "line.world.crash('outbox.taken')",
        to: "await record(line, taken, { state: 'sent', reference: null } as never, letter)\n    line.world.crash('outbox.taken')",
      },
    ],
  },
  {
    says: 'an attempt that was cut off is never looked at again',
    point: 'outbox.taken',
    bugs: [{ file: deliver, from: 'await settleLost(line)', to: '' }],
  },
  {
    says: 'a mail that may have arrived is sent again',
    point: 'outbox.sent',
    bugs: [
      {
        file: deliver,
        from: 'const repeatable = timestamp(moment() - channel.sameForMs)',
        to: 'const repeatable = timestamp(moment() - 400 * 86_400_000)',
      },
    ],
  },
  {
    says: 'a key is published before it is in its place: after the death a stranger signs',
    point: 'seal.signed',
    bugs: [
      {
        file: keyFile,
        from: '  place(file, makePem(settings.algorithm), linkSync)\n  return ownKey(textOf(file)!, file)',
        to: `  const waiting = globalThis as { pem?: string }
  waiting.pem ??= makePem(settings.algorithm)
  const { pem } = waiting
  setTimeout(() => place(file, pem, linkSync), 60_000).unref()
  return ownKey(pem, file)`,
      },
    ],
  },
  {
    says: 'a key is published after what it signs: a seal that nobody can verify',
    point: 'seal.kept',
    bugs: [
      {
        file: signer,
        from: 'await publish(options, own, at)',
        to: 'setTimeout(() => void publish(options, own, at), 60_000).unref()',
      },
    ],
  },
]
