// D29 供给方集中: a provider that gets far more of the vouchers than the size of its installations and a random matching
// would give. A single platform concentrates by policy: shown, weak, never alone.
import { checked, detector, refs } from '../detector.ts'
import { grouped } from '../world/world-index.ts'

const parameters = { leastShare: 0.4, leastRatio: 3, leastContracts: 20, leastProviders: 5 } as const

export const concentration = detector({
  id: 'D29',
  name: 'concentration',
  version: 1,
  reach: 'population',
  needs: ['contracts', 'devices'],
  parameters,
  weight: 0.1,
  decisive: [],
  detect(world, limits, report) {
    const supported = world.rows('contracts').filter((contract) => contract.voucher !== null)
    const byProvider = grouped(supported, (contract) => contract.provider)
    if (byProvider.size < limits.leastProviders) return
    const total = supported.reduce((sum, contract) => sum + contract.amountFen, 0)
    const devices = world.columns('devices')!.size
    for (const [provider, contracts] of byProvider) {
      const share = contracts.reduce((sum, contract) => sum + contract.amountFen, 0) / total
      const installed = world.count('devices', 'provider', provider) / Math.max(devices, 1)
      if (contracts.length < limits.leastContracts || share < limits.leastShare) continue
      if (share < limits.leastRatio * Math.max(installed, 1 / byProvider.size)) continue
      report.suspect({
        subject: { table: 'firms', id: provider },
        firms: [provider],
        severity: share,
        clauses: [
          { code: 'share_of_vouchers', values: { share, installed }, rows: refs('contracts', contracts) },
        ],
        innocent: [checked('single_platform_city', share > 0.8)],
        clears: ['admission_rules'],
      })
    }
  },
})
