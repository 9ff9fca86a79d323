// S06 one need in several contracts, S07 several firms of one owner, S08 one invoice in two cities, S09 a contract handed
// in again with some words changed, S19 the same expense in two programmes, S21 quotes for show, S24 pictures used twice.
import { addDays } from '@suanquan/core/calendar'
import { between, dayBetween } from '../draft.ts'
import { makePerson } from '../firms.ts'
import { FIRM_CAP_FEN, THRESHOLD_FEN } from '../market.ts'
import { purchase, RATE } from '../purchase.ts'
import { drawSubject, edited } from '../texts.ts'
import { colluder, honestProvider, ordinary, type LayOut } from './scheme.ts'

export const splitContract: LayOut = (stage) => {
  const { draft, city } = stage
  const { random, knobs } = draft
  const [firm, provider] = [ordinary(stage, { staff: 40 }), honestProvider(stage)]
  const text = provider.template + drawSubject(random)
  const chip = provider.chips[0]!
  const signedOn = dayBetween(random, '2024-03-01', 120)
  const parts = 3 + random.int(2)
  for (let part = 0; part < parts; part++)
    purchase(
      draft,
      city,
      { firm, provider },
      {
        amountFen: Math.round((THRESHOLD_FEN * between(random, 1.1, 1.4)) / parts),
        faceFen: Math.round(FIRM_CAP_FEN / parts),
        signedOn: addDays(signedOn, part * (2 + random.int(knobs.delayDays))),
        text: edited(random, text, knobs.textChange / 3),
        chip,
        sku: `${chip}-cloud`,
      },
    )
  return [firm.id]
}

export const groupOverCap: LayOut = (stage) => {
  const { draft, city } = stage
  const controller = makePerson(draft)
  return Array.from({ length: 3 + draft.random.int(3) }, () => {
    const firm = ordinary(stage, { controller })
    purchase(
      draft,
      city,
      { firm, provider: honestProvider(stage) },
      {
        amountFen: Math.round((FIRM_CAP_FEN * between(draft.random, 0.6, 0.95)) / RATE),
      },
    )
    return firm.id
  })
}

export const invoiceInTwoCities: LayOut = (stage) => {
  const { draft, city } = stage
  const firm = ordinary(stage)
  const { invoice } = purchase(draft, city, { firm, provider: honestProvider(stage) })
  draft.add('invoices', { ...invoice, id: `${invoice.id}-elsewhere`, contract: null, city: '990200' })
  return [firm.id]
}

export const editedContract: LayOut = (stage) => {
  const { draft, city } = stage
  const { random, knobs } = draft
  const [firm, provider] = [ordinary(stage), honestProvider(stage)]
  const { contract } = purchase(
    draft,
    city,
    { firm, provider },
    { amountFen: Math.min(city.drawAmount(), 9e7) },
  )
  const subject = contract.text!.slice(provider.template.length)
  purchase(
    draft,
    city,
    { firm, provider },
    {
      amountFen: contract.amountFen,
      signedOn: addDays(contract.signedOn, 1 + random.int(10)),
      startsOn: contract.startsOn,
      text: provider.template + edited(random, subject, knobs.textChange * 0.6),
      chip: contract.chip,
    },
  )
  return [firm.id]
}

export const twoProgrammes: LayOut = (stage) => {
  const { draft, city } = stage
  const firm = ordinary(stage)
  const { contract } = purchase(draft, city, { firm, provider: honestProvider(stage) })
  draft.add('grants', {
    firm: firm.id,
    programme: 'example-district-support-2024',
    contractNumber: draft.knobs.cover > 0.5 ? `SQ-${draft.secret().slice(0, 6)}` : contract.number,
    provider: contract.provider,
    startsOn: contract.startsOn,
    endsOn: contract.endsOn,
    rate: 0.2,
  })
  return [firm.id]
}

export const coverQuotes: LayOut = (stage) => {
  const { draft, city } = stage
  const [firm, provider] = [ordinary(stage), colluder(stage)]
  const amountFen = Math.round(between(draft.random, 1.3e8, 1.9e8))
  purchase(draft, city, { firm, provider }, { amountFen, quotes: 'cover' })
  return [firm.id, provider.firm.id]
}

/** The same photograph of an office, cropped a little, under two names. */
export const picturesTwice: LayOut = (stage) => {
  const { draft, city } = stage
  const firms = [ordinary(stage), ordinary(stage)]
  const dhash = draft.secret()
  const changed = (parseInt(dhash[3]!, 16) ^ (draft.knobs.cover > 0.5 ? 7 : 1)).toString(16)
  for (const [place, firm] of firms.entries()) {
    const { application } = purchase(draft, city, { firm, provider: honestProvider(stage) })
    draft.add('documents', {
      application: application.id,
      kind: 'site_photograph',
      sha256: draft.secret(),
      dhash: place === 0 ? dhash : dhash.slice(0, 3) + changed + dhash.slice(4),
      author: null,
    })
  }
  return firms.map(({ id }) => id)
}
