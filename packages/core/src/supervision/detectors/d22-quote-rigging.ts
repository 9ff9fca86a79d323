// D22 陪标: quotes that were never in competition. For each contract with at least three quotes: their coefficient of
// variation and the relative distance of the two lowest to the spread of the losers (Imhof 2018), and the same author
// behind several. Honest
// quotes are often close too, so the screens strengthen a finding and never make one.
import { checked, detector, ref, refs, type Clause } from '../detector.ts'
import { deviation, mean } from '../mathematics/robust.ts'
import { rowsOfContractsAsked } from '../world/asked.ts'
import type { Row } from '../world/tables.ts'
import { grouped } from '../world/world-index.ts'

const parameters = { leastQuotes: 3, mostVariation: 0.03, leastDistance: 1.5 } as const

export const quoteRigging = detector({
  id: 'D22',
  name: 'quote_rigging',
  version: 1,
  reach: 'firm',
  needs: ['quotes', 'contracts'],
  parameters,
  weight: 0.45,
  decisive: [],
  detect(world, limits, report) {
    for (const [id, quotes] of grouped(rowsOfContractsAsked(world, 'quotes'), (quote) => quote.contract)) {
      const contract = world.find('contracts', id)
      if (contract === undefined || quotes.length < limits.leastQuotes) continue
      const author = oneAuthor(quotes)
      if (author.length === 0) continue
      const clauses = [...author, ...screens(quotes, limits)]
      report.suspect({
        subject: ref('contracts', contract),
        // The losing bidders' names may be borrowed: they stand in the evidence and are not accused.
        firms: [contract.applicant, contract.provider],
        severity: clauses.length === 2 ? 1 : 0.9,
        clauses,
        innocent: [checked('published_price_list', deviation(quotes.map((quote) => quote.amountFen)) === 0)],
        clears: ['original_quotes_with_their_sender'],
      })
    }
  },
})

function oneAuthor(quotes: readonly Row<'quotes'>[]): Clause[] {
  const authored = [...grouped(quotes, (quote) => quote.author).values()].find(
    (own) => new Set(own.map((quote) => quote.bidder)).size > 1,
  )
  if (authored === undefined) return []
  return [{ code: 'one_author', values: { quotes: authored.length }, rows: refs('quotes', authored) }]
}

function screens(
  quotes: readonly Row<'quotes'>[],
  limits: { readonly mostVariation: number; readonly leastDistance: number },
): Clause[] {
  const amounts = quotes.map((quote) => quote.amountFen).sort((a, b) => a - b)
  const spread = deviation(amounts)
  const losers = deviation(amounts.slice(1))
  const variation = spread / mean(amounts)
  if (variation >= limits.mostVariation || losers === 0) return []
  const distance = (amounts[1]! - amounts[0]!) / losers
  if (distance <= limits.leastDistance) return []
  return [{ code: 'cover_quotes', values: { variation, distance }, rows: refs('quotes', quotes) }]
}
