// Whether the server has said that the session ran out. The page then stays as it is, with all that was typed, and a
// dialog asks to sign in again.
import { useSyncExternalStore } from 'react'
import { Refused } from './call.ts'

let expired = false
const listeners = new Set<() => void>()

export function noteExpiry(error: Error): void {
  if (!(error instanceof Refused)) return
  if (error.problem.code === 'session.expired' || error.problem.code === 'session.none') setExpired(true)
}

export function setExpired(value: boolean): void {
  expired = value
  for (const listener of listeners) listener()
}

export function useExpired(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => expired,
  )
}
