// Public progress: whoever holds both the number of an application and the applicant's credit code sees where it
// stands, and nothing that names anybody. A wrong number and a wrong code get the same answer.
import type { Day } from '../calendar/index.ts'
import type { CreditCode } from '../party/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'

export interface PublicProgress<Stage extends string = string> {
  readonly applicationNo: string
  readonly stage: Stage
  readonly since: Day
  /** the day by which the next step is due, where a clock runs */
  readonly dueOn: Day | null
}

export interface ProgressSource<Stage extends string = string> extends PublicProgress<Stage> {
  readonly creditCode: CreditCode
}

/** @param found the application of that number, if there is one */
export function publicProgress<Stage extends string>(
  found: ProgressSource<Stage> | undefined,
  asked: { readonly applicationNo: string; readonly creditCode: CreditCode },
): Decision<PublicProgress<Stage>, 'disclosure.progress_not_found'> {
  if (found?.applicationNo !== asked.applicationNo || found.creditCode !== asked.creditCode)
    return refuse('disclosure.progress_not_found')
  const { applicationNo, stage, since, dueOn } = found
  return accept({ applicationNo, stage, since, dueOn })
}
