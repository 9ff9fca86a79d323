// D24 数字分布: a provider's invoiced amounts over at least two decades whose first two digits leave Benford's law, or of
// which many are whole 10,000 yuan. Weak: a real utility's payments are nonconforming too, so both must hold.
import { checked, detector, refs } from '../detector.ts'
import { benfordFirstTwo } from '../mathematics/benford.ts'

const parameters = {
  leastAmounts: 300,
  leastDecades: 2,
  mostDeviation: 0.0022,
  roundFen: 1_000_000,
  roundShare: 0.25,
} as const

export const digits = detector({
  id: 'D24',
  name: 'digits',
  version: 1,
  reach: 'feeds',
  needs: ['invoices'],
  parameters,
  weight: 0.1,
  decisive: [],
  detect(world, limits, report) {
    const table = world.columns('invoices')!
    const bySeller = table.by('seller')
    for (let group = 0; group < bySeller.groups; group++) {
      if (bySeller.nth(group).length < limits.leastAmounts) continue
      const seller = world.texts.textOf(bySeller.valueOf(group))
      const invoices = world.where('invoices', 'seller', seller)
      const amounts = invoices.map((invoice) => invoice.amountFen).filter((amount) => amount > 0)
      if (amounts.length < limits.leastAmounts) continue
      const [least, most] = [
        amounts.reduce((a, b) => Math.min(a, b)),
        amounts.reduce((a, b) => Math.max(a, b)),
      ]
      if (Math.log10(most / least) < limits.leastDecades) continue
      const { meanDeviation, band } = benfordFirstTwo(amounts)!
      const round = amounts.filter((amount) => amount % limits.roundFen === 0).length / amounts.length
      if (meanDeviation <= limits.mostDeviation || round < limits.roundShare) continue
      report.suspect({
        subject: { table: 'firms', id: seller },
        firms: [seller],
        severity: Math.min(1, round),
        clauses: [
          {
            code: 'first_two_digits',
            values: { meanDeviation, band, amounts: amounts.length },
            rows: refs('invoices', invoices),
          },
          { code: 'round_amounts', values: { share: round }, rows: refs('invoices', invoices) },
        ],
        innocent: [checked('fixed_tariff', new Set(amounts).size < amounts.length / 4)],
        clears: ['price_list'],
      })
    }
  },
})
