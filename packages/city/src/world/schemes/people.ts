// S15 a provider that makes applicants by the dozen on one template, S18 a reviewer who lets them pass.
import { addDays } from '@suanquan/core/calendar'
import { chance, dayBetween } from '../draft.ts'
import { addRole, makePerson } from '../firms.ts'
import { purchase } from '../purchase.ts'
import { colluder, honestProvider, ordinary, type LayOut } from './scheme.ts'

export const applicantFactory: LayOut = (stage) => {
  const { draft, city } = stage
  const { random, knobs } = draft
  const born = dayBetween(random, '2023-08-01', 100)
  const provider = colluder(stage, { registeredOn: born, staff: 12, revenueFen: 20_000_000 })
  const templateHash = draft.secret()
  const members = Array.from({ length: 10 + random.int(20) }, () => {
    const firm = ordinary(stage, {
      registeredOn: addDays(born, 30 + random.int(120)),
      staff: 2 + random.int(6),
    })
    purchase(
      draft,
      city,
      { firm, provider },
      {
        templateHash: chance(random, knobs.cover / 2) ? draft.secret() : templateHash,
        signedOn: dayBetween(random, '2024-02-15', 90),
      },
    )
    return firm.id
  })
  return [provider.firm.id, ...members]
}

export const corruptReviewer: LayOut = (stage) => {
  const { draft, city } = stage
  const reviewer = makePerson(draft)
  return Array.from({ length: 24 }, (_, place) => {
    const bought = place < 8
    const firm = bought ? ordinary(stage) : draft.random.pick(stage.honest)
    if (place === 0)
      addRole(draft, {
        holder: reviewer,
        firm: firm.id,
        kind: 'shareholder',
        share: 0.15,
        from: '2022-01-01',
      })
    purchase(
      draft,
      city,
      { firm, provider: honestProvider(stage) },
      { ...(bought || chance(draft.random, 0.3) ? { reviewer } : {}), amountFen: 2e7 },
    )
    return bought ? firm.id : ''
  }).filter((id) => id !== '')
}
