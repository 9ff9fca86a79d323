// What was typed into a form that has no draft on the server is kept in this tab until it is filed, so that a reload or
// a wrong press loses nothing. Signing out, or somebody else signing in, forgets all of it.
import { useState } from 'react'

const PREFIX = 'suanquan.kept.'

/** @returns the value, how to set it, and how to forget it once it is filed */
export function useKept<Value>(
  name: string,
  initial: () => Value,
): readonly [Value, (value: Value) => void, () => void] {
  const key = PREFIX + name
  const [value, setValue] = useState<Value>(() => {
    const kept = sessionStorage.getItem(key)
    return kept === null ? initial() : (JSON.parse(kept) as Value)
  })
  function set(next: Value): void {
    sessionStorage.setItem(key, JSON.stringify(next))
    setValue(next)
  }
  return [value, set, () => sessionStorage.removeItem(key)]
}

export function forgetKept(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}
