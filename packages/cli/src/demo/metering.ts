// The centres' engineers hand in the accounting of each month a few days after it: one is late, one sends a file twice,
// one a broken upload, one a file that is something else.
import type { Client } from '@suanquan/api'
import { monthFile, nextMonth, type Month } from '@suanquan/city'
import type { Day } from '@suanquan/core/calendar'
import { must, mustRefuse } from './actor.ts'
import { workingDayFrom, workingDaysAfter, type Act } from './agenda.ts'
import { count, today, type Centre, type Demo } from './demo.ts'

const MONTHS: { readonly first: Month; readonly last: Month } = { first: '2024-01', last: '2025-02' }

type Mishap = 'late' | 'twice' | 'truncated' | 'foreign'

/** By the centre's place in the list and the month. */
const MISHAPS: Readonly<Record<string, Mishap>> = {
  '0/2024-03': 'twice',
  '1/2024-07': 'late',
  '2/2024-04': 'truncated',
  '3/2024-09': 'foreign',
}

/** The centres know nothing of each other: on a day on which several hand in they do it side by side. */
export function planImports(demo: Demo): void {
  for (let month = MONTHS.first; month <= MONTHS.last; month = nextMonth(month)) {
    const due = workingDayFrom(`${nextMonth(month)}-05`)
    const days = new Map<Day, Act[]>()
    for (const [index, centre] of [...demo.centres.values()].entries()) {
      const mishap = MISHAPS[`${index}/${month}`]
      const day = mishap === 'late' ? workingDaysAfter(due, 14) : due
      days.set(day, [...(days.get(day) ?? []), handIn(demo, centre, month, mishap)])
    }
    for (const [day, acts] of days)
      demo.agenda.plan(day, 'providers', async () => {
        await Promise.all(acts.map((act) => act()))
        demo.clock.pass()
      })
  }
}

function handIn(demo: Demo, centre: Centre, month: Month, mishap: Mishap | undefined): Act {
  const whole = (): Promise<void> => send(demo, centre, month)
  if (mishap === 'truncated' || mishap === 'foreign')
    return async () => {
      await sendWrong(demo, centre, month, mishap)
      demo.agenda.plan(workingDaysAfter(today(demo), 1), 'providers', whole)
    }
  if (mishap === 'twice')
    return async () => {
      await whole()
      demo.agenda.plan(workingDaysAfter(today(demo), 1), 'providers', whole)
    }
  return whole
}

async function send(demo: Demo, centre: Centre, month: Month): Promise<void> {
  const text = monthFile(demo.city, centre.plan, month)
  const imported = await must(
    `导入 ${centre.plan.cluster} ${month}`,
    upload(centre, `${centre.plan.cluster}-${month}-sacct.json`, text),
  )
  demo.imported.set(centre.plan.cluster, month)
  count(demo, 'imports')
  count(demo, 'runs', imported.added)
  count(demo, 'runs_known', imported.unchanged)
  count(demo, 'runs_unmatched', imported.unmatched)
}

async function sendWrong(
  demo: Demo,
  centre: Centre,
  month: Month,
  mishap: 'truncated' | 'foreign',
): Promise<void> {
  const name = `${centre.plan.cluster}-${month}-sacct.json`
  if (mishap === 'truncated') {
    const text = monthFile(demo.city, centre.plan, month)
    const half = text.slice(0, Math.floor(text.length / 2))
    await mustRefuse('传了一半的记账文件', upload(centre, name, half), 'metering.json_truncated')
  } else {
    const bill = JSON.stringify({ 账单: month, 客户: [], 合计: '0.00' })
    await mustRefuse('不是记账文件', upload(centre, name, bill), 'metering.not_slurm_json')
  }
  count(demo, `imports_refused/${mishap}`)
}

function upload(
  { engineer, organisationId }: Centre,
  name: string,
  text: string,
): ReturnType<Client['importUsage']> {
  const file = { name, bytes: new TextEncoder().encode(text), mediaType: 'application/json' }
  return engineer.api.importUsage({ query: { organisationId }, file })
}
