// Keys that act on the whole page: never while somebody types, and never with a modifier, which is the browser's.
import { useEffect, useRef } from 'react'

type Keys = Readonly<Record<string, (() => void) | undefined>>

const TYPING = 'input, textarea, select, dialog, [contenteditable]'

export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const { target } = event
      if (target instanceof HTMLElement && target.closest(TYPING) !== null) return
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
      const act = latest.current[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
