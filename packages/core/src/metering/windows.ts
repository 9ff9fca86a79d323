// Which time is read next. A window begins earlier than the last one ended, since accounting is written late and clocks
// differ, and it is never longer than a step: days offline are read step by step, each its own batch.
export interface WindowRule {
  /** how far a window reaches back behind what was read, in milliseconds */
  readonly overlap: number
  /** how much time a window moves on, at most */
  readonly step: number
}

export interface Window {
  readonly from: number
  readonly until: number
}

/**
 * @param readUntil the end of the last window
 * @returns the next windows in order; the last ends now, and there is always one: a window without news is a heartbeat
 */
export function windowsOf(readUntil: number, now: number, { overlap, step }: WindowRule): Window[] {
  const windows: Window[] = []
  let end = Math.min(readUntil, now)
  do {
    const until = Math.min(end + step, now)
    windows.push({ from: end - overlap, until })
    end = until
  } while (end < now)
  return windows
}
