// What each application will go through over the year: when it is handed in, whether papers are missing, whether
// the firm withdraws or somebody objects, how often it claims and what its invoices and payments are short of.
import type { Random } from '@suanquan/core'
import { addDays, dayNumber, isWorkingDay, type Day } from '@suanquan/core/calendar'
import { drawAmounts, drawContract, type Contract } from './contracts.ts'
import { shuffled } from './names.ts'
import type { Firm } from './organisations.ts'
import type { Provider } from './providers.ts'

/** Days on which applications are taken, both ends included. */
export interface Window {
  readonly from: Day
  readonly to: Day
}

export const windows2024: readonly Window[] = [
  { from: '2024-01-15', to: '2024-03-29' },
  { from: '2024-05-06', to: '2024-07-31' },
  { from: '2024-09-02', to: '2024-11-29' },
]

export type Course =
  | 'straight'
  /** a paper is wrong; the firm mends it */
  | 'corrects'
  /** a paper is wrong; the firm never answers */
  | 'lapses'
  /** never handed in */
  | 'stays_draft'
  | 'withdraws'
  | 'objection_upheld'
  | 'objection_dismissed'
  /** the reviewer grants less than the ceiling */
  | 'granted_less'

/** Courses and how many of a hundred applications take them; the rest go straight. */
const COURSES: readonly (readonly [Course, number])[] = [
  ['corrects', 9],
  ['stays_draft', 2],
  ['withdraws', 2],
  ['granted_less', 2],
  ['lapses', 1],
]

export type Cadence = 'monthly' | 'quarterly' | 'once' | 'never'

export interface ClaimHabit {
  readonly cadence: Cadence
  /** months after the first voucher day before the firm thinks of claiming */
  readonly patience: number
  /** hundredths of the use that the centre invoices, and of the invoice that is paid */
  readonly invoicedPercent: number
  readonly paidPercent: number
  readonly slip: 'none' | 'claims_twice' | 'reuses_invoice' | 'red_letter' | 'bank_returns'
}

export interface Application {
  readonly id: string
  readonly firm: Firm
  readonly contract: Contract
  readonly purpose: string
  readonly appliesOn: Day
  readonly course: Course
  /** working days that the reviewer takes */
  readonly reviewDays: number
  readonly remark: { readonly field: string; readonly remark: string }
  /** hundredths of the compute part that will really be used over the term */
  readonly usedPercent: number
  readonly claims: ClaimHabit
}

const REMARKS: readonly { readonly field: string; readonly remark: string }[] = [
  { field: 'documents.compute_contract', remark: '合同扫描件缺少签章页，请补传完整合同' },
  { field: 'documents.credit_report', remark: '信用报告超过三个月，请提供最近三个月内的报告' },
  { field: 'documents.use_statement', remark: '训练说明没有写明模型规模和所需卡时，请补充' },
  { field: 'contract.excludedFen', remark: '合同附件二列有存储和网络费用，请核对其他服务金额' },
  { field: 'documents.related_party_statement', remark: '非关联关系声明没有法定代表人签字' },
]

export function drawApplications(
  random: Random,
  firms: readonly Firm[],
  { providers, windows }: { readonly providers: readonly Provider[]; readonly windows: readonly Window[] },
): Application[] {
  const askers = firms.flatMap((firm) => (firm.trait === 'two_contracts' ? [firm, firm] : [firm]))
  const amounts = drawAmounts(random.fork('amounts'), askers.length)
  const days = drawDays(random.fork('days'), windows, askers.length)
  const courses = drawCourses(random.fork('courses'), askers)
  return askers.map((firm, index) => {
    const stream = random.fork(`application/${index}`)
    const serial = index + 1
    const appliesOn = days[index]!
    const amountFen = firm.trait === 'two_contracts' ? 640_000_000n : amounts[index]!
    const contract = drawContract(stream, providers, { firm, serial, amountFen, appliesOn })
    return {
      id: `a${String(serial).padStart(4, '0')}`,
      firm,
      contract,
      appliesOn,
      course: courses[index]!,
      purpose: stream.pick(firm.line.purposes),
      reviewDays: 2 + stream.int(9),
      remark: stream.pick(REMARKS),
      usedPercent: stream.int(10) === 0 ? 101 + stream.int(15) : 62 + stream.int(38),
      claims: drawHabit(stream),
    }
  })
}

/** Working days of the windows, an equal share of the applications each, more of them in the first weeks. */
export function drawDays(random: Random, windows: readonly Window[], count: number): Day[] {
  const days = windows.map(workingDaysOf)
  const drawn = Array.from({ length: count }, (_, index) => {
    const window = days[Math.floor((index * days.length) / count)]!
    const early = random.int(3) === 0 ? random.int(window.length) : window.length - 1
    return window[Math.min(random.int(window.length), early)]!
  })
  return shuffled(random, drawn)
}

function workingDaysOf({ from, to }: Window): Day[] {
  const all = Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, index) => addDays(from, index))
  return all.filter(worksOn)
}

export function worksOn(day: Day): boolean {
  const answer = isWorkingDay(day)
  return answer.ok && answer.value.working
}

/** Only firms without a fault of their own take a course; two objections a year, one of them right. */
function drawCourses(random: Random, askers: readonly Firm[]): Course[] {
  const plain = askers.flatMap((firm, index) => (firm.trait === 'ordinary' ? [index] : []))
  const deck: Course[] = ['objection_upheld', 'objection_dismissed', 'corrects']
  for (const [course, percent] of COURSES)
    deck.push(...Array.from({ length: Math.round((plain.length * percent) / 100) }, () => course))
  const taken = new Map(shuffled(random, plain).map((asker, place) => [asker, deck[place] ?? 'straight']))
  return askers.map((_, index) => taken.get(index) ?? 'straight')
}

function drawHabit(random: Random): ClaimHabit {
  const draw = random.int(100)
  const slip = drawSlip(random)
  // An invoice can be used again only by a firm that claims more than once.
  const often: Cadence = draw < 5 ? 'monthly' : 'quarterly'
  const cadence: Cadence = draw < 35 || slip === 'reuses_invoice' ? often : draw < 95 ? 'once' : 'never'
  const short = slip === 'none' ? random.int(100) : 50
  return {
    cadence,
    patience: 1 + random.int(3),
    invoicedPercent: short < 6 ? 80 + random.int(15) : 100,
    paidPercent: short >= 92 ? 60 + random.int(35) : 100,
    slip,
  }
}

function drawSlip(random: Random): ClaimHabit['slip'] {
  const slips = ['claims_twice', 'reuses_invoice', 'red_letter', 'bank_returns'] as const
  return slips[Math.floor(random.int(100) / 2)] ?? 'none'
}
