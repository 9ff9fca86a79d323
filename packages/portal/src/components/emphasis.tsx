import type { ReactElement } from 'react'

/** A sentence whose `<b>…</b>` part stands out; nothing else in it is markup. */
export function Emphasis({ text }: { text: string }): ReactElement {
  return <>{text.split(/<\/?b>/).map((part, index) => (index % 2 === 1 ? <b key={part}>{part}</b> : part))}</>
}
