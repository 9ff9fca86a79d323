// One need split among many firms that have none.
import { addDays, dayOf } from '@suanquan/core/calendar'
import { dayBetween } from '../../draft.ts'
import { addRole } from '../../firms.ts'
import type { Observed } from '../../observed.ts'
import { purchase } from '../../purchase.ts'
import { honestProvider, ordinary } from '../scheme.ts'
import { amend, care, dealer, modestFen, pass, people, supportFen, type LayOutApart } from './parts.ts'

/**
 * I11. From the solar programme whose middlemen applied in the names of firms that looked well and sold what was granted:
 * a middleman borrows the names of old, quite ordinary firms, one modest voucher each, for one user far above the cap of a
 * firm. The user pays the middleman, he pays the lenders days before their bills are due, with something on top for the
 * name. Easy: one clerk hands all applications in on one template, one provider knows, the user's tenant runs. Medium:
 * no clerk, the lenders' tenants. Hard: each through another, honest provider, months apart, templates and work of each
 * one's own, and the money goes to the lender's owner and from him to the firm.
 */
export const borrowedNames: LayOutApart = (stage) => {
  const { draft, city } = stage
  const { random } = draft
  const hides = care(stage)
  const user = ordinary(stage, { staff: 200 + random.int(400) })
  const middleman = ordinary(stage, { staff: 3 + random.int(6) })
  const [clerk] = people(draft, 1) as [string]
  if (hides === 0)
    addRole(draft, { holder: clerk, firm: middleman.id, kind: 'handler', from: middleman.registeredOn })
  const known = hides === 2 ? undefined : dealer(stage)
  const template = draft.secret()
  const image = `registry.local/${draft.secret().slice(0, 8)}:latest`
  const observed: Observed = { work: 'training', declaredClass: 'training', observedClass: 'training', image }
  const owners = people(draft, 4 + 2 * hides)
  const lenders = owners.map((legalRepresentative) =>
    ordinary(stage, {
      legalRepresentative,
      registeredOn: addDays('2008-01-10', random.int(4500)),
      staff: 15 + random.int(60),
    }),
  )
  const deals = lenders.map((firm, place) => {
    const deal = purchase(
      draft,
      city,
      { firm, provider: known ?? honestProvider(stage) },
      {
        amountFen: modestFen(stage, 1.8e7),
        signedOn: dayBetween(random, '2024-02-15', 30 + 60 * hides),
        months: 3,
        ...(hides < 2 ? { observed, templateHash: template } : {}),
        ...(hides === 0 ? { tenant: user.id } : {}),
      },
    )
    if (hides === 0) amend(draft, 'applications', deal.application.id, { handler: clerk })
    const { amountFen } = deal.payment
    const paidOn = addDays(dayOf(deal.payment.at), -2 - random.int(draft.knobs.delayDays))
    const path = hides === 2 ? [middleman.id, owners[place]!, firm.id] : [middleman.id, firm.id]
    pass(stage, { path, paidOn: addDays(paidOn, 2 - path.length), amountFen: Math.round(1.06 * amountFen) })
    pass(stage, {
      path: [user.id, middleman.id],
      paidOn: addDays(paidOn, -4 - random.int(5)),
      amountFen: Math.round(1.12 * amountFen),
    })
    return deal
  })
  const members = [
    user.id,
    middleman.id,
    ...(known === undefined ? [] : [known.firm.id]),
    ...lenders.map(({ id }) => id),
  ]
  return { members, amountFen: supportFen(deals) }
}
