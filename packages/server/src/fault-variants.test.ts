// The tests of faults are tested: with a bug planted into the server, dying at the named point must lose or double
// something that they see. With SUANQUAN_FULL=1.
import { faultyCity, plantedBugs, serverProgram, type FaultyCity, type Variant } from '@suanquan/testkit'
import { expect, test } from 'vitest'

const full = process.env['SUANQUAN_FULL'] === '1'

test.skipIf(!full).each(plantedBugs)(
  '$says: noticed',
  async (variant) => {
    const program = await serverProgram(...variant.bugs)
    const world = await faultyCity(program.path, { patienceMs: 15_000 })
    try {
      expect(await seen(world, variant)).not.toEqual([])
    } finally {
      await world.stop()
      program.remove()
    }
  },
  300_000,
)

/** What the tests of faults see; a client or a clerk who never gets an answer is seen, too. */
async function seen({ load, server, ...world }: FaultyCity, { point }: Variant): Promise<string[]> {
  const ofCommands = point.startsWith('command.')
  try {
    load.start(3)
    await load.progress(ofCommands ? 2 : 8)
    const deaths = ofCommands ? 4 : 0
    for (let death = 1; death <= deaths; death++)
      await Promise.race([server.crashAt(point, death), load.failed])
    if (ofCommands) await load.progress(1)
    await load.stop()
    if (ofCommands) return await load.differences()
    await world.announceAll()
    // The channels work side by side: later passes are of the slower one.
    const step = point.startsWith('seal.') ? 0 : 2
    for (let death = 1; death <= 4; death++) {
      await server.tick(point, 1 + step * death)
      // the next tick may heal what stands apart now
      const apart = await world.contradictions()
      if (apart.length > 0) return apart
    }
    await world.settled()
    return await world.differences()
  } catch (error) {
    await load.stop().catch(() => undefined)
    return [String(error)]
  }
}
