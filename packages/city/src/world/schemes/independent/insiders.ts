// Somebody who decides and has a share in what is decided.
import { addDays, dayOf } from '@suanquan/core/calendar'
import { purchase } from '../../purchase.ts'
import { honestProvider, ordinary } from '../scheme.ts'
import {
  amend,
  care,
  giveShare,
  modestFen,
  ownedBy,
  pass,
  payForServices,
  people,
  supportFen,
  type LayOutApart,
} from './parts.ts'

/**
 * I12. From the audit that laid the people behind two hundred firms side by side and found the official who approved
 * them: a reviewer is the silent partner of a consultancy. Whoever is weak and pays it is passed, with the minutes and
 * marks of anybody else. Easy: the reviewer holds a fifth of it openly and fees are paid just before the decision, for
 * marks just above the line. Medium: it belongs to somebody with whom the reviewer used to own a firm. Hard: a holding
 * stands between, that firm was struck off years ago, the owners pay from their own accounts long after, and the marks
 * are ordinary.
 */
export const silentPartner: LayOutApart = (stage) => {
  const { draft, city } = stage
  const { random } = draft
  const hides = care(stage)
  const reviewer = random.pick(city.reviewers)
  const [partner] = people(draft, 1) as [string]
  const consultancy = ownedBy(stage, hides === 2 ? ownedBy(stage, partner).id : partner, {
    staff: 3 + random.int(6),
  })
  if (hides === 0) giveShare(stage, { firm: consultancy, holder: reviewer, share: 0.2 })
  else {
    const founded = { registeredOn: '2014-05-06', ...(hides === 2 ? { deregisteredOn: '2019-06-30' } : {}) }
    giveShare(stage, { firm: ownedBy(stage, partner, founded), holder: reviewer, share: 0.2 })
  }
  const owners = people(draft, 4 + hides)
  const applicants = owners.map((legalRepresentative) =>
    ordinary(stage, { legalRepresentative, staff: 2 + random.int(5), declaredStaff: 9 + random.int(8) }),
  )
  const deals = applicants.map((firm, place) => {
    const provider = honestProvider(stage)
    const deal = purchase(draft, city, { firm, provider }, { amountFen: modestFen(stage), months: 3 })
    const decision = draft.tables.decisions.findLast(
      ({ application }) => application === deal.application.id,
    )!
    const score = hides === 2 ? decision.score : 60 + random.int(4 + 5 * hides)
    amend(draft, 'decisions', decision.id, { reviewer, score })
    const amountFen = Math.round((0.12 + 0.06 * random.next()) * deal.redemption.subsidyFen)
    const decidedOn = dayOf(decision.decidedAt)
    const lateOn = addDays(deal.redemption.redeemedOn, 10 + random.int(30))
    if (hides === 2) pass(stage, { path: [owners[place]!, consultancy.id], paidOn: lateOn, amountFen })
    else {
      const paidOn = hides === 0 ? addDays(decidedOn, -1 - random.int(4)) : lateOn
      payForServices(draft, { from: firm.id, to: consultancy.id, paidOn, amountFen })
    }
    return deal
  })
  const members = [consultancy.id, ...applicants.map(({ id }) => id)]
  return { members, amountFen: supportFen(deals) }
}
