import { describe, expect, test } from 'vitest'
import type { Decision } from '../refusal.ts'
import {
  capacityMilliOf,
  carryOut,
  createPlacer,
  explain,
  explainFailure,
  inflate,
  measure,
  placeGang,
  placeWithMove,
  proposeMove,
  strategies,
  type NodeSpec,
  type Placed,
  type Placer,
  type Strategy,
  type TaskSpec,
} from './index.ts'
import { fragmentation, createMix, createNodeState, readNodeState } from './fragmentation.ts'

const node = (id: string, more: Partial<NodeSpec> = {}): NodeSpec => ({
  id,
  chip: 'H800',
  devices: 2,
  cpuMilli: 64_000,
  memoryMib: 512_000,
  ...more,
})
const task = (id: string, more: Partial<TaskSpec> = {}): TaskSpec => ({
  id,
  cpuMilli: 4000,
  memoryMib: 8000,
  devices: 1,
  deviceMilli: 1000,
  ...more,
})
const share = (id: string, deviceMilli: number, more: Partial<TaskSpec> = {}): TaskSpec =>
  task(id, { deviceMilli, ...more })

function placerOf(
  nodes: readonly NodeSpec[],
  history: readonly TaskSpec[] = [],
  strategy: Strategy = 'priced',
): Placer {
  const placer = createPlacer(nodes, { strategy, seed: 1, history })
  if (!placer.ok) throw new Error(JSON.stringify(placer.refusal))
  return placer.value
}
const done = <Value>(decision: Decision<Value>): Value | undefined =>
  decision.ok ? decision.value : undefined
const place = (placer: Placer, one: TaskSpec): Placed | undefined => done(placer.place(one))
const nodeOf = (placer: Placer, id: string): string | undefined => {
  const entry = placer.placed.get(id)
  return entry === undefined ? undefined : placer.fleet.nodes[entry.claim.node]!.id
}

describe('the fragmentation measure', () => {
  // Two devices, 400 and 1000 thousandths free, 8 cores free; four demands of equal popularity.
  const history = [
    share('a', 500, { cpuMilli: 1000 }),
    task('b', { cpuMilli: 9000 }),
    task('c', { devices: 0, deviceMilli: 0, cpuMilli: 1000 }),
    task('d', { devices: 2, cpuMilli: 1000 }),
  ]
  test('counts, per demand, what a node leaves unusable', () => {
    const placer = placerOf([node('n', { cpuMilli: 10_000 })], [], 'firstfit')
    place(placer, share('x', 600, { cpuMilli: 2000 }))
    const mix = createMix(
      placer.fleet,
      history.map((entry) => ({ demand: placer.demandOf(entry), weight: 1 })),
    )
    const state = createNodeState()
    readNodeState(placer.fleet, 0, state)
    // a: 400 < 500 is lost, 1000 is not; b: too little CPU, all 1400; c: asks no device, all 1400; d: one whole device only, all 1400
    expect(fragmentation(placer.fleet, mix, 0, state)).toBeCloseTo((400 + 1400 + 1400 + 1400) / 4, 9)
  })

  test('takes the most popular demands only, until 95 of 100 are covered', () => {
    const placer = placerOf([node('n')], [], 'firstfit')
    const rare = {
      demand: placer.demandOf(task('rare', { chips: [{ chip: 'other', efficiencyMilli: 1000 }] })),
      weight: 5,
    }
    const usual = { demand: placer.demandOf(share('usual', 500)), weight: 95 }
    const state = createNodeState()
    readNodeState(placer.fleet, 0, state)
    expect(fragmentation(placer.fleet, createMix(placer.fleet, [rare, usual]), 0, state)).toBe(0)
    const half = createMix(placer.fleet, [
      { ...rare, weight: 6 },
      { ...usual, weight: 94 },
    ])
    expect(fragmentation(placer.fleet, half, 0, state)).toBeCloseTo(0.06 * 2000, 9)
  })
})

describe('a task', () => {
  test('on a slower chip takes more of it, and never a chip outside its set', () => {
    const placer = placerOf([
      node('slow', { chip: '910B', devices: 8 }),
      node('other', { chip: 'T4', devices: 8 }),
    ])
    const chips = [{ chip: '910B', efficiencyMilli: 600 }]
    expect(place(placer, task('whole', { devices: 2, chips }))!.claim).toMatchObject({
      devices: [0, 1, 2, 3],
      milli: 1000,
    })
    expect(place(placer, share('part', 300, { chips }))!.claim).toMatchObject({ milli: 500 })
    expect(place(placer, share('most', 900, { chips }))!.claim.devices.length).toBe(2)
    expect(nodeOf(placer, 'part')).toBe('slow')
  })

  test('goes nowhere below its security class, to an excluded provider or to another centre, however much is free', () => {
    const nodes = [node('a', { centre: 'east', provider: 'p', securityClass: 2 })]
    expect(place(placerOf(nodes), task('t', { securityClass: 3 }))).toBeUndefined()
    expect(place(placerOf(nodes), task('t', { excludedProviders: ['p'] }))).toBeUndefined()
    expect(place(placerOf(nodes), task('t', { centres: ['west'] }))).toBeUndefined()
    expect(place(placerOf(nodes), task('t', { securityClass: 2, centres: ['east'] }))).toBeDefined()
  })

  test('that states device memory shares a device only while that memory lasts, and never where it is unknown', () => {
    const placer = placerOf([node('known', { devices: 1, deviceMemoryMib: 80_000 })])
    expect(place(placer, share('a', 100, { deviceMemoryMib: 50_000 }))).toBeDefined()
    expect(place(placer, share('b', 100, { deviceMemoryMib: 50_000 }))).toBeUndefined()
    expect(place(placer, share('c', 100, { deviceMemoryMib: 30_000 }))).toBeDefined()
    expect(place(placerOf([node('unknown')]), share('d', 100, { deviceMemoryMib: 1 }))).toBeUndefined()
  })

  test('comes back whole when it ends', () => {
    const placer = placerOf([node('n')])
    place(placer, task('t', { devices: 2 }))
    expect(placer.fleet.milliFree[0]).toBe(0)
    expect(placer.release('t')).toBe(true)
    expect(placer.release('t')).toBe(false)
    expect([placer.fleet.milliFree[0], placer.fleet.cpuFree[0], placer.fleet.memoryFree[0]]).toEqual([
      2000, 64_000, 512_000,
    ])
  })

  test.each([
    [node('n', { devices: -1 }), 'devices'],
    [node('n', { cpuMilli: Number.NaN }), 'cpuMilli'],
    [node('n', { cpuMilli: 1e12 }), 'cpuMilli'],
    [node('n', { chip: '' }), 'chip'],
    [node('n', { migLayout: 'A5' }), 'migLayout'],
    [node('n', { priceFenPerDeviceHour: -1n }), 'priceFenPerDeviceHour'],
  ])('cannot be placed on an absurd node (%#)', (bad, field) => {
    const refused = createPlacer([bad], { strategy: 'fgd', seed: 1, history: [] })
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'placement.bad_node', params: { field } } })
  })

  test.each([
    [task('t', { deviceMilli: 500, devices: 2 }), 'deviceMilli'],
    [task('t', { deviceMilli: 0 }), 'deviceMilli'],
    [task('t', { memoryMib: 0.5 }), 'memoryMib'],
    [task('t', { chips: [{ chip: 'H800', efficiencyMilli: 0 }] }), 'chips'],
  ])('that is absurd is refused (%#)', (bad, field) => {
    const refused = createPlacer([node('n')], { strategy: 'fgd', seed: 1, history: [bad] })
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'placement.bad_task', params: { field } } })
  })

  test.each([
    [{ cpuMilli: -5 }, 'placement.bad_task'],
    [{ cpuMilli: Number.NaN }, 'placement.bad_task'],
    [{ deviceMilli: 0.5 }, 'placement.bad_task'],
    [{ deviceMilli: 1500 }, 'placement.bad_task'],
    [{ chips: [1, 2].map((efficiencyMilli) => ({ chip: 'H800', efficiencyMilli })) }, 'placement.bad_task'],
    [{ id: 'there' }, 'placement.duplicate_id'],
    [{ devices: 3 }, 'placement.no_room'],
  ])('of %j is refused at the door, and nothing is taken', (odd, code) => {
    const placer = placerOf([node('n')])
    place(placer, task('there'))
    const refused = { ok: false, refusal: { code } }
    expect(placer.place(task('t', odd))).toMatchObject(refused)
    expect(placeWithMove(placer, task('t', odd))).toMatchObject(refused)
    expect(placer.fleet.milliFree[0]).toBe(1000)
    expect(explain(placer, task('t', odd)).ok).toBe(code !== 'placement.bad_task')
  })

  test('may have a name that every object knows', () => {
    const placer = placerOf([node('constructor', { chip: 'toString' })])
    expect(place(placer, task('__proto__'))).toBeDefined()
    expect(nodeOf(placer, '__proto__')).toBe('constructor')
  })

  test('finds ties broken by the seed, not by the name of the node', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((id) => node(id))
    const first = new Set<string>()
    for (let seed = 0; seed < 40; seed++) {
      const placer = createPlacer(nodes, { strategy: 'bestfit', seed, history: [] })
      if (placer.ok) first.add(placer.value.fleet.nodes[place(placer.value, task('t'))!.claim.node]!.id)
    }
    expect([...first].sort()).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('the order of the lists', () => {
  const nodes = [...Array(24).keys()].map((index) =>
    node(`n${index}`, { chip: index % 3 === 0 ? 'T4' : 'H800', devices: 1 + (index % 2) }),
  )
  // Thirty kinds, equally popular: the order must not decide which of them the 95 % leave out.
  const history = [...Array(30).keys()].map((index) => share(`h${index}`, 30 * (index + 1)))
  test.each(strategies)(
    'of nodes, of the history and of the tasks drawn changes nothing for %s',
    (strategy) => {
      const run = (turned: <Item>(items: readonly Item[]) => readonly Item[]): string[] => {
        const placer = placerOf(turned(nodes), turned(history), strategy)
        const stream = inflate(turned(history), capacityMilliOf(nodes), { seed: 5, order: 'shuffled' })
        measure(placer, stream, { arrived: 1.3 })
        return [...placer.placed.keys()].map((id) => `${id} on ${nodeOf(placer, id)}`)
      }
      const straight = run((items) => items)
      expect(straight.length).toBeGreaterThan(20)
      expect(run((items) => items.toReversed())).toEqual(straight)
    },
  )
})

describe('class prices', () => {
  test('keep a scarce chip for those who can use nothing else', () => {
    const nodes = [...Array(4).keys()].flatMap((index) => [
      node(`scarce${index}`, { chip: 'T4', devices: 1 }),
      node(`ample${index}`, { chip: 'H800', devices: 2 }),
    ])
    const restricted = (id: string): TaskSpec => task(id, { chips: [{ chip: 'T4', efficiencyMilli: 1000 }] })
    const history = [...Array(4).keys()].flatMap((index) => [restricted(`r${index}`), task(`f${index}`)])
    const servedBy = (strategy: Strategy): number => {
      const placer = placerOf(nodes, history, strategy)
      for (let index = 0; index < 8; index++) place(placer, task(`free${index}`))
      return [...Array(4).keys()].filter((index) => place(placer, restricted(`only${index}`)) !== undefined)
        .length
    }
    expect(servedBy('priced')).toBe(4)
    expect(servedBy('bestfit')).toBe(0)
  })

  test('and the reasons of every candidate stand beside the decision', () => {
    const placer = placerOf(
      [
        node('a'),
        node('b', { chip: 'T4' }),
        node('c', { securityClass: 2, cpuMilli: 2000 }),
        node('d', { securityClass: 2 }),
      ],
      [task('h', { securityClass: 1 }), task('i')],
    )
    placer.placeOn(
      task('x', { devices: 2, cpuMilli: 63_000 }),
      placer.fleet.nodes.findIndex(({ id }) => id === 'd'),
    )
    const answer = done(
      explain(placer, task('t', { securityClass: 1, chips: [{ chip: 'H800', efficiencyMilli: 1000 }] })),
    )!
    const of = (id: string): object => answer.candidates.find(({ nodeClass }) => nodeClass.example.id === id)!
    expect(answer.chosen).toBeUndefined()
    expect(of('a')).toMatchObject({ excluded: 'security_class_too_low' })
    expect(of('b')).toMatchObject({ excluded: 'security_class_too_low' })
    expect(of('c')).toMatchObject({ excluded: 'node_too_small' })
    expect(of('d')).toMatchObject({ fitting: 0, lack: { cpu: 1, memory: 0, devices: 1 } })
    const free = done(explain(placer, task('u')))!
    expect(free.candidates.find(({ bestNode }) => bestNode === free.chosen)!.parts).toBeDefined()
    const large = done(explain(placer, task('v', { memoryMib: 510_000, devices: 0, deviceMilli: 0 })))!
    expect(large.candidates.map(({ lack }) => lack.memory)).toEqual(
      large.candidates.map(({ nodeClass }) => (nodeClass.example.id === 'd' ? 1 : 0)),
    )
    for (const { prices } of free.candidates) expect(prices!.device).toBeGreaterThanOrEqual(0)
  })
})

describe('a partitioned device', () => {
  const mig = (id: string): NodeSpec => node(id, { devices: 1, migLayout: 'A100-80GB' })
  const slice = (id: string, ...migProfiles: string[]): TaskSpec => share(id, 500, { migProfiles })

  test('gives a profile only at its legal start positions, not wherever slices are free', () => {
    const placer = placerOf([mig('n')], [], 'firstfit')
    expect(place(placer, slice('a', '2g.20gb'))!.claim.mask).toBe(0b0000_0011)
    expect(place(placer, slice('b', '3g.40gb'))!.claim.mask).toBe(0b1111_0000)
    placer.release('a')
    expect(place(placer, slice('c', '1g.10gb'))!.claim.mask).toBe(0b0000_0001)
    expect(place(placer, slice('d', '2g.20gb'))!.claim.mask).toBe(0b0000_1100)
    // One slice is free, at position 1, where a double slice may not start.
    expect(place(placer, slice('e', '1g.20gb'))).toBeUndefined()
    expect(place(placer, slice('f', '1g.10gb'))!.claim.mask).toBe(0b0000_0010)
    expect(placer.fleet.milliFree[0]).toBe(0)
  })

  test('holds seven single slices, and a whole task only while it is empty', () => {
    const placer = placerOf([mig('n')], [], 'firstfit')
    for (let index = 0; index < 7; index++) expect(place(placer, slice(`s${index}`, '1g.10gb'))).toBeDefined()
    expect(place(placer, slice('s7', '1g.10gb'))).toBeUndefined()
    expect(place(placer, task('whole'))).toBeUndefined()
    for (let index = 0; index < 7; index++) placer.release(`s${index}`)
    expect(place(placer, task('whole'))!.claim.mask).toBe(0xff)
  })

  test('takes no share by thousandths, and the first profile of the list that it knows', () => {
    const placer = placerOf([mig('n')])
    expect(place(placer, share('milli', 100))).toBeUndefined()
    expect(place(placer, slice('list', '1g.5gb', '3g.40gb'))!.claim.milli).toBe(500)
  })

  test('bounds the memory of a task by its profile, an eighth of the device for each slice', () => {
    const known = { ...mig('n'), deviceMemoryMib: 80_000 }
    const asking = (deviceMemoryMib: number, ...profiles: string[]): TaskSpec => ({
      ...slice('t', ...profiles),
      deviceMemoryMib,
    })
    const claimed = (one: TaskSpec): number | undefined => place(placerOf([known]), one)?.claim.milli
    expect(claimed(asking(10_000, '1g.10gb'))).toBe(125)
    expect(claimed(asking(10_001, '1g.10gb'))).toBeUndefined()
    expect(claimed(asking(10_001, '1g.10gb', '3g.40gb'))).toBe(500)
    expect(claimed(asking(80_001, '7g.80gb'))).toBeUndefined()
    expect(done(explain(placerOf([known]), asking(11_000, '1g.10gb')))!.candidates[0]!.excluded).toBe(
      'device_memory_too_small',
    )
  })

  test('keeps room for the profile that the history asks for', () => {
    const history = [slice('h', '4g.40gb'), slice('i', '1g.10gb')]
    const fgd = placerOf([mig('a'), mig('b')], history, 'priced')
    place(fgd, slice('first', '1g.10gb'))
    place(fgd, slice('second', '1g.10gb'))
    expect(nodeOf(fgd, 'second')).toBe(nodeOf(fgd, 'first'))
    expect(place(fgd, slice('large', '4g.40gb'))).toBeDefined()
  })
})

describe('a gang', () => {
  const members = (count: number): TaskSpec[] =>
    [...Array(count).keys()].map((index) => task(`m${index}`, { devices: 2 }))
  const centres = ['east', 'west'].flatMap((centre) =>
    [0, 1].map((index) => node(`${centre}${index}`, { centre })),
  )

  test('runs whole or not at all, in one centre', () => {
    const placer = placerOf(centres)
    const placed = done(placeGang(placer, { id: 'g', members: members(2) }))!
    expect(new Set(placed.map(({ claim }) => placer.fleet.nodes[claim.node]!.centre)).size).toBe(1)
    expect(
      placeGang(placer, { id: 'h', members: members(3).map((m) => ({ ...m, id: `h${m.id}` })) }),
    ).toMatchObject({ refusal: { code: 'placement.no_room_for_gang' } })
    expect(placer.placed.size).toBe(2)
    expect(placer.fleet.milliFree.reduce((sum, free) => sum + free, 0)).toBe(4000)
  })

  test.each([
    [[task('m'), task('m')], 'placement.duplicate_id'],
    [[task('m'), task('there')], 'placement.duplicate_id'],
    [[task('m'), task('n', { cpuMilli: -1 })], 'placement.bad_task'],
    [[], 'placement.empty_gang'],
  ])('with an absurd member is refused whole (%#)', (own, code) => {
    const placer = placerOf(centres)
    place(placer, task('there'))
    for (const acrossCentres of [false, true])
      expect(placeGang(placer, { id: 'g', members: own, acrossCentres })).toMatchObject({ refusal: { code } })
    expect([...placer.placed.keys()]).toEqual(['there'])
    expect(placer.fleet.milliFree.reduce((sum, free) => sum + free, 0)).toBe(7000)
  })

  test('goes to the centre where it costs least, whatever the seed', () => {
    const nodes = [
      node('wanted', { centre: 'east', chip: 'T4' }),
      ...[0, 1, 2].map((index) => node(`ample${index}`, { centre: 'west' })),
    ]
    const history = [task('h', { chips: [{ chip: 'T4', efficiencyMilli: 1000 }] }), task('i')]
    for (let seed = 0; seed < 8; seed++) {
      const placer = done(createPlacer(nodes, { strategy: 'priced', seed, history }))!
      const own = [task('m'), task('n')]
      for (const { claim } of done(placeGang(placer, { id: 'g', members: own }))!)
        expect(placer.fleet.nodes[claim.node]!.centre).toBe('west')
    }
  })

  test('spreads over centres only when it says so', () => {
    expect(placeGang(placerOf(centres), { id: 'g', members: members(3) }).ok).toBe(false)
    expect(
      done(placeGang(placerOf(centres), { id: 'g', members: members(3), acrossCentres: true }))!.length,
    ).toBe(3)
  })
})

describe('one move', () => {
  const crowded = (): Placer => {
    const placer = placerOf(
      [node('a', { devices: 1 }), node('b', { devices: 1, cpuMilli: 8000 })],
      [],
      'firstfit',
    )
    placer.placeOn(
      share('small', 300),
      placer.fleet.nodes.findIndex(({ id }) => id === 'a'),
    )
    return placer
  }
  const large = task('large', { cpuMilli: 20_000 })

  test('makes room for a task that fits nowhere, and says what moved', () => {
    const placer = crowded()
    const { placed, move } = done(placeWithMove(placer, large))!
    expect(placed).toBeDefined()
    expect(move).toMatchObject({ moved: { id: 'small' }, devicesMovedMilli: 300 })
    expect([nodeOf(placer, 'large'), nodeOf(placer, 'small')]).toEqual(['a', 'b'])
  })

  test('is not made without consent', () => {
    const placer = crowded()
    expect(placeWithMove(placer, large, () => false)).toMatchObject({
      refusal: { code: 'placement.no_room' },
    })
    expect(nodeOf(placer, 'small')).toBe('a')
  })

  test.each(strategies)(
    'is found by %s even when the node it stands on is the best for the mover',
    (strategy) => {
      for (let seed = 0; seed < 10; seed++) {
        const made = createPlacer([node('a'), node('b', { devices: 1 })], {
          strategy,
          seed,
          history: [task('h')],
        })
        const placer = done(made)!
        placer.placeOn(
          task('x'),
          placer.fleet.nodes.findIndex(({ id }) => id === 'a'),
        )
        const { move } = done(placeWithMove(placer, task('y', { devices: 2 })))!
        expect(move).toMatchObject({ moved: { id: 'x' } })
        expect([nodeOf(placer, 'x'), nodeOf(placer, 'y')]).toEqual(['b', 'a'])
      }
    },
  )

  test('that has gone stale is refused, and nobody loses a place', () => {
    const stale = { refusal: { code: 'placement.stale_move' } }
    const spoilt = (spoil: (placer: Placer) => void): void => {
      const placer = crowded()
      const move = done(proposeMove(placer, large))!
      spoil(placer)
      const before = [...placer.placed]
      expect(carryOut(placer, large, move)).toMatchObject(stale)
      expect([...placer.placed]).toEqual(before)
    }
    const onNode = (placer: Placer, one: TaskSpec, id: string): Placed =>
      placer.placeOn(
        one,
        placer.fleet.nodes.findIndex((entry) => entry.id === id),
      )
    spoilt((placer) => onNode(placer, task('target'), 'b'))
    spoilt((placer) => onNode(placer, share('asker', 700, { cpuMilli: 60_000 }), 'a'))
    spoilt((placer) => placer.release('small'))
    spoilt((placer) => {
      placer.release('small')
      onNode(placer, share('small', 300), 'b')
    })
  })
})

describe('why a task failed', () => {
  const placer = placerOf([node('a', { devices: 1, chip: 'H800' })], [], 'bestfit')
  placer.place(share('half', 500))
  const code = (id: string, change: Partial<TaskSpec>): string =>
    explainFailure(placer, task(id, change)).code
  test.each([
    ['no_such_chip', { chips: [{ chip: 'A900', efficiencyMilli: 1000 }] }],
    ['no_class', { devices: 2 }],
    ['devices', {}],
    ['cpu', { deviceMilli: 100, cpuMilli: placer.fleet.cpuFree[0]! + 1 }],
  ] as const)('%s', (expected, change) => expect(code('t', change)).toBe(expected))
})
