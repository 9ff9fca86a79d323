// The fair-competition section of an adoption file: for each rule that favours some, why it stands all the same
// (公平竞争审查条例, article 12).
import { z } from 'zod'
import { competitionGrounds } from './programme.ts'

const exception = z.strictObject({
  ground: z.enum(competitionGrounds),
  reason: z.string().min(1),
  signed_by: z.string().min(1),
})

/** By `<rule>.<what it does>`. */
export const competitionShape = z
  .record(z.string(), exception)
  .describe('for each rule that favours some, by `<rule>.<what it does>`: why it stands all the same')
