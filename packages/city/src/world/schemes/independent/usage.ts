// Use that was somebody else's, a machine's pastime, or less than was written down.
import { addDays, dayOf } from '@suanquan/core/calendar'
import type { Random } from '@suanquan/core'
import type { Row } from '@suanquan/core/supervision'
import { between, dayBetween } from '../../draft.ts'
import { newDevice } from '../../market.ts'
import type { Observed } from '../../observed.ts'
import { purchase, type Purchase } from '../../purchase.ts'
import { countersOf, MINUTES, type Counters, type Minute } from '../../series.ts'
import { ordinary } from '../scheme.ts'
import {
  amend,
  care,
  dealer,
  deviceOf,
  modestFen,
  pass,
  people,
  supportFen,
  type LayOutApart,
} from './parts.ts'

/**
 * I07. From vouchers bought up by those who can use them and from the firms that stood in for one big user: a user who
 * has no claim, or has drawn his, trains one model for months, and the provider books each month to another customer
 * that has no use of its own. Easy: one tenant, one private image, the same machines, and the user pays the bills. Medium:
 * the customers' tenants, and the user gives them the money before. Hard: other machines each month, an image renamed
 * each time, and the money goes through the customers' owners.
 */
export const oneJobManyBuyers: LayOutApart = (stage) => {
  const { draft, city } = stage
  const { random } = draft
  const hides = care(stage)
  const provider = dealer(stage)
  const user = ordinary(stage, { staff: 150 + random.int(300) })
  const owners = people(draft, 3 + hides)
  const lenders = owners.map((legalRepresentative) => ordinary(stage, { legalRepresentative }))
  const chip = random.pick(provider.chips)
  const project = draft.secret().slice(0, 8)
  const amountFen = modestFen(stage, 2e7)
  const machines: Row<'devices'>[] = []
  const deals: Purchase[] = []
  let startsOn = dayBetween(random, '2024-02-20', 40)
  for (const [place, firm] of lenders.entries()) {
    const image = `registry.local/${hides === 2 ? draft.secret().slice(0, 8) : project}:main`
    const observed: Observed = {
      work: 'training',
      declaredClass: 'training',
      observedClass: 'training',
      image,
    }
    const deal = purchase(
      draft,
      city,
      { firm, provider },
      {
        amountFen: Math.round(amountFen * (1 + 0.04 * (hides + 1) * random.normal())),
        signedOn: addDays(startsOn, -2),
        startsOn,
        chip,
        months: 1,
        observed,
        ...(hides === 0 ? { tenant: user.id, payer: user.id } : {}),
      },
    )
    if (hides < 2)
      for (const [at, use] of deal.usage.entries()) {
        const { centre, cards } = deviceOf(draft, use)
        const machine = (machines[at] ??= newDevice(draft, {
          provider: provider.firm.id,
          centre,
          chip,
          cards,
        }))
        if (machine.cards === cards) amend(draft, 'usage', use.id, { device: machine.id })
      }
    const paidOn = addDays(dayOf(deal.payment.at), -2 - random.int(draft.knobs.delayDays))
    const path = hides === 1 ? [user.id, firm.id] : [user.id, owners[place]!, firm.id]
    if (hides > 0) pass(stage, { path, paidOn, amountFen: Math.round(deal.payment.amountFen * 1.05) })
    deals.push(deal)
    startsOn = addDays(deal.contract.endsOn, hides === 2 ? random.int(3) : 0)
  }
  const members = [user.id, provider.firm.id, ...lenders.map(({ id }) => id)]
  return { members, amountFen: supportFen(deals) }
}

/**
 * I08. From the cars that stood idle and the servers that were never delivered, by people who have learnt that a meter is
 * read: nobody has any work, so a script trains a textbook model over and over on the booked cards. Loading, training,
 * checkpoint, again. Easy: the same turn to the minute for two buyers, and the provider's owner gives theirs a part of the
 * subsidy. Medium: turns of uneven length, the money through another hand. Hard: pauses, changing settings, and the
 * money changes hands where no source of ours sees it.
 */
export const scriptedWork: LayOutApart = (stage) => {
  const { draft, city } = stage
  const hides = care(stage)
  const [owner, hand] = people(draft, 2) as [string, string]
  const provider = dealer(stage, { legalRepresentative: owner })
  const heads = people(draft, 2)
  const buyers = heads.map((legalRepresentative) =>
    ordinary(stage, { legalRepresentative, staff: 4 + draft.random.int(20) }),
  )
  const deals = buyers.map((firm, place) => {
    const observed: Observed = {
      work: 'training',
      declaredClass: 'training',
      observedClass: 'training',
      image: 'pytorch:2.3',
      counters: inTurns(draft.random, hides),
    }
    const deal = purchase(
      draft,
      city,
      { firm, provider },
      { amountFen: modestFen(stage), observed, months: 3 },
    )
    const path = hides === 0 ? [owner, heads[place]!] : [owner, hand, heads[place]!]
    const sharedFen = Math.round(0.6 * deal.redemption.subsidyFen)
    const paidOn = addDays(deal.redemption.redeemedOn, 3 + draft.random.int(10))
    if (hides < 2) pass(stage, { path, paidOn, amountFen: sharedFen })
    return deal
  })
  return { members: [provider.firm.id, ...buyers.map(({ id }) => id)], amountFen: supportFen(deals) }
}

/** Six minutes of loading, an hour or two of training, a checkpoint, and from the beginning. */
function inTurns(random: Random, hides: number): Counters {
  const minutes: Minute[] = []
  const [length, level] = [80 + random.int(70), between(random, 44, 60)]
  const memory = between(random, 30_000, 60_000)
  while (minutes.length < MINUTES) {
    const turn = Math.round(length * (1 + 0.08 * hides * random.normal()))
    const load = level + 3 * hides * random.normal()
    for (let at = 0; at < turn; at++) {
      const busy = at >= 6 && at < turn - 2
      const sm = Math.max(
        0,
        Math.min(100, busy ? load + (1.5 + 2 * hides) * random.normal() : 2 * random.next()),
      )
      minutes.push({
        sm,
        tensor: 0.5 * sm,
        dram: 0.5 * sm,
        memory: memory + 200 * random.normal(),
        io: at < 6 ? 180 + 30 * random.next() : 8 * random.next(),
        checkpoints: at === turn - 1 ? 1 : 0,
      })
    }
    for (let rest = random.int(1 + 18 * hides); rest > 0; rest--)
      minutes.push({ sm: 0, tensor: 0, dram: 0, memory, io: 0, checkpoints: 0 })
  }
  return countersOf(random, minutes.slice(0, MINUTES), 3)
}

/**
 * I09. From the contracts of hundreds of servers of which a few came, made small: a provider writes a part more hours than
 * ran, for all its customers, who trust the bill. The feed had gaps, it says, and fills them in. The electricity is that
 * of the hours that ran. Easy: a third, and gaps everywhere. Hard: an eighth, few gaps, and the cards are kept warm for
 * half of the time that was added. The customers know of nothing and are no members.
 */
export const shavedMeter: LayOutApart = (stage) => {
  const { draft, city } = stage
  const { random } = draft
  const hides = care(stage)
  const added = [0.35, 0.22, 0.12][hides]!
  const provider = dealer(stage)
  let amountFen = 0
  for (let left = 5 + random.int(4); left > 0; left--) {
    const { usage, redemption } = purchase(
      draft,
      city,
      { firm: ordinary(stage), provider },
      { amountFen: modestFen(stage), months: 3 },
    )
    const share = added * between(random, 0.8, 1.2)
    for (const use of usage)
      amend(draft, 'usage', use.id, {
        energyKwh: use.energyKwh! * (1 - (hides === 2 ? 0.5 : 1) * share),
        feedGaps: [36, 14, 4][hides]! + random.int(6),
      })
    amountFen += Math.round(share * redemption.subsidyFen)
  }
  return { members: [provider.firm.id], amountFen }
}
