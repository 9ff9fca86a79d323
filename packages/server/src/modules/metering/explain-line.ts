// A rated line in one sentence: quantity × price × discounts = amount, each factor with where it comes from, and what of it
// counts. Amounts of one month, chip and price are rounded once together and shared out, so a line may differ by a fen.
import { formatFen } from '@suanquan/core/money'
import type { Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { lineReasons } from './line-reasons.ts'

type Line = Selectable<Tables['rated_line']>
type Tariff = NonNullable<Line['tariff']>
interface Said {
  readonly zh: string
  readonly en: string
}

export function explainLine(line: Line): Said {
  const { tariff } = line
  const factors = tariff?.lease ? leaseFactors(tariff) : timeFactors(line)
  const all = [...factors, ...(tariff === null ? [] : discounts(tariff, line.units_per_card))]
  const [value, amount] = [yuan(line.value_fen), yuan(line.amount_fen)]
  const why = lineReasons[line.reason]
  const counts =
    line.reason === 'rated' || line.reason === 'within_lease' || why === undefined
      ? { zh: '', en: '' }
      : { zh: `；${why.zh}，计入 ${amount.zh}`, en: `; ${why.en}, so ${amount.en} count` }
  if (line.reason === 'within_lease')
    return { zh: `${factors[0]!.zh}：${why!.zh}`, en: `${factors[0]!.en}: ${why!.en}` }
  return {
    zh: `${all.map(({ zh }) => zh).join(' × ')} = ${value.zh}${counts.zh}`,
    en: `${all.map(({ en }) => en).join(' × ')} = ${value.en}${counts.en}`,
  }
}

function timeFactors(line: Line): readonly Said[] {
  const { units, units_per_card: parts, tariff } = line
  const hours = hoursOf(tariff?.chargedSeconds ?? line.seconds)
  const cards = parts === 1 ? String(units) : `${units}/${parts}`
  const price = yuan(tariff ? BigInt(tariff.listFen) : line.price_fen_per_card_hour)
  const metered =
    line.reason === 'beyond_use' ? { zh: '使用之外', en: 'beyond use' } : { zh: '计量', en: 'metered' }
  return [
    {
      zh: `${cards} 卡 × ${hours} 小时（${metered.zh}）`,
      en: `${cards} ${cards === '1' ? 'card' : 'cards'} × ${hours} h (${metered.en})`,
    },
    tariff === null
      ? { zh: `${price.zh}/卡时（合同）`, en: `${price.en} a card-hour (contract)` }
      : {
          zh: `${price.zh}/卡时（${sourceOf(tariff).zh}）`,
          en: `${price.en} a card-hour (${sourceOf(tariff).en})`,
        },
  ]
}

function leaseFactors(tariff: Tariff): readonly Said[] {
  const { devices, days, daysOfMonth } = tariff.lease!
  const price = yuan(BigInt(tariff.listFen))
  return [
    { zh: `${devices} 台`, en: `${devices} ${devices === 1 ? 'device' : 'devices'}` },
    {
      zh: `${price.zh}/月（${sourceOf(tariff).zh}）`,
      en: `${price.en} a month (${sourceOf(tariff).en})`,
    },
    ...(days === daysOfMonth
      ? []
      : [{ zh: `${days}/${daysOfMonth} 天`, en: `${days} of ${daysOfMonth} days` }]),
  ]
}

const ITEMS: Readonly<Record<Tariff['item'], Said>> = {
  compute: { zh: '', en: '' },
  storage: { zh: '存储', en: ', storage' },
  network: { zh: '网络', en: ', network' },
  security: { zh: '安全', en: ', security' },
}

function sourceOf({ offerNo, version, item }: Tariff): Said {
  return {
    zh: `报价 ${offerNo} 第 ${version} 版${ITEMS[item].zh}`,
    en: `offer ${offerNo}, price ${version}${ITEMS[item].en}`,
  }
}

function discounts({ discount, committed, bands }: Tariff, unitsPerCard: number): readonly Said[] {
  const percent = (off: number): string => (off / 100).toFixed(2).replace(/\.?0+$/, '')
  const left = (off: number): string => percent(10_000 - off)
  const card = (seconds: string): string => hoursOf(Number(seconds) / unitsPerCard)
  return [
    ...(discount === 0 ? [] : [{ zh: `${left(discount)}%（优惠）`, en: `${left(discount)} % (discount)` }]),
    ...(committed === 0
      ? []
      : [{ zh: `${left(committed)}%（租期优惠）`, en: `${left(committed)} % (committed term)` }]),
    ...(bands.length === 0
      ? []
      : [
          {
            zh: `分档（本月${bands.map(({ off, seconds }) => ` ${card(seconds)} 卡时 ${left(off)}%`).join('，')}）`,
            en: `bands (this month ${bands.map(({ off, seconds }) => `${card(seconds)} card-hours at ${left(off)} %`).join(', ')})`,
          },
        ]),
  ]
}

function hoursOf(seconds: number): string {
  return (seconds / 3_600).toFixed(4).replace(/\.?0+$/, '')
}

function yuan(fen: bigint): Said {
  const amount = formatFen(fen)
  return { zh: `${amount} 元`, en: `CNY ${amount}` }
}
