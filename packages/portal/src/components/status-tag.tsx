// State is a word, a shape and a colour: a disc is done, a diamond waits, a square has stopped.
import type { ReactElement, ReactNode } from 'react'
import './status-tag.css'

export type Tone = 'done' | 'waits' | 'stopped' | 'quiet'

export function StatusTag({ tone, children }: { tone: Tone; children: ReactNode }): ReactElement {
  return (
    <span className="status" data-tone={tone}>
      <i aria-hidden="true" />
      {children}
    </span>
  )
}
