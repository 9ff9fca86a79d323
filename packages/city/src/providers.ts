// The centres that the demo city's firms rent from: whose they are, what stands in them, what a card-hour costs.
import type { Random } from '@suanquan/core'
import type { Fen } from '@suanquan/core/money'
import { generateCreditCode } from '@suanquan/core/party'
import { bankAccount } from './organisations.ts'
import type { Organisation } from './organisations.ts'
import { personName } from './names.ts'

export interface ClusterChip {
  /** the scheduler's name of the model */
  readonly chip: string
  readonly cards: number
  readonly fenPerCardHour: Fen
  /** billing units of a card, as the cluster's weights give them */
  readonly billingPerCard: number
}

export interface Provider {
  readonly organisation: Organisation
  /** the scheduler's name of the cluster */
  readonly cluster: string
  /** what its contracts' numbers begin with */
  readonly contractPrefix: string
  readonly chips: readonly ClusterChip[]
  readonly engineer: string
  /** who rents here, in hundredths */
  readonly share: number
}

interface Centre extends Omit<Provider, 'organisation' | 'engineer'> {
  readonly name: string
  readonly region: string
}

const centres: readonly Centre[] = [
  {
    name: '示例市城市智算中心有限公司',
    region: '990103',
    cluster: 'sz-core',
    contractPrefix: 'ZS',
    share: 38,
    chips: [
      { chip: 'h800', cards: 1024, fenPerCardHour: 1180n, billingPerCard: 120 },
      { chip: 'a100', cards: 768, fenPerCardHour: 780n, billingPerCard: 80 },
    ],
  },
  {
    name: '示例市启明云算力科技有限公司',
    region: '990101',
    cluster: 'qm-gpu',
    contractPrefix: 'QM',
    share: 27,
    chips: [
      { chip: 'a100', cards: 896, fenPerCardHour: 745n, billingPerCard: 80 },
      { chip: 'l40s', cards: 512, fenPerCardHour: 420n, billingPerCard: 40 },
    ],
  },
  {
    name: '示例市临澜国产算力服务有限公司',
    region: '990103',
    cluster: 'll-npu',
    contractPrefix: 'LL',
    share: 23,
    chips: [{ chip: 'ascend910b', cards: 1536, fenPerCardHour: 640n, billingPerCard: 64 }],
  },
  {
    name: '示例省枢纽算力调度有限公司',
    region: '990201',
    cluster: 'hub2',
    contractPrefix: 'SN',
    share: 12,
    chips: [
      { chip: 'h800', cards: 2048, fenPerCardHour: 1090n, billingPerCard: 120 },
      { chip: 'ascend910b', cards: 1024, fenPerCardHour: 590n, billingPerCard: 64 },
    ],
  },
]

export function drawProviders(random: Random): Provider[] {
  return centres.map(({ name, region, ...centre }) => {
    const stream = random.fork(centre.cluster)
    const organisation: Organisation = {
      creditCode: generateCreditCode(stream, `91${region}`),
      name,
      region,
      kind: 'enterprise',
      independentLegalPerson: true,
      status: 'active',
      industry: 'I6450',
      employees: 120,
      revenueFen: 21_000_000_000n,
      assetsFen: 96_000_000_000n,
      establishedOn: '2021-06-18',
      dishonest: false,
      bankName: '示例银行营业部',
      bankAccount: bankAccount(stream),
      role: 'provider',
    }
    return { ...centre, organisation, engineer: personName(stream) }
  })
}

/** A centre by its share of the market. */
export function pickProvider(random: Random, providers: readonly Provider[]): Provider {
  let draw = random.int(100)
  for (const provider of providers) {
    if (draw < provider.share) return provider
    draw -= provider.share
  }
  return providers[0]!
}
