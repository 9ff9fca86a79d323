// Objections to a notice: heard while it is open, decided by people, one application at a time.
import { startOf, type Instant } from '../calendar/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { endOfNotice, type Notice } from './notice.ts'

export interface Objection {
  readonly objectionNo: string
  readonly applicationNo: string
  readonly receivedAt: Instant
  /** what is objected to and why; who objects is kept elsewhere and never published */
  readonly statement: string
  readonly status: 'open' | 'dismissed' | 'upheld'
}

export type ObjectionRefusal =
  | 'disclosure.notice_not_open_yet'
  | 'disclosure.notice_closed'
  | 'disclosure.not_in_notice'
  | 'disclosure.objection_empty'

export function receiveObjection(
  notice: Notice,
  objection: Omit<Objection, 'status'>,
): Decision<Objection, ObjectionRefusal> {
  const { noticeNo, opensOn, closesOn } = notice
  const { applicationNo, receivedAt } = objection
  if (receivedAt < startOf(opensOn)) return refuse('disclosure.notice_not_open_yet', { noticeNo, opensOn })
  if (receivedAt >= endOfNotice(notice)) return refuse('disclosure.notice_closed', { noticeNo, closesOn })
  if (!notice.lines.some((line) => line.applicationNo === applicationNo))
    return refuse('disclosure.not_in_notice', { noticeNo, applicationNo })
  if (objection.statement.trim() === '') return refuse('disclosure.objection_empty')
  return accept({ ...objection, status: 'open' })
}

/** The event by which an application learns that its notice is over and nothing stands in the way. */
export interface NoticeEnded {
  readonly type: 'noticeEnded'
  readonly noticeNo: string
  readonly applicationNo: string
  readonly endedAt: Instant
}

export interface ClosedNotice {
  readonly events: readonly NoticeEnded[]
  /** applications that wait for the decision on an objection */
  readonly waiting: readonly string[]
  /** applications against which an objection was upheld */
  readonly stopped: readonly string[]
}

export type CloseRefusal = 'disclosure.notice_still_open' | 'disclosure.closing_day_provisional'

/**
 * Closes a notice, or decides again after an objection was decided: the same call with the objections as they now
 * stand, whose events for applications that had ended before are the same events.
 */
export function closeNotice(
  notice: Notice,
  objections: readonly Objection[],
  at: Instant,
): Decision<ClosedNotice, CloseRefusal> {
  const { noticeNo, closesOn } = notice
  if (notice.provisional) return refuse('disclosure.closing_day_provisional', { noticeNo, closesOn })
  if (at < endOfNotice(notice)) return refuse('disclosure.notice_still_open', { noticeNo, closesOn })
  const against = (applicationNo: string, status: Objection['status']): boolean =>
    objections.some((objection) => objection.applicationNo === applicationNo && objection.status === status)
  const numbers = notice.lines.map(({ applicationNo }) => applicationNo)
  const stopped = numbers.filter((applicationNo) => against(applicationNo, 'upheld'))
  const waiting = numbers.filter((number) => !stopped.includes(number) && against(number, 'open'))
  const free = numbers.filter((number) => !stopped.includes(number) && !waiting.includes(number))
  const endedAt = endOfNotice(notice)
  const events = free.map((applicationNo): NoticeEnded => ({
    type: 'noticeEnded',
    noticeNo,
    applicationNo,
    endedAt,
  }))
  return accept({ events, waiting, stopped })
}
