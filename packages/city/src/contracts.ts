// Service contracts as firms and centres sign them: round amounts, most under a million yuan and a few very large, a part
// for storage and network in some, a term of a year at most, price and chip named.
import type { Random } from '@suanquan/core'
import { addDays, addMonths, type Day } from '@suanquan/core/calendar'
import { accountOf } from '@suanquan/core/metering'
import type { Fen } from '@suanquan/core/money'
import type { Firm } from './organisations.ts'
import { pickProvider, type ClusterChip, type Provider } from './providers.ts'
import { shuffled } from './names.ts'

export interface Contract {
  readonly number: string
  readonly provider: Provider
  readonly chip: ClusterChip
  readonly signedOn: Day
  readonly startsOn: Day
  readonly endsOn: Day
  readonly amountFen: Fen
  /** storage and network, which the programme leaves out */
  readonly excludedFen: Fen
  readonly use: 'training' | 'finetune' | 'inference' | 'research'
  /** the scheduler's account and quality of service of this contract */
  readonly account: string
  readonly qos: string
}

/** Amounts in 万元, with how many of a thousand contracts have them. */
const AMOUNTS: readonly (readonly [number, number])[] = [
  ...([
    [20, 80],
    [24, 80],
    [28, 80],
    [30, 100],
    [36, 120],
    [40, 100],
    [48, 100],
    [50, 80],
  ] as const),
  ...([
    [60, 80],
    [72, 50],
    [80, 40],
    [96, 30],
    [120, 22],
    [150, 18],
    [240, 10],
    [480, 6],
    [1200, 4],
  ] as const),
]

const FEN_PER_WAN = 1_000_000n

/** One amount a contract, shuffled: however the seed falls, a city of one size asks for nearly the same sum. */
export function drawAmounts(random: Random, count: number): Fen[] {
  const amounts = Array.from({ length: count }, (_, index) =>
    amountAt(Math.floor(((index + 0.5) * 1000) / count)),
  )
  return shuffled(random, amounts)
}

function amountAt(thousandth: number): Fen {
  let left = thousandth
  for (const [wan, count] of AMOUNTS) {
    if (left < count) return BigInt(wan) * FEN_PER_WAN
    left -= count
  }
  return BigInt(AMOUNTS.at(-1)![0]) * FEN_PER_WAN
}

export interface ContractDraw {
  readonly firm: Firm
  /** of all contracts of the city, from 1 */
  readonly serial: number
  readonly amountFen: Fen
  readonly appliesOn: Day
}

export function drawContract(random: Random, providers: readonly Provider[], draw: ContractDraw): Contract {
  const { firm, serial, appliesOn } = draw
  const provider = pickProvider(random, providers)
  const early = firm.trait === 'signed_early' || firm.trait === 'many_faults'
  const signedOn = early ? addDays('2023-06-12', random.int(70)) : addDays(appliesOn, -4 - random.int(30))
  const startsOn = addDays(early ? signedOn : appliesOn, 3 + random.int(15))
  const months = firm.trait === 'term_too_long' ? 18 : termMonths(random, appliesOn)
  const code = String(serial).padStart(4, '0')
  return {
    number: `${provider.contractPrefix}-${signedOn.slice(0, 4)}-${code}`,
    provider,
    chip: random.pick(provider.chips),
    signedOn,
    startsOn,
    endsOn: addDays(addMonths(startsOn, months), -1),
    amountFen: draw.amountFen,
    excludedFen: drawExcluded(random, draw.amountFen),
    use: random.pick(['training', 'training', 'finetune', 'finetune', 'inference', 'research'] as const),
    account: accountOf(firm.organisation.creditCode),
    qos: `c${code}`,
  }
}

/** Contracts signed late in the year are short: the firms know until when claims are taken. */
function termMonths(random: Random, appliesOn: Day): number {
  return appliesOn < '2024-08-15' ? 6 + random.int(7) : 3 + random.int(4)
}

/** Nothing for two of five, else 4 to 17 hundredths, in whole thousands of yuan. */
function drawExcluded(random: Random, amountFen: Fen): Fen {
  if (random.int(5) < 2) return 0n
  const thousand = 100_000n
  return ((amountFen * BigInt(4 + random.int(14))) / 100n / thousand) * thousand
}
