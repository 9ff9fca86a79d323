export {
  endOfNotice,
  openNotice,
  recountNotice,
  type Notice,
  type NoticeLine,
  type NoticePlan,
  type NoticeRefusal,
} from './notice.ts'
export {
  closeNotice,
  receiveObjection,
  type ClosedNotice,
  type CloseRefusal,
  type NoticeEnded,
  type Objection,
  type ObjectionRefusal,
} from './objection.ts'
export { publicProgress, type ProgressSource, type PublicProgress } from './progress.ts'
export { SMALLEST_GROUP, suppress, type CellToShow, type Suppression } from './suppression.ts'
