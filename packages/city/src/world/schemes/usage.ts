// S10 burn-in instead of work, S11 mining, S12 an honest log played again, S13 one device sold twice, S17 a weaker chip
// under a stronger name, S20 a contract of which little was ever delivered.
import { between } from '../draft.ts'
import { newDevice } from '../market.ts'
import type { Observed } from '../observed.ts'
import { purchase } from '../purchase.ts'
import { drawCounters, replayed } from '../series.ts'
import { colluder, honestProvider, ordinary, type LayOut } from './scheme.ts'

const DECLARED = { declaredClass: 'training', observedClass: null, image: null } as const

export const burnIn: LayOut = (stage) => {
  const { draft, city } = stage
  const firm = ordinary(stage)
  const disguise = draft.knobs.cover > 0.5 ? 0.4 + 0.6 * draft.random.next() : 0
  const observed: Observed = { ...DECLARED, work: 'burn', disguise }
  purchase(draft, city, { firm, provider: honestProvider(stage) }, { observed })
  return [firm.id]
}

export const miner: LayOut = (stage) => {
  const { draft, city } = stage
  const firm = ordinary(stage)
  const observed: Observed = { ...DECLARED, work: 'mining', disguise: 1.5 * draft.knobs.cover }
  purchase(draft, city, { firm, provider: honestProvider(stage) }, { observed })
  return [firm.id]
}

/** The provider bills a job that never ran with the log of one that did. */
export const replayedLog: LayOut = (stage) => {
  const { draft, city } = stage
  const { random, knobs } = draft
  const [provider, real, invented] = [colluder(stage), random.pick(stage.honest), ordinary(stage)]
  const old = drawCounters(random, 'training')
  const honest: Observed = {
    ...DECLARED,
    observedClass: 'training',
    image: 'megatron:24.05',
    work: 'training',
    counters: old,
  }
  purchase(draft, city, { firm: real, provider }, { observed: honest, signedOn: '2024-02-20' })
  purchase(
    draft,
    city,
    { firm: invented, provider },
    {
      observed: { ...honest, counters: replayed(random, old, knobs.noise) },
      signedOn: '2024-06-20',
    },
  )
  return [invented.id, provider.firm.id]
}

export const oversoldDevice: LayOut = (stage) => {
  const { draft, city } = stage
  const provider = colluder(stage)
  const { contract, usage } = purchase(draft, city, { firm: draft.random.pick(stage.honest), provider })
  const devices = usage.map((row) => draft.tables.devices.findLast((device) => device.id === row.device)!)
  purchase(
    draft,
    city,
    { firm: draft.random.pick(stage.honest), provider },
    {
      devices,
      chip: contract.chip,
      signedOn: contract.signedOn,
      startsOn: contract.startsOn,
    },
  )
  return [provider.firm.id]
}

export const relabelledChip: LayOut = (stage) => {
  const { draft, city } = stage
  const provider = colluder(stage)
  const speed = draft.knobs.cover > 0.5 ? between(draft.random, 0.6, 0.8) : between(draft.random, 0.28, 0.5)
  const device = newDevice(draft, {
    provider: provider.firm.id,
    centre: `centre-${draft.secret().slice(0, 6)}`,
    chip: 'H800',
    cards: 8,
    speed,
  })
  purchase(
    draft,
    city,
    { firm: draft.random.pick(stage.honest), provider },
    {
      devices: [device],
      chip: 'H800',
      amountFen: 8_000_000,
    },
  )
  return [provider.firm.id]
}

export const undelivered: LayOut = (stage) => {
  const { draft, city } = stage
  const [firm, provider] = [ordinary(stage), colluder(stage)]
  const deliveredShare = draft.knobs.cover > 0.5 ? 0.9 : between(draft.random, 0.05, 0.6)
  purchase(draft, city, { firm, provider }, { deliveredShare })
  return [firm.id, provider.firm.id]
}
