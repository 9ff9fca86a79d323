// A programme that divides by lot: the list is closed and published, the draw announced beforehand decides, another person
// confirms, and the awards come from a pool that holds exactly them.
import { publishedRound } from '@suanquan/api'
import { replayRound } from '@suanquan/core/voucher'
import { applied, faultsIn, FINDINGS, must, testCity } from '@suanquan/testkit'
import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'

const city = await testCity({
  poolFen: 100_000_000n,
  programme: (text) => text.replace('when_short: first_come', 'when_short: lottery'),
})
afterAll(() => city.stop())
const { adoptionId, anybody } = city
const [finance, finance2, reviewer] = [city.as('finance'), city.as('finance2'), city.as('reviewer')]
const sm3 = (bytes: Uint8Array): Uint8Array => createHash('sm3').update(bytes).digest()

const ids: string[] = []
for (const [index, amountFen] of ['40000000', '50000000', '30000000'].entries()) {
  const each = await applied(city, 'clerk', city.firm, { number: `HT-R${index}`, account: `r${index}` })
  const body = { decision: 'approve' as const, amountFen, findings: FINDINGS, reason: '符合条件' }
  must(await reviewer.decideApplication({ params: { id: each.id }, body }))
  ids.push(each.id)
}
const stateOf = async (id: string) => must(await reviewer.readApplication({ params: { id } })).state
const open = { adoptionId, minimumFen: '1', drawName: '福利彩票双色球第 2024052 期', drawOn: '2024-05-10' }

test('who is approved waits for the round although the pool could carry the first', async () => {
  await city.tick()
  expect(await Promise.all(ids.map(stateOf))).toEqual(['waiting', 'waiting', 'waiting'])
  const plan = must(await finance.planRound({ params: { id: adoptionId } }))
  expect(plan).toMatchObject({ named: 'lottery', claimsFen: '120000000', poolFen: '100000000' })
  expect(plan.rules.find(({ rule }) => rule === 'pro_rata')).toMatchObject({
    awardedFen: '100000000',
    inPart: 3,
  })
  expect(plan.rules.find(({ rule }) => rule === 'lottery')).toMatchObject({ fewest: 2, most: 2 })
})

test('a list, a draw of a later day, two people: anybody gets the same result from what is public', async () => {
  expect(await finance.openRound({ body: { ...open, drawOn: '2024-05-08' } })).toMatchObject({
    problem: { code: 'round.draw_unannounced' },
  })
  const round = must(await finance.openRound({ body: open }))
  expect(await finance.openRound({ body: open })).toMatchObject({ problem: { code: 'round.open_already' } })
  const params = { id: round.id }
  const result = { shown: '03 07 12 18 25 31 + 09', source: '中国福利彩票官网 2024-05-10 公告' }
  expect(await finance.drawRound({ params, body: result })).toMatchObject({
    problem: { code: 'round.draw_too_early' },
  })
  city.setDay('2024-05-11')
  expect(await finance.drawRound({ params, body: { shown: result.shown, source: '' } })).toMatchObject({
    problem: { code: 'round.source_missing' },
  })
  const unseen = { ...result, shown: result.shown.replace(' ', '\u200b ') }
  expect(await finance.drawRound({ params, body: unseen })).toMatchObject({
    problem: { code: 'round.draw_unfit' },
  })
  must(await finance.drawRound({ params, body: result }))
  const confirm = { decision: 'confirm' as const, reason: '' }
  expect(await finance.decideRound({ params, body: confirm })).toMatchObject({
    problem: { code: 'round.own_proposal' },
  })
  const plan = must(await finance.planCompute({ params: { id: adoptionId } }))
  expect(plan.lines.length).toBeGreaterThan(1)
  expect(plan.lines.every(({ standing }) => standing === 'unknown')).toBe(true)
  const { chip } = plan.lines[0]!
  const stock = { chip, devices: 1, soldCardHours: 700, certified: false }
  const stated = { from: '2024-05', months: 12, lines: [stock] }
  const provider = { id: city.provider.id }
  must(await city.as('provider').stateCapacity({ params: provider, body: stated }))
  expect(await finance2.decideRound({ params, body: confirm })).toMatchObject({
    problem: { code: 'round.compute_short', params: { chip, free: '44' } },
  })
  const reasoned = { ...confirm, computeReason: '中心承诺六月底前扩容 64 台' }
  must(await finance2.decideRound({ params, body: reasoned }))
  const seen = must(await anybody.readRound({ params }))
  expect(seen).toMatchObject({ computeReason: reasoned.computeReason })
  expect(seen.compute).toBe(null)
  const inside = must(await finance.readRound({ params }))
  expect(inside.compute!.some(({ standing }) => standing === 'short')).toBe(true)
  expect(replayRound(publishedRound(seen), sm3)).toMatchObject({ value: { same: true } })
  const other = publishedRound({ ...seen, shown: '03 07 12 18 25 31 + 10' })
  expect(replayRound(other, sm3)).toMatchObject({ value: { same: false } })
})

test('the winners are reserved from the pool of the round, the others wait; each firm finds its own number', async () => {
  await city.tick()
  const states = await Promise.all(ids.map(stateOf))
  expect(states.filter((state) => state === 'proposed')).toHaveLength(2)
  expect(states.filter((state) => state === 'waiting')).toHaveLength(1)
  const [round] = must(await anybody.listRounds({})).items
  const seen = must(await anybody.readRound({ params: { id: round!.id } }))
  for (const [index, id] of ids.entries()) {
    const { items } = must(await city.as('clerk').listOwnLots({ params: { id } }))
    const line = seen.lines.find(({ number }) => number === items[0]!.number)!
    expect(line.awardFen === '0').toBe(states[index] === 'waiting')
  }
  const { parts } = must(await finance.readPools({ params: { id: adoptionId } }))
  expect(parts.find(({ kind }) => kind === 'batch')).toMatchObject({ leftFen: '0' })
  expect(await faultsIn(city.store.database)).toEqual([])
})

test('what a winner gives up goes back with the tick to where the money of the round came from', async () => {
  const { leftFen: before } = must(await finance.readPool({ params: { id: adoptionId } }))
  const states = await Promise.all(ids.map(stateOf))
  const winner = ids[states.indexOf('proposed')]!
  const { approvedFen } = must(await reviewer.readApplication({ params: { id: winner } }))
  must(await city.as('clerk').withdrawApplication({ params: { id: winner }, body: { reason: '项目取消' } }))
  await city.tick()
  await city.tick()
  const { parts } = must(await finance.readPools({ params: { id: adoptionId } }))
  expect(parts.find(({ kind }) => kind === 'batch')).toMatchObject({ leftFen: '0' })
  const { leftFen } = must(await finance.readPool({ params: { id: adoptionId } }))
  expect(BigInt(leftFen) - BigInt(before)).toBe(BigInt(approvedFen!))
  const own = parts.find(({ kind }) => kind === 'own')!
  expect(BigInt(own.leftFen)).toBeGreaterThanOrEqual(BigInt(approvedFen!))
  expect(await faultsIn(city.store.database)).toEqual([])
})

test('a draw that was cancelled is made again once, by another, for a public reason; the first record stays', async () => {
  const again = { ...open, drawName: '福利彩票双色球第 2024055 期', drawOn: '2024-05-17' }
  const drawn = async (
    by: typeof finance,
    body: typeof again & { redrawReason?: string },
    day: string,
  ): Promise<string> => {
    const { id } = must(await by.openRound({ body }))
    city.setDay(day)
    const shown = { shown: '01 02 03 04 05 06 + 07', source: '公告' }
    must(await by.drawRound({ params: { id }, body: shown }))
    return id
  }
  const first = await drawn(finance, again, '2024-05-18')
  const cancel = { decision: 'cancel' as const, reason: '公告录错期号' }
  must(await finance2.decideRound({ params: { id: first }, body: cancel }))
  const later = { ...again, drawName: '福利彩票双色球第 2024056 期', drawOn: '2024-05-20' }
  const plan = must(await finance.planRound({ params: { id: adoptionId } }))
  expect(plan.redraws).toMatchObject({ id: first })
  const refused = async (by: typeof finance, body: object): Promise<unknown> =>
    by.openRound({ body: { ...later, ...body } })
  expect(await refused(finance, {})).toMatchObject({ problem: { code: 'round.redraw_reason_missing' } })
  expect(await refused(finance2, { redrawReason: '录错期号' })).toMatchObject({
    problem: { code: 'round.redraw_own_cancellation' },
  })
  const second = await drawn(finance, { ...later, redrawReason: '公告录错期号' }, '2024-05-21')
  expect(must(await anybody.readRound({ params: { id: second } }))).toMatchObject({
    redrawOf: { id: first },
    redrawReason: '公告录错期号',
  })
  expect(must(await anybody.readRound({ params: { id: first } }))).toMatchObject({
    state: 'cancelled',
    shown: '01 02 03 04 05 06 + 07',
    redrawnBy: { id: second },
  })
  must(await finance2.decideRound({ params: { id: second }, body: cancel }))
  expect(await refused(finance, { drawOn: '2024-05-24', redrawReason: '再抽一次' })).toMatchObject({
    problem: { code: 'round.redrawn_already' },
  })
})

test('each statement of a centre is a version; the bureau may correct it, and a class stands in one line', async () => {
  const params = { id: city.provider.id }
  const line = { chip: 'H800', devices: 4, soldCardHours: 100_000, certified: false }
  const { items } = must(
    await reviewer.stateCapacity({ params, body: { from: '2024-06', months: 1, lines: [line] } }),
  )
  const june = items.find(({ month }) => month === '2024-06')!
  expect(june).toMatchObject({ version: 2, lines: [{ chip: 'H800', freeCardHours: 0, oversold: true }] })
  const twice = [line, { ...line, chip: 'h800' }]
  expect(
    await reviewer.stateCapacity({ params, body: { from: '2024-06', months: 1, lines: twice } }),
  ).toMatchObject({ problem: { code: 'capacity.class_twice' } })
  const own = must(await city.as('provider').listCapacity({ query: { from: '2025-01' } }))
  expect(own.items.map(({ month }) => month)).toEqual(['2025-01', '2025-02', '2025-03', '2025-04'])
})
