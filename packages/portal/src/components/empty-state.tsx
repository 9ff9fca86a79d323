import type { ReactElement, ReactNode } from 'react'
import './notes.css'

/** Nothing here yet: one sentence that says what to do next, and the way there. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }): ReactElement {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  )
}

/** Something to know before going on: `waits` for what limits, `done` for what went well, `stopped` for what failed. */
export function Note({
  tone,
  children,
}: {
  tone: 'waits' | 'done' | 'stopped'
  children: ReactNode
}): ReactElement {
  return (
    <div className="note-box" data-tone={tone} role={tone === 'stopped' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
