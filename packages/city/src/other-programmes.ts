// Those who apply under the other programmes of the demo city, each with another contract than the voucher's. After use: the
// university and the institute that the voucher programme turns away, ordinary firms, and a few that are turned away too.
// Deduction at billing: firms whose centres deduct. By seller: sales for which the centres apply themselves.
import type { Random } from '@suanquan/core'
import { addDays, type Day } from '@suanquan/core/calendar'
import { drawAmounts, drawContract } from './contracts.ts'
import { shuffled } from './names.ts'
import type { Firm, Trait } from './organisations.ts'
import { drawDays, type Application, type Course, type Window } from './plans.ts'
import type { Provider } from './providers.ts'

export interface OtherProgramme {
  /** when applications are handed in, within the programme's window */
  readonly window: Window
  /** of a city of 340 firms; a smaller one has its share, but always a few */
  readonly applicants: number
  readonly special: readonly Trait[]
  /** of the first ordinary firms; the rest go straight */
  readonly courses: readonly Course[]
  readonly remark: { readonly field: string; readonly remark: string }
  /** the day about which the contract is signed, when it is not that of the application */
  readonly contractFrom?: Day
}

/** After the accounting of August is in. */
export const afterUse: OtherProgramme = {
  window: { from: '2024-09-10', to: '2024-09-20' },
  applicants: 24,
  special: ['university', 'research_institute', 'related', 'outside', 'dishonest'],
  courses: ['corrects', 'withdraws', 'objection_dismissed', 'granted_less'],
  remark: { field: 'documents.settlement_list', remark: '结算清单没有按日拆分，请补传' },
  contractFrom: '2024-01-08',
}

export const atBilling: OtherProgramme = {
  window: { from: '2024-03-04', to: '2024-05-31' },
  applicants: 30,
  special: ['related', 'outside'],
  courses: ['corrects', 'withdraws'],
  remark: { field: 'documents.compute_contract', remark: '合同缺少签章页，请补传完整合同' },
}

/** The centres apply for what they sold; the firm is the buyer. */
export const bySeller: OtherProgramme = {
  window: { from: '2024-09-10', to: '2024-09-13' },
  applicants: 8,
  special: ['related'],
  courses: ['corrects', 'withdraws'],
  remark: { field: 'documents.settlement_list', remark: '结算清单与发票金额对不上，请补传' },
  contractFrom: '2024-01-10',
}

export interface OtherDraw {
  readonly programme: OtherProgramme
  readonly providers: readonly Provider[]
  /** the number of the last contract that was drawn before */
  readonly lastSerial: number
}

export function drawOther(random: Random, firms: readonly Firm[], draw: OtherDraw): Application[] {
  const { programme, providers, lastSerial } = draw
  const special = programme.special.flatMap((trait) =>
    firms.filter((firm) => firm.trait === trait).slice(0, 1),
  )
  const ordinary = shuffled(
    random.fork('firms'),
    firms.filter(({ trait }) => trait === 'ordinary'),
  )
  const least = special.length + programme.courses.length + 1
  const count = Math.max(least, Math.floor((programme.applicants * firms.length) / 340))
  const applicants = [...special, ...ordinary].slice(0, count)
  const amounts = drawAmounts(random.fork('amounts'), applicants.length)
  const days = drawDays(random.fork('days'), [programme.window], applicants.length)
  return applicants.map((firm, index) => {
    const stream = random.fork(`application/${index}`)
    const serial = lastSerial + index + 1
    const { contractFrom } = programme
    const appliesOn = days[index]!
    const signedAbout = contractFrom === undefined ? appliesOn : addDays(contractFrom, stream.int(60))
    const terms = { firm, serial, amountFen: amounts[index]!, appliesOn: signedAbout }
    return {
      id: `a${String(serial).padStart(4, '0')}`,
      firm,
      contract: drawContract(stream, providers, terms),
      appliesOn,
      course: programme.courses[index - special.length] ?? 'straight',
      purpose: stream.pick(firm.line.purposes),
      reviewDays: 2 + stream.int(6),
      remark: programme.remark,
      usedPercent: 70 + stream.int(30),
      claims: {
        cadence: 'never',
        patience: 0,
        invoicedPercent: 100,
        paidPercent: stream.int(8) === 0 ? 80 + stream.int(15) : 100,
        slip: 'none',
      },
    }
  })
}
