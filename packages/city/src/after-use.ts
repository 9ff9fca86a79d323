// Those who apply after use, under the second programme of the demo city: the university and the institute that the voucher
// programme turns away, ordinary firms with another contract, and a few that this programme turns away too.
import type { Random } from '@suanquan/core'
import { addDays } from '@suanquan/core/calendar'
import { drawAmounts, drawContract } from './contracts.ts'
import { shuffled } from './names.ts'
import type { Firm, Trait } from './organisations.ts'
import { drawDays, type Application, type Course, type Window } from './plans.ts'
import type { Provider } from './providers.ts'

/** After the accounting of August is in, within the programme's window. */
export const afterUseWindow: Window = { from: '2024-09-10', to: '2024-09-20' }

/** Of a city of 340 firms; a smaller one has its share, but always a few. */
const APPLICANTS = 24
const SPECIAL: readonly Trait[] = ['university', 'research_institute', 'related', 'outside', 'dishonest']
const COURSES: readonly Course[] = ['corrects', 'withdraws', 'objection_dismissed', 'granted_less']

export interface AfterUseDraw {
  readonly providers: readonly Provider[]
  /** the number of the last contract of the voucher programme */
  readonly lastSerial: number
}

export function drawAfterUse(
  random: Random,
  firms: readonly Firm[],
  { providers, lastSerial }: AfterUseDraw,
): Application[] {
  const special = SPECIAL.flatMap((trait) => firms.filter((firm) => firm.trait === trait).slice(0, 1))
  const ordinary = shuffled(
    random.fork('firms'),
    firms.filter(({ trait }) => trait === 'ordinary'),
  )
  const count = Math.max(special.length + COURSES.length, Math.floor((APPLICANTS * firms.length) / 340))
  const applicants = [...special, ...ordinary].slice(0, count)
  const amounts = drawAmounts(random.fork('amounts'), applicants.length)
  const days = drawDays(random.fork('days'), [afterUseWindow], applicants.length)
  return applicants.map((firm, index) => {
    const stream = random.fork(`application/${index}`)
    const serial = lastSerial + index + 1
    const contract = drawContract(stream, providers, {
      firm,
      serial,
      amountFen: amounts[index]!,
      appliesOn: addDays('2024-01-08', stream.int(60)),
    })
    return {
      id: `a${String(serial).padStart(4, '0')}`,
      firm,
      contract,
      appliesOn: days[index]!,
      course: COURSES[index - special.length] ?? 'straight',
      purpose: stream.pick(firm.line.purposes),
      reviewDays: 2 + stream.int(6),
      remark: { field: 'documents.settlement_list', remark: '结算清单没有按日拆分，请补传' },
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
