// One check at a time: what runs, how far it is, what it found. What checks is loaded by the first press.
import { useState } from 'react'
import type { Outcome } from './check.ts'

type Checks = typeof import('./check.ts')

export interface Checking {
  readonly working: boolean
  readonly share: number | null
  readonly outcome: Outcome | null
  readonly error: Error | null
  /** the file that was read is no proof */
  readonly noProof: boolean
  readonly run: (
    work: (checks: Checks, onProgress: (share: number) => void) => Promise<Outcome | null>,
  ) => Promise<void>
}

export function useCheck(): Checking {
  const [working, setWorking] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const [noProof, setNoProof] = useState(false)
  const run: Checking['run'] = async (work) => {
    setWorking(true)
    setError(null)
    setNoProof(false)
    setOutcome(null)
    try {
      const found = await work(await import('./check.ts'), setShare)
      setOutcome(found)
      setNoProof(found === null)
    } catch (failed) {
      setError(failed as Error)
    }
    setShare(null)
    setWorking(false)
  }
  return { working, share, outcome, error, noProof, run }
}
