// `suanquan settle MONTH`: what became of every fen that was rated in a month, contract by contract. Rated = charged = paid by
// voucher + the firm's own money + unpaid with its reasons, or the place where it is not, and exit code 1.
import { shortfallTexts, waitingTexts } from '@suanquan/api'
import { formatFen } from '@suanquan/core/money'
import type { Conserved, ConservedMonth } from '@suanquan/core/settlement'
import { Command } from 'commander'
import { said } from '../language.ts'
import { checkFailed, emit, WrongUse } from '../output.ts'
import { dataOption, withStore } from '../store.ts'

interface Options {
  readonly data: string
  readonly json?: boolean
}

const EXAMPLE = 'suanquan settle 2024-06 --data ./data'

export function settleCommand(): Command {
  return new Command('settle')
    .description(
      said({
        zh: '核对一个月：每份合同 计费 = 账单 = 券款 + 自付 + 未付（附原因），有差额即指出',
        en: 'checks a month: for each contract rated = charged = voucher + own money + unpaid with its reasons, or where it differs',
      }),
    )
    .argument('<month>', said({ zh: '月份，如 2024-06', en: 'month, such as 2024-06' }))
    .addOption(dataOption())
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  ${EXAMPLE}`)
    .action(settle)
}

interface SettledContract {
  readonly contract: string
  readonly month: ConservedMonth | null
  /** of the month, and of claims that reach into it */
  readonly faults: Conserved['faults']
}

async function settle(month: string, { data, json }: Options): Promise<void> {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new WrongUse({ zh: '月份应写成 2024-06', en: 'the month must look like 2024-06' })
  const contracts = await withStore({ data, existing: true }, ({ address }) => settled(address, month))
  const faults = contracts.flatMap(({ faults: own }) => own)
  if (faults.length > 0) checkFailed()
  const total = (of: (found: ConservedMonth) => bigint): bigint =>
    contracts.reduce((sum, { month: found }) => sum + (found === null ? 0n : of(found)), 0n)
  const sums = {
    ratedFen: total(({ ratedFen }) => ratedFen),
    chargedFen: total(({ chargedFen }) => chargedFen),
    voucherFen: total(({ voucherFen }) => voucherFen),
    ownFen: total(({ ownFen }) => ownFen),
    unpaidFen: total(({ unpaidFen }) => unpaidFen),
  }
  emit(
    { month, contracts, sums, faults: faults.length },
    { json, text: () => [...contracts.flatMap(contractLines), resultOf(sums)].join('\n') },
  )

  function resultOf({ ratedFen, chargedFen, voucherFen, ownFen, unpaidFen }: typeof sums): string {
    const parts = said({
      zh: `${month}：${contracts.length} 份合同，计费 ${formatFen(ratedFen)} 元，账单 ${formatFen(chargedFen)} 元，券款 ${formatFen(voucherFen)} 元，自付 ${formatFen(ownFen)} 元，未付 ${formatFen(unpaidFen)} 元`,
      en: `${month}: ${contracts.length} contracts, rated ${formatFen(ratedFen)} yuan, charged ${formatFen(chargedFen)}, voucher ${formatFen(voucherFen)}, own ${formatFen(ownFen)}, unpaid ${formatFen(unpaidFen)}`,
    })
    const verdict =
      faults.length === 0
        ? said({ zh: '，分文不差', en: '; it adds up to the fen' })
        : said({ zh: `；${faults.length} 处不符`, en: `; ${faults.length} places differ` })
    return parts + verdict
  }
}

/** Every contract with use or a claim in the month. */
export async function settled(
  address: Parameters<(typeof import('@suanquan/server'))['connect']>[0],
  month: string,
): Promise<SettledContract[]> {
  const { connect, conservedContract, sql } = await import('@suanquan/server')
  const database = connect({ ...address, role: 'app', connections: 1 })
  try {
    return await database.snapshot(async ({ kysely }) => {
      const { rows } = await sql<{ id: string; number: string }>`
        select c.id, c.number from service_contract c
        where exists (select from rated_line r where r.contract_id = c.id and ${month} in (r.month, r.booked_month))
          or exists (select from claim l where l.contract_id = c.id and l.state not in ('refused', 'withdrawn')
            and ${month} between to_char(l.period_from, 'YYYY-MM') and to_char(l.period_to, 'YYYY-MM'))
        order by c.number, c.id`.execute(kysely)
      const found: SettledContract[] = []
      for (const { id, number } of rows) {
        const { months, faults, claims } = await conservedContract(kysely, id)
        const inMonth = new Set(
          claims
            .filter(
              ({ period_from: from, period_to: to }) => from.slice(0, 7) <= month && month <= to.slice(0, 7),
            )
            .map((claim) => claim.number),
        )
        found.push({
          contract: number,
          month: months.find((each) => each.month === month) ?? null,
          faults: faults.filter(({ at }) => at === month || inMonth.has(at)),
        })
      }
      return found
    })
  } finally {
    await database.close()
  }
}

const REASONS = { ...shortfallTexts, ...waitingTexts }

function contractLines({ contract, month, faults }: SettledContract): string[] {
  const lines: string[] = []
  if (month !== null) {
    const { ratedFen, chargedFen, voucherFen, ownFen, unpaidFen, unpaid } = month
    const reasons = unpaid
      .map(({ code, amountFen }) => `${said(REASONS[code])} ${formatFen(amountFen)}`)
      .join(said({ zh: '；', en: '; ' }))
    lines.push(
      said({
        zh: `${contract}  计费 ${formatFen(ratedFen)} = 账单 ${formatFen(chargedFen)} = 券款 ${formatFen(voucherFen)} + 自付 ${formatFen(ownFen)} + 未付 ${formatFen(unpaidFen)}${reasons === '' ? '' : `（${reasons}）`}`,
        en: `${contract}  rated ${formatFen(ratedFen)} = charged ${formatFen(chargedFen)} = voucher ${formatFen(voucherFen)} + own ${formatFen(ownFen)} + unpaid ${formatFen(unpaidFen)}${reasons === '' ? '' : ` (${reasons})`}`,
      }),
    )
  }
  for (const { fault, at, byFen } of faults)
    lines.push(
      said({
        zh: `✗ ${contract} ${at}：${fault}，差 ${formatFen(byFen)} 元`,
        en: `✗ ${contract} ${at}: ${fault}, ${formatFen(byFen)} yuan off`,
      }),
    )
  return lines
}
