// A notice tells the public which legal persons are to receive what, for a number of working days. Objections are
// heard until the last day has ended in China; when it has, an event says for whom nothing stands in the way. A notice
// never shows a natural person: sole traders and teams without a legal person are refused, and so is a line in which a
// telephone or identity number stands. Legal persons' credit codes are public and shown in full.
import {
  addDays,
  addWorkingDays,
  chinaWorkingDays,
  startOf,
  type Day,
  type Instant,
  type WorkingDayRefusal,
  type WorkingDayTable,
} from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import type { CreditCode } from '../party/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'

/** Everything that the public sees of one application. */
export interface NoticeLine {
  readonly applicationNo: string
  readonly name: string
  readonly creditCode: CreditCode
  readonly amountFen: Fen
  /** what the support is for, in the applicant's words; empty where the programme does not publish it */
  readonly subject: string
}

export interface Notice {
  readonly noticeNo: string
  readonly opensOn: Day
  readonly workingDays: number
  /** the last day for objections, included */
  readonly closesOn: Day
  /** the closing day lies beyond the table of working days and may move when the next notice is entered */
  readonly provisional: boolean
  readonly lines: readonly NoticeLine[]
}

export type NoticePlan = Pick<Notice, 'noticeNo' | 'opensOn' | 'workingDays' | 'lines'>

export type NoticeRefusal =
  | 'disclosure.notice_empty'
  | 'disclosure.notice_without_period'
  | 'disclosure.line_twice'
  | 'disclosure.not_a_legal_person'
  | 'disclosure.personal_data'
  | WorkingDayRefusal

/** @param plan the day of opening is not counted in the period */
export function openNotice(
  plan: NoticePlan,
  table: WorkingDayTable = chinaWorkingDays,
): Decision<Notice, NoticeRefusal> {
  if (plan.lines.length === 0) return refuse('disclosure.notice_empty', { noticeNo: plan.noticeNo })
  if (!Number.isSafeInteger(plan.workingDays) || plan.workingDays < 1 || plan.workingDays > 365)
    return refuse('disclosure.notice_without_period', { workingDays: plan.workingDays })
  const seen = new Set<string>()
  for (const line of plan.lines) {
    const { applicationNo } = line
    if (seen.has(applicationNo)) return refuse('disclosure.line_twice', { applicationNo })
    seen.add(applicationNo)
    if (!isLegalPerson(line.creditCode)) return refuse('disclosure.not_a_legal_person', { applicationNo })
    if (showsPersonalData(line.name) || showsPersonalData(line.subject))
      return refuse('disclosure.personal_data', { applicationNo })
  }
  const closes = addWorkingDays(plan.opensOn, plan.workingDays, table)
  if (!closes.ok) return closes
  const { noticeNo, opensOn, workingDays } = plan
  const lines = plan.lines.map(publicLine)
  return accept({
    noticeNo,
    opensOn,
    workingDays,
    closesOn: closes.value.day,
    provisional: closes.value.provisional,
    lines,
  })
}

/**
 * Counts the period again after the table of working days has grown. A published day is a promise: it may move to a
 * later day, never to an earlier one.
 */
export function recountNotice(
  notice: Notice,
  table: WorkingDayTable = chinaWorkingDays,
): Decision<Notice, WorkingDayRefusal> {
  const closes = addWorkingDays(notice.opensOn, notice.workingDays, table)
  if (!closes.ok) return closes
  const { day, provisional } = closes.value
  return accept({ ...notice, closesOn: day > notice.closesOn ? day : notice.closesOn, provisional })
}

/** The first instant at which objections come too late. */
export function endOfNotice(notice: Notice): Instant {
  return startOf(addDays(notice.closesOn, 1))
}

/** Exactly the fields of a public line, whatever else the caller's object carries. */
function publicLine({ applicationNo, name, creditCode, amountFen, subject }: NoticeLine): NoticeLine {
  return { applicationNo, name, creditCode, amountFen, subject }
}

/** Codes that begin with 92 are sole traders (个体工商户): natural persons in law. */
function isLegalPerson(code: CreditCode): boolean {
  return code.length === 18 && !code.startsWith('92')
}

/** A mainland mobile or identity number that stands by itself in a text, however it is spaced. */
function showsPersonalData(text: string): boolean {
  const tight = text.replace(/(?<=\d)[ -](?=\d)/g, '')
  return /(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{6}(19|20)\d{9}[\dXx](?!\d)/.test(tight)
}
